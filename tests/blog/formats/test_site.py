"""What programs ask of the site as a whole."""

import json
from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from tests.factories import make_publication

pytestmark = pytest.mark.django_db


def text(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_robots_are_kept_from_the_desk_and_shown_the_sitemaps() -> None:
    make_publication()
    lines = text("/robots.txt").splitlines()

    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /search/"} <= set(lines)
    assert "Sitemap: https://margin.example.org/sitemap.xml" in lines
    assert "Sitemap: https://margin.example.org/sitemap-news.xml" in lines


def test_the_manifest_names_the_publication_and_its_icons() -> None:
    make_publication(name='Margin "&" <Note>')
    response = Client().get("/site.webmanifest")
    data = json.loads(response.content)

    assert response.headers["Content-Type"] == "application/manifest+json"
    assert data["name"] == 'Margin "&" <Note>'
    for icon in data["icons"]:
        file = finders.find(icon["src"].removeprefix("/static/"))
        assert isinstance(file, str)
        with Image.open(file) as image:
            assert "x".join(map(str, image.size)) == icon["sizes"]
    assert {icon["purpose"] for icon in data["icons"]} == {"any", "maskable"}


def test_every_icon_that_pages_name_is_there() -> None:
    for name in ("favicon.svg", "favicon.ico", "apple-touch-icon.png"):
        assert f"/static/icons/{name}" in text("/")
        assert finders.find(f"icons/{name}")
    assert Client().get("/favicon.ico").headers["Location"] == "/static/icons/favicon.ico"


def test_who_finds_a_hole_is_told_whom_to_write_to() -> None:
    make_publication(contact="desk@margin.example.org")
    with time_machine.travel(datetime(2024, 12, 1, tzinfo=UTC)):
        lines = text("/.well-known/security.txt").splitlines()

    assert "Contact: mailto:desk@margin.example.org" in lines
    assert "Expires: 2025-06-01T00:00:00Z" in lines


def test_where_nobody_may_be_written_to_nothing_is_said() -> None:
    make_publication(contact="")

    assert Client().get("/.well-known/security.txt").status_code == 404
