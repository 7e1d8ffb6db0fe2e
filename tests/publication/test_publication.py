"""The one row that says what this site is."""

import hashlib
import re
from base64 import b64encode
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from publication.models import Publication
from tests.factories import make_publication, make_user

POLICY_OF_FILES = Path(settings.BASE_DIR, "deploy/passim-page.conf")
pytestmark = pytest.mark.django_db


def test_a_site_that_was_never_set_up_has_a_name_all_the_same() -> None:
    assert Publication.current().name == "Passim"
    assert not Publication.objects.exists()


def test_there_is_never_more_than_one_row() -> None:
    make_publication(name="One")
    make_publication(name="Two")
    assert [p.name for p in Publication.objects.all()] == ["Two"]


@pytest.mark.parametrize(
    ("zone", "name"),
    [("Europe/Kyiv", "Kyiv"), ("America/New_York", "New York"), ("UTC", "UTC")],
)
def test_readers_are_told_the_city_of_the_zone(zone: str, name: str) -> None:
    assert Publication(time_zone=zone).zone_name == name


def test_a_time_zone_that_does_not_exist_is_refused_with_an_example() -> None:
    with pytest.raises(ValidationError, match="Europe/Kyiv"):
        Publication(name="x", time_zone="Kyiv").full_clean()


def test_own_hosts_are_todays_and_the_former_ones() -> None:
    publication = Publication(
        address="https://www.Example.org:8443/x",
        former_addresses="http://old.example.net\nblog.example.com/\n",
    )
    assert publication.own_hosts == {"example.org:8443", "old.example.net", "blog.example.com"}


def test_the_desk_has_one_page_for_it_and_makes_it_on_the_first_visit(client: Client) -> None:
    client.force_login(make_user("editor", is_superuser=True))
    answer = client.get(reverse("admin:publication_publication_changelist"), follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0].endswith("/publication/1/change/")
    assert client.get(reverse("admin:publication_publication_add")).status_code == 403


def test_a_contributor_may_not_change_it(client: Client) -> None:
    make_publication()
    client.force_login(make_user("contributor"))
    page = reverse("admin:publication_publication_change", args=[1])
    assert client.get(page).status_code == 403


def test_every_page_carries_the_headers_that_protect_readers(client: Client) -> None:
    headers = client.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "manifest-src 'self'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Set-Cookie" not in headers


def test_a_script_in_a_page_is_the_one_that_the_policy_names(client: Client) -> None:
    page = client.get("/")
    fault = render_to_string("500.html")
    scripts = re.findall(r"<script>(.*?)</script>", page.content.decode() + fault, re.DOTALL)

    assert len(scripts) == 2
    for script in scripts:
        digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in page.headers["Content-Security-Policy"]
        assert f"'sha256-{digest}'" in POLICY_OF_FILES.read_text(encoding="utf-8")
