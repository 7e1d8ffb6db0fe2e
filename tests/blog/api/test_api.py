"""The read API: what it describes is what it answers, and that is the graph."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from blog.api import answers
from blog.api.description import ENDPOINTS, Endpoint
from blog.models import Change, Post
from tests.blog.api.schema import faults, names_of
from tests.factories import (
    PUBLISHED_AT,
    cite_in_bulk,
    file_in_bulk,
    make_assumption,
    make_author,
    make_claim,
    make_draft,
    make_notice,
    make_outlet,
    make_post,
    make_posts_in_bulk,
    make_publication,
    make_report,
    make_ruling,
    make_source,
    make_story,
    make_topic,
    make_withdrawn,
    refer_in_bulk,
)

pytestmark = pytest.mark.django_db
SITE = "https://margin.example.org"
API = "/api/v1/"
LATER = datetime(2024, 12, 1, 9, tzinfo=UTC)
Data = Mapping[str, Any]
# What stands in a path where the description leaves it open.
ONES = {
    "api_post": "live",
    "api_source": "key/one",
    "api_outlet": "ledger",
    "api_claim": "soldiers",
    "api_story": "missiles",
    "api_topic": "energy",
    "api_author": "writer",
}


@pytest.fixture(autouse=True)
def december() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def live() -> Post:
    """A site with one of everything."""
    make_publication()
    outlet = make_outlet("Ledger", slug="ledger")
    source = make_source(
        "key/one", title='Hostile <b>"&\u2028', outlet=outlet, authors=[{"literal": "Staff"}]
    )
    claim = make_claim("Soldiers are there.", slug="troops", would_confirm="A signature.")
    claim.slug = "soldiers"
    claim.save()
    first = make_report(claim, by="Kyiv", on="2024-10-07", source=source)
    make_report(claim, "repeats", by="A paper", on="2024-10-08", repeats=first)
    make_report(claim, "denies", by="Minsk", on="2024-10-25")
    make_report(claim, "corroborates", by="Seoul", on="2024-11-20")
    make_ruling(claim, "confirmed", on="2024-11-25")
    filed: dict[str, Any] = {
        "story": make_story("Missiles", slug="missiles"),
        "topics": [make_topic("Energy", slug="energy")],
        "authors": [make_author("Writer", slug="writer")],
    }
    make_post("Older", slug="older", published=datetime(2024, 11, 17, tzinfo=UTC), **filed)
    live = make_post(
        "Live",
        slug="live",
        body="[[updates::older|It]] is so [see @key/one, p. 3]; [[claim::soldiers|they came]].",
        known_at=PUBLISHED_AT,
        **filed,
    )
    make_assumption(live, claim, "They came.")
    make_notice(live, Change.UPDATE)
    make_post("Newer", slug="newer", body="As [[live]] said.", language="uk", published=LATER)
    return live


def answer(path: str) -> Any:
    cache.clear()
    return Client().get(path if path.startswith("/") else API + path)


def data(path: str) -> Any:
    response = answer(path)
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"] == "application/json"
    return json.loads(response.content)


def slugs(path: str) -> list[str]:
    return [item["slug"] for item in data(path)["items"]]


def path_of(endpoint: Endpoint) -> str:
    one = quote(ONES.get(endpoint.name, ""))
    return endpoint.path.replace(f"{{{endpoint.placeholder}}}", one)


# --- What is described is what is answered --------------------------------------------


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_an_answer_is_what_the_description_says(live: Post, endpoint: Endpoint) -> None:
    document = data("openapi.json")
    components = document["components"]["schemas"]
    operation = document["paths"][f"/{endpoint.path}"]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]

    found = data(path_of(endpoint))

    assert list(faults(found, schema, components)) == []
    assert found.keys() == names_of(schema, components)
    if endpoint.is_list:
        assert found["items"], "Nothing was compared."
        each = schema["properties"]["items"]["items"]
        assert found["items"][0].keys() == names_of(each, components)


def test_every_path_is_described_and_every_description_has_its_path() -> None:
    names = {name for name in _names(get_resolver()) if name.startswith("api_")}

    assert names - {"api_root", "api_openapi"} == {each.name for each in ENDPOINTS}


def _names(resolver: Any) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from _names(entry)
        elif entry.name:
            yield entry.name


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_every_parameter_described_may_be_asked_and_no_other(
    live: Post, endpoint: Endpoint
) -> None:
    values = {"year": "2024", "kind": "updates", "standing": "confirmed", "on": "2024-11-01"}
    for name in endpoint.queries:
        assert answer(f"{path_of(endpoint)}?{name}={values.get(name, 'x')}").status_code == 200
    if endpoint.name != "api_post":
        response = answer(f"{path_of(endpoint)}?zz=1")
        assert response.status_code == 400
        assert "zz" in json.loads(response.content)["error"]


def test_the_description_is_openapi_and_every_schema_in_it_is_there(live: Post) -> None:
    document = data("openapi.json")

    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": f"{SITE}/api/v1"}]
    operations = [path["get"]["operationId"] for path in document["paths"].values()]
    assert len(operations) == len(set(operations))
    for name in _references(document):
        assert name in document["components"]["schemas"]
    for path, item in document["paths"].items():
        given = {each["name"] for each in item["get"]["parameters"] if each["in"] == "path"}
        assert all(f"{{{name}}}" in path for name in given)


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].removeprefix("#/components/schemas/")
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def test_people_are_told_of_it_too(live: Post) -> None:
    page = answer("/api/").content.decode()

    assert all(f"<code>{endpoint.path}</code>" in page for endpoint in ENDPOINTS)
    assert data("")["posts"] == f"{SITE}/api/v1/posts/"


# --- The graph ------------------------------------------------------------------------


def test_references_are_read_from_both_ends(live: Post) -> None:
    [out] = data("references/?from=live")["items"]
    [into] = data("references/?to=live")["items"]

    assert (out["to"]["slug"], out["kind"], out["words"]) == ("older", "updates", "It")
    assert out["cito"] == "http://purl.org/spar/cito/updates"
    assert into["from"]["slug"] == "newer"
    assert data("references/?post=live")["count"] == 2
    assert data("references/?kind=updates")["count"] == 1


def test_the_graph_has_a_node_at_both_ends_of_every_edge(live: Post) -> None:
    graph = data("graph/")
    ids = {node["id"] for node in graph["nodes"]}

    assert all({edge["from"], edge["to"]} <= ids for edge in graph["edges"])
    assert sorted(edge["kind"] for edge in graph["edges"]) == [
        "assumes",
        "background",
        "cites",
        "speaks-of",
        "updates",
    ]
    assert {node["type"] for node in graph["nodes"]} == {"post", "source", "claim"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["newer", "live", "older"]),
        ("story=missiles", ["live", "older"]),
        ("topic=energy", ["live", "older"]),
        ("author=writer", ["live", "older"]),
        ("year=2024", ["newer", "live", "older"]),
        ("year=2023", []),
        ("language=uk", ["newer"]),
        ("language=en", ["live", "older"]),
        ("cites=key/one", ["live"]),
        ("outlet=ledger", ["live"]),
        ("refers_to=older", ["live"]),
        ("rests_on=soldiers", ["live"]),
        ("story=missiles&refers_to=live", []),
        ("story=nothing", []),
    ],
)
def test_posts_are_narrowed_by_what_they_are_about(
    live: Post, query: str, found: list[str]
) -> None:
    assert slugs(f"posts/?{query}") == found


def test_a_reference_to_a_hidden_post_is_no_ground_to_find_a_post_on(live: Post) -> None:
    make_draft("Hidden", slug="hidden")
    live.body += " Of [[hidden|a plan]]."
    live.save()

    assert slugs("posts/?refers_to=hidden") == []


def test_a_former_slug_leads_on(live: Post) -> None:
    live.slug = "renamed"
    live.save()

    assert answer("posts/live/").headers["Location"] == f"{SITE}/api/v1/posts/renamed/"
    moved = f"{SITE}/api/v1/claims/soldiers/"
    assert answer("claims/troops/").headers["Location"] == moved
    asked = answer("claims/troops/?on=2024-11-18")
    assert asked.headers["Location"] == f"{moved}?on=2024-11-18"


def test_a_withdrawn_post_answers_with_its_notice_and_no_more() -> None:
    make_publication()
    make_withdrawn("Gone", slug="gone", body="Text.", withdrawal_notice="We were wrong.")
    response = answer("posts/gone/")

    assert response.status_code == 410
    assert json.loads(response.content) == {
        "error": "This post was withdrawn.",
        "notice": "We were wrong.",
    }


# --- Claims ---------------------------------------------------------------------------


def test_a_claim_tells_how_it_stands_and_why(live: Post) -> None:
    claim = data("claims/soldiers/")

    assert claim["standing"]["words"] == "confirmed, contested"
    assert claim["standing"]["independent_origins"] == [["Kyiv"], ["Seoul"]]
    assert [line["stance"] for line in claim["ledger"]] == [
        "reports",
        "repeats",
        "denies",
        "corroborates",
    ]
    assert claim["ledger"][1]["repeats"] == claim["ledger"][0]["id"]
    [post] = claim["posts"]
    assert post["assumptions"][0]["when_written"]["words"] == "reported, contested"


@pytest.mark.parametrize(
    ("day", "words", "lines"),
    [
        ("2024-10-01", "unreported", 0),
        ("2024-10-08", "reported", 2),
        ("2024-11-01", "reported, contested", 3),
        ("2024-11-20", "corroborated, contested", 4),
    ],
)
def test_on_a_past_day_it_stands_as_it_stood(live: Post, day: str, words: str, lines: int) -> None:
    claim = data(f"claims/soldiers/?on={day}")

    assert (claim["on"], claim["standing"]["words"], len(claim["ledger"])) == (day, words, lines)


@pytest.mark.parametrize("day", ["tomorrow", "2024-02-30", "2031-01-01"])
def test_a_day_that_is_none_or_has_not_come_is_refused(live: Post, day: str) -> None:
    assert answer(f"claims/soldiers/?on={day}").status_code == 400


def test_claims_are_narrowed_by_how_they_stand(live: Post) -> None:
    assert slugs("claims/?standing=confirmed") == ["soldiers"]
    assert slugs("claims/?standing=reported") == []
    assert slugs("claims/?story=missiles") == ["soldiers"]
    assert answer("claims/?standing=true").status_code == 400


# --- How it answers -------------------------------------------------------------------


def test_a_list_is_read_page_by_page_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    make_publication()
    make_posts_in_bulk(23)
    monkeypatch.setattr(answers, "ITEMS_ON_A_PAGE", 10)
    found: list[str] = []
    path = f"{SITE}/api/v1/posts/?language=en"
    while path:
        page = data(path.removeprefix(SITE))
        found += [item["slug"] for item in page["items"]]
        path = page["next"]

    assert len(found) == len(set(found)) == 23
    assert page["previous"] == f"{SITE}/api/v1/posts/?language=en&page=2"
    assert answer("posts/?page=4").status_code == 404
    assert answer("posts/?page=x").status_code == 400


def test_pages_of_any_site_may_read_it_and_keep_it_for_a_minute(live: Post) -> None:
    response = answer("posts/")

    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "public, max-age=60"
    again = Client().get("/api/v1/posts/", headers={"if-none-match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_it_takes_nothing_and_sets_no_cookie(live: Post) -> None:
    assert Client().post("/api/v1/posts/").status_code == 405
    assert not answer("posts/").cookies


def test_what_is_not_there_says_so_in_json(live: Post) -> None:
    for path in ("posts/nobody/", "claims/nothing/", "sources/none/", "stories/none/"):
        response = answer(path)
        assert response.status_code == 404
        assert json.loads(response.content)["error"]


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_many_rows_ask_no_more_than_few(live: Post, endpoint: Endpoint) -> None:
    """What comes in lots of a page, and what hangs on one thing, costs the same at any number."""
    counts = []
    for lot in (1, 2):
        _fill(live, lot)
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(API + path_of(endpoint)).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]


def _fill(live: Post, lot: int) -> None:
    """Fifteen more of everything."""
    claim = live.assumptions.get().claim
    posts = make_posts_in_bulk(15, story=live.story)
    sources = [make_source(f"k{lot}-{n}", outlet=make_outlet()) for n in range(15)]
    cite_in_bulk(posts, sources)
    refer_in_bulk(posts, live)
    file_in_bulk(posts, author=make_author(), topic=make_topic())
    for number, post in enumerate(posts):
        make_assumption(post, claim)
        make_assumption(post, make_claim())
        make_report(claim, by=f"Origin {lot}-{number}", source=sources[number])
