"""Sources and outlets, as far as published posts cite them."""

from typing import Any

import pytest
from django.test import Client
from django.test.client import Client as Reader

from blog.cited import MOST_CITING
from sources.models import Source
from tests.factories import (
    cite_in_bulk,
    make_draft,
    make_outlet,
    make_post,
    make_posts_in_bulk,
    make_publication,
    make_source,
    make_story,
)

pytestmark = pytest.mark.django_db


def context(client: Reader, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.context


def rows(client: Reader, path: str = "/sources/") -> list[tuple[str, int, int]]:
    found = context(client, path)["rows"]
    return [(row.name, row.post_count, row.note_count) for row in found]


def test_outlets_are_counted_by_posts_and_by_notes(client: Client) -> None:
    ledger = make_outlet("Capital Ledger", slug="ledger")
    make_source("one", outlet=ledger)
    make_source("two", outlet=ledger)
    make_source("speech", title="A speech")
    make_post(body="Both [@one; @two]. Again [@one]. And a speech [@speech].")
    make_post(body="Once more [@two].")
    make_draft(body="Not yet [@one] [@speech].")

    assert rows(client) == [("Capital Ledger", 2, 3), ("A speech", 1, 1)]


def test_a_plain_link_counts_its_post_but_is_no_note(client: Client) -> None:
    make_post(body="See [the page](https://news.example.org/a).")

    ((_, posts, notes),) = rows(client)
    assert (posts, notes) == (1, 0)


def test_sources_can_be_put_in_order_of_name(client: Client) -> None:
    for name in ("b", "C", "a"):
        make_source(name, title=f"{name} title")
    make_post(body="[@b] [@C]")
    make_post(body="[@a; @b]")

    assert [name for name, _, _ in rows(client)] == ["b title", "a title", "C title"]
    assert [name for name, _, _ in rows(client, "/sources/?sort=name")] == [
        "a title",
        "b title",
        "C title",
    ]


def test_what_is_not_a_source_is_not_listed(client: Client) -> None:
    make_source("shop", is_not_a_source=True)
    make_post(body="Bought [@shop].")

    assert rows(client) == []
    assert client.get("/sources/shop/").status_code == 404


def test_a_source_shows_every_sentence_that_cites_it(client: Client) -> None:
    make_source("ledger", title="The report", url="https://example.org/report")
    post = make_post("Citing", body="It says so [@ledger]. And more.\n\nAgain [@ledger, p. 2].")
    make_draft(body="Hidden [@ledger].")

    found = context(client, "/sources/ledger/")

    assert [str(post) for post in found["citing"]] == ["Citing"]
    first, second = found["citing"][0].sentences
    assert first.html == "It says so."
    assert first.url.startswith(f"{post.get_absolute_url()}#p-")
    assert first.url != second.url
    assert "The report" in found["entry_html"]


def test_a_page_linked_to_marks_the_words_that_link(client: Client) -> None:
    make_post(body="See [the page](https://news.example.org/a) for more.")
    source = Source.objects.get()

    found = context(client, f"/sources/{source.citekey}/")

    assert found["citing"][0].sentences[0].html == "See <mark>the page</mark> for more."


def test_an_outlet_lists_what_is_cited_of_it_and_where(client: Client) -> None:
    outlet = make_outlet("Capital Ledger", slug="ledger")
    for key, year in (("older", 2023), ("newer", 2024), ("uncited", 2025)):
        make_source(key, outlet=outlet, issued_year=year)
    make_post("First", body="[@older] [@newer]")
    make_post("Second", body="[@older]")
    make_draft(body="[@uncited]")

    found = context(client, "/outlets/ledger/")

    assert [
        (source.citekey, [str(post) for post in source.citing]) for source in found["sources"]
    ] == [("newer", ["First"]), ("older", ["Second", "First"])]


def test_of_a_source_that_many_posts_cite_an_outlet_names_the_newest_and_leads_to_all(
    client: Client,
) -> None:
    often = make_source("often", outlet=make_outlet("Capital Ledger", slug="ledger"))
    posts = make_posts_in_bulk(MOST_CITING + 2)
    cite_in_bulk(posts, [often])
    make_post("Newest", body="[@often] and again [@often, p. 2].")
    make_draft(body="[@often]")

    [source] = context(client, "/outlets/ledger/")["sources"]

    newest = sorted(posts, key=lambda post: (post.published_at, post.pk), reverse=True)
    assert [str(post) for post in source.citing] == ["Newest", *map(str, newest[: MOST_CITING - 1])]
    assert source.citing_too == 3
    more = '<a href="/sources/often/">three other posts</a>'
    assert f", and in {more}</p>" in client.get("/outlets/ledger/").text


def test_a_story_names_the_outlets_it_leans_on(client: Client) -> None:
    story = make_story("Missiles")
    often, rarely = make_outlet("Often", slug="often"), make_outlet("Rarely", slug="rarely")
    make_source("a", outlet=often)
    make_source("b", outlet=rarely)
    make_source("c")
    make_post(body="[@a] [@b] [@c]", story=story)
    make_post(body="[@a]", story=story)
    make_post(body="[@b]")

    most_cited = context(client, "/stories/missiles/")["most_cited"]

    assert [(str(row), row.post_count) for row in most_cited] == [("Often", 2), ("Rarely", 1)]
    assert most_cited[0].get_absolute_url() == "/outlets/often/"


def test_a_citekey_may_hold_whatever_pandoc_allows(client: Client) -> None:
    make_source("smith:2024/b")
    make_post(body="So [@smith:2024/b].")

    assert client.get("/sources/smith:2024/b/").status_code == 200


def test_about_and_policies_are_markdown(client: Client) -> None:
    make_publication(about="We *write*.", policies="We **correct**.")

    html = client.get("/about/").content.decode()

    assert "<em>write</em>" in html
    assert 'id="policies"' in html
    assert "<strong>correct</strong>" in html
