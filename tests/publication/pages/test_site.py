"""The cache as the settings want it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from publication.generation.keys import Key
from publication.pages.folder import CURRENT, PageFolder
from publication.pages.release import release_of
from publication.pages.site import keeping
from tests.publication.pages.fakes import MIDNIGHT, RELEASE


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    return []


def test_where_no_page_is_kept_none_is_shown_from_what_was(
    settings: Settings, tmp_path: Path
) -> None:
    """nginx would go on showing what was there when pages were last kept."""
    PageFolder(tmp_path, RELEASE).follow(lambda: Key(1, MIDNIGHT))
    assert (tmp_path / CURRENT).is_symlink()
    settings.PASSIM_PAGES, settings.PASSIM_PAGE_CACHE = str(tmp_path), 0

    assert keeping(application) is application
    assert not (tmp_path / CURRENT).is_symlink()


def test_nor_is_a_folder_made_for_it(settings: Settings, tmp_path: Path) -> None:
    settings.PASSIM_PAGES, settings.PASSIM_PAGE_CACHE = str(tmp_path / "pages"), 0
    assert keeping(application) is application
    assert not (tmp_path / "pages").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECURE_HSTS_SECONDS", 17),
        ("SECURE_SSL_REDIRECT", True),
        ("ALLOWED_HOSTS", ["other.example.org"]),
        ("SECRET_KEY", "that of another site"),
    ],
)
def test_pages_of_other_settings_are_others(settings: Settings, name: str, value: object) -> None:
    before = release_of([])
    setattr(settings, name, value)
    assert release_of([]) != before


def test_and_those_of_other_code(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("before")
    before = release_of([tmp_path])
    assert release_of([tmp_path]) == before
    (tmp_path / "page.html").write_text("after")
    assert release_of([tmp_path]) != before
