"""A post's sources, and the post itself, as bibliography programs take them."""

import json
from typing import Any

import pytest
from django.test import Client

from sources.wordlists import words
from tests.factories import make_author, make_outlet, make_post, make_publication, make_source

pytestmark = pytest.mark.django_db
# Of the published schema of CSL-JSON: what an item may hold. Nothing else may.
VARIABLES = words(
    "id type title author issued accessed container-title publisher URL DOI language note page "
    "abstract custom genre volume issue number edition medium event-title original-title ISBN "
    "publisher-place"
)
NAME_PARTS = words("family given literal suffix non-dropping-particle")


@pytest.fixture(autouse=True)
def site() -> None:
    make_publication()
    outlet = make_outlet("Capital Ledger")
    authors = [{"family": "Doe", "given": "Jane"}, {"literal": "Staff"}]
    make_source(
        "ledger2024", csl_type="article-newspaper", title="It is so", outlet=outlet,
        authors=authors, issued_year=2024, issued_month=11, url="https://ledger.example/1",
    )  # fmt: skip
    make_source("shop", is_not_a_source=True)
    make_source("uncited")
    writer = make_author("Ada O’Neil", family="O’Neil", given="Ada")
    make_post(
        "Live",
        slug="live",
        standfirst="Why.",
        body="So [@ledger2024; @shop] and [elsewhere](https://other.example/2).",
        authors=[writer, make_author("The Desk")],
    )


def items(path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(Client().get(path).content)
    return found


def test_the_sources_are_those_that_the_page_lists() -> None:
    titles = [item.get("title") for item in items("/2024/11/18/live/sources.json")]

    assert titles == ["It is so", "other.example"]


def test_items_hold_what_the_schema_of_csl_allows() -> None:
    for item in items("/2024/11/18/live/sources.json") + items("/2024/11/18/live/cite.json"):
        assert item.keys() <= VARIABLES
        assert {"id", "type"} <= item.keys()
        for name in item.get("author", ()):
            assert name.keys() <= NAME_PARTS
        for date in (item.get("issued"), item.get("accessed")):
            assert date is None or date.keys() <= {"date-parts", "circa", "literal"}


def test_the_post_itself_is_a_post_of_a_blog() -> None:
    [item] = items("/2024/11/18/live/cite.json")

    assert item == {
        "id": "live",
        "type": "post-weblog",
        "title": "Live",
        "author": [{"family": "O’Neil", "given": "Ada"}, {"literal": "The Desk"}],
        "container-title": "The Margin Note",
        "issued": {"date-parts": [[2024, 11, 18]]},
        "URL": "https://margin.example.org/2024/11/18/live/",
        "abstract": "Why.",
        "language": "en",
    }


@pytest.mark.parametrize(
    ("path", "begins", "media_type"),
    [
        ("sources.bib", "@article{ledger2024,", "application/x-bibtex"),
        ("sources.ris", "TY  - NEWS\r\nID  - ledger2024", "application/x-research-info-systems"),
        ("cite.bib", "@online{live,", "application/x-bibtex"),
        ("cite.ris", "TY  - BLOG\r\nID  - live", "application/x-research-info-systems"),
        ("sources.json", "[", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_the_same_is_to_be_had_in_three_formats(path: str, begins: str, media_type: str) -> None:
    response = Client().get(f"/2024/11/18/live/{path}")

    assert response.headers["Content-Type"] == f"{media_type}; charset=utf-8"
    assert begins in response.content.decode()


def test_a_post_without_sources_has_an_empty_list() -> None:
    make_post(slug="bare")

    assert items("/2024/11/18/bare/sources.json") == []


def test_there_is_no_format_of_any_other_name() -> None:
    assert Client().get("/2024/11/18/live/sources.xml").status_code == 404
    assert Client().get("/2024/11/18/nobody/sources.json").status_code == 404
