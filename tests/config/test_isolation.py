"""Tests do not see each other: what one leaves behind, another must not find or miss."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from playwright.sync_api import Page

from publication.models import Publication


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", ["first", "second"])
def test_roles_outlive_a_test_with_real_transactions(run: str) -> None:
    assert Group.objects.exists()
    assert not Publication.objects.exists()
    Publication.objects.create(name=run)


@pytest.mark.parametrize("run", ["first", "second"])
def test_uploads_and_the_cache_begin_empty(run: str) -> None:
    assert not Path(settings.MEDIA_ROOT).exists()
    assert cache.get("run") is None
    cache.set("run", run)
    assert default_storage.save("a.txt", ContentFile(b"a")) == "a.txt"
    assert Path(settings.MEDIA_ROOT, "a.txt").exists()


@pytest.mark.django_db
def test_sqlite_is_a_file_as_in_real_use() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("this run is on another database")
    with connection.cursor() as cursor:
        modes = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in MODES]
    assert dict(zip(MODES, modes, strict=True)) == MODES


MODES = {"journal_mode": "wal", "foreign_keys": 1}


def test_the_browser_sees_what_the_test_wrote(page: Page) -> None:
    Publication.objects.create(name="Notes from Elsewhere")
    page.goto("/admin/login/")
    assert page.locator("form").count() == 1
