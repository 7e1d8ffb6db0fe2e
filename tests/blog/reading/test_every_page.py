"""What holds for every public page: its head, its headers, and how it may be asked for."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from blog.views.errors import server_error
from tests.blog.reading.test_query_counts import PAGES, build

pytestmark = pytest.mark.django_db
FOUND = PAGES[:-1]


@pytest.fixture(autouse=True)
def site() -> None:
    build(posts=12, marks=3)


class Head(HTMLParser):
    """What a page says about itself."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lang = self.canonical = self.description = ""
        self.headings = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.lang = given.get("lang", "")
        elif tag == "link" and given.get("rel") == "canonical":
            self.canonical = given["href"]
        elif tag == "meta" and given.get("name") == "description":
            self.description = given["content"]
        elif tag == "h1":
            self.headings += 1


@pytest.mark.parametrize("path", [path for path in FOUND if path != "/feed.atom"])
def test_a_page_names_itself(client: Client, path: str) -> None:
    html = client.get(path).content.decode()
    head = Head(html)

    assert head.canonical == f"https://margin.example.org{path.partition('?')[0]}"
    assert head.lang == "en"
    assert head.description
    assert head.headings == 1
    title = re.search("<title>(.*?)</title>", html, re.DOTALL)
    assert title
    assert title[1].strip()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_sets_a_cookie(client: Client, path: str) -> None:
    response = client.get(path)

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_can_be_asked_for_its_head_alone(client: Client, path: str) -> None:
    whole, head = client.get(path), client.head(path)

    assert head.status_code == whole.status_code
    assert head.content == b""
    assert head.headers["Content-Type"] == whole.headers["Content-Type"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_takes_nothing(path: str) -> None:
    assert Client().post(path).status_code in (404, 405)


def test_an_unknown_page_offers_ways_on(client: Client) -> None:
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert 'href="/archive/"' in response.content.decode()


def test_the_page_for_our_own_faults_needs_no_database() -> None:
    def refuse(*args: object) -> None:
        raise DatabaseError("The database is gone.")

    with connection.execute_wrapper(refuse):
        response = server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "The fault is on our side" in response.content.decode()


def test_the_page_for_our_own_faults_needs_no_context() -> None:
    assert render_to_string("500.html")
    assert "{{" not in Path(settings.BASE_DIR / "templates/500.html").read_text(encoding="utf-8")
