"""What the panel under the text knows, and whom it tells what."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.models import Post
from sources.models import Source
from tests.factories import (
    make_claim,
    make_draft,
    make_outlet,
    make_post,
    make_posts_in_bulk,
    make_publication,
    make_report,
    make_scheduled,
    make_source,
    make_story,
    make_user,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db

NEW = "/admin/blog/post/knowing/"
PUT_IN = "/admin/blog/post/put-in/"


def of(post: Post) -> str:
    return f"/admin/blog/post/{post.pk}/knowing/"


@pytest.fixture
def contributor() -> User:
    return make_user("contributor")


@pytest.fixture
def desk(contributor: User) -> Client:
    make_publication()
    client = Client()
    client.force_login(contributor)
    return client


def ask(client: Client, body: str, path: str = NEW, **more: str) -> Any:
    response = client.post(path, {"body": body, **more})
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    return response.json()


class TestPostsReferredTo:
    def test_each_mark_is_told_with_its_kind_and_where_it_stands(self, desk: Client) -> None:
        make_post("Asking for range", slug="range")
        known = ask(desk, "One.\n\n🚀 So [[updates::range|here]], and [[range]].\r\n")
        first, second = known["references"]
        assert (first["title"], first["when"]) == ("Asking for range", "18 November 2024")
        assert (first["kind"], second["kind"]) == ("updates", "background")
        # The rocket is two units long in a browser.
        assert first["place"] == {"line": 3, "column": 6, "source": "[[updates::range|here]]"}
        assert second["place"] == {"line": 3, "column": 35, "source": "[[range]]"}

    def test_what_looks_like_a_mark_in_code_is_not_taken_for_it(self, desk: Client) -> None:
        make_post(slug="range")
        known = ask(desk, "Write `[[range]]` for [[range]].")
        assert [one["place"]["column"] for one in known["references"]] == [22]

    def test_a_pasted_address_is_told_without_a_kind(self, desk: Client) -> None:
        make_post(slug="range")
        [reference] = ask(desk, "[here](/2024/11/18/range/)")["references"]
        assert (reference["kind"], reference["place"]) == (None, None)

    def test_ones_own_draft_is_marked_as_such(self, desk: Client, contributor: User) -> None:
        make_draft("Mine", slug="mine", created_by=contributor)
        [reference] = ask(desk, "[[mine|here]]")["references"]
        assert reference["when"] == "draft"

    @pytest.mark.parametrize("make", [make_draft, make_scheduled, make_withdrawn])
    @pytest.mark.parametrize("mark", ["[[taken|x]]", "[[taken]]", "[x](/2024/11/18/taken/)"])
    def test_somebody_elses_hidden_post_is_told_from_none_by_nothing(
        self, mark: str, make: Any, desk: Client
    ) -> None:
        before = ask(desk, mark)
        make("Secret headline", slug="taken")
        assert ask(desk, mark) == before


class TestWhatLeadsNowhere:
    def test_the_remedy_writes_the_nearest_name_into_the_mark_as_it_is(self, desk: Client) -> None:
        make_post("Who is allowed to say yes", slug="who-is-allowed")
        [lost] = ask(desk, "\nSee [[extends::who-is-alowed#p1|*this*]].")["lost"]
        assert (lost["line"], lost["of"], lost["isError"]) == (2, "post", True)
        assert lost["nearest"]["title"] == "Who is allowed to say yes"
        assert lost["mended"] == "[[extends::who-is-allowed#p1|*this*]]"

    def test_a_key_gives_way_even_where_it_begins_another(self, desk: Client) -> None:
        make_source("ledger2024")
        make_source("ledger2023b", title="Else")
        lost = ask(desk, "So [see @ledger2023b; @ledger2023, p. 3].")["lost"]
        assert [one["mended"] for one in lost] == ["[see @ledger2023b; @{ledger2023b}, p. 3]"]

    def test_what_has_nothing_like_it_has_words_for_a_remedy(self, desk: Client) -> None:
        [lost] = ask(desk, "[[zzzz]]")["lost"]
        assert (lost["mended"], lost["nearest"]) == (None, None)
        assert "make the post" in lost["remedy"].lower()

    def test_pictures_without_alt_text_are_told_with_the_place_for_it(self, desk: Client) -> None:
        pictures = ask(desk, "![sea](/a.jpg)\n\n![ ](/b.jpg) and ![](/c.jpg)\n\n<img src=d>")[
            "pictures"
        ]
        assert [one["url"] for one in pictures] == ["/b.jpg", "/c.jpg", "d"]
        assert [one["place"]["column"] for one in pictures] == [0, 17, None]

    def test_other_things_to_look_at_are_told_once(self, desk: Client) -> None:
        known = ask(desk, "So[^1] it is, `[[x]]`.\n\n![](/a.jpg) [[nowhere]]")
        assert len(known["others"]) == 2
        assert len(known["lost"]) == len(known["pictures"]) == 1
        assert known["unsettled"] == "Four things to settle or to look at."


class TestSourcesCited:
    def test_what_is_missing_is_said_in_words(self, desk: Client) -> None:
        make_source("bare")
        make_source(
            "full", outlet=make_outlet("Ledger"), issued_year=2024, authors=[{"family": "D"}]
        )
        make_source("news", outlet=make_outlet("Wire"), issued_words="early October")
        sources = ask(desk, "So [@bare; @full], [@bare], [@news].")["sources"]
        assert [one["missing"] for one in sources] == [
            ["No date.", "Neither author nor outlet."],
            [],
            [],
        ]
        assert [one["lacks"] for one in sources] == [[], [], ["No author."]]
        assert sources[1]["about"] == "D, Ledger, 2024"

    def test_a_page_that_is_no_source_yet_is_shown_as_new_and_not_made(self, desk: Client) -> None:
        [source] = ask(desk, "[A report](https://example.org/a?utm_source=x)")["sources"]
        assert (source["id"], source["title"], source["mayChange"]) == (None, "A report", False)
        assert not Source.objects.exists()

    def test_shops_are_not_listed(self, desk: Client) -> None:
        make_source("shop", is_not_a_source=True)
        assert ask(desk, "[@shop]")["sources"] == []

    def test_other_posts_that_cite_it_are_counted_if_the_user_may_see_them(
        self, desk: Client, contributor: User
    ) -> None:
        make_source("key")
        post = make_draft(body="[@key]", created_by=contributor)
        make_post(body="[@key] and [@key]")
        make_draft(body="[@key]")
        [source] = ask(desk, "[@key]", of(post))["sources"]
        assert source["others"] == 1


class TestClaims:
    def test_those_spoken_of_come_first_and_those_assumed_after(self, desk: Client) -> None:
        first, second = make_claim("First.", slug="first"), make_claim("Second.", slug="second")
        make_report(first, by="A paper")
        make_report(second, "denies", by="A paper")
        known = ask(
            desk,
            "One.\n\nSo [[claim::first|it is]]. [[claim::FIRST|It is]].",
            assumes="second | As I say",
        )
        assert known["claims"] == [
            {
                "slug": "first",
                "title": "First.",
                "standing": "reported",
                "lines": [3, 3],
                "isAssumed": False,
            },
            {
                "slug": "second",
                "title": "Second.",
                "standing": "unreported, contested",
                "lines": [],
                "isAssumed": True,
            },
        ]
        assert known["counts"]["referred"] == "No earlier posts, no sources, two claims."

    def test_a_text_without_any_is_told_of_none(self, desk: Client) -> None:
        known = ask(desk, "Plain.", assumes=" \n")
        assert (known["claims"], "claim" in known["counts"]["referred"]) == ([], False)

    def test_a_mark_that_leads_to_none_is_lost_with_its_remedy(self, desk: Client) -> None:
        make_claim("They agreed.", slug="agreed")
        [lost] = ask(desk, "So [[claim::agred|*they* agreed]].")["lost"]
        assert (lost["of"], lost["mended"]) == ("claim", "[[claim::agreed|*they* agreed]]")


class TestNumbers:
    def test_words_reading_time_and_notes(self, desk: Client) -> None:
        make_post(slug="range")
        make_source("key")
        body = "word " * 690 + "[[range|x]][^1] and.[@key]\n\n[^1]: A note."
        counts = ask(desk, body)["counts"]
        assert (counts["minutes"], counts["notes"]) == (3, 2)
        assert counts["inWords"].endswith("words, about three minutes to read, two notes")
        assert counts["referred"] == "One earlier post, one source."

    def test_an_empty_text_is_no_obstacle(self, desk: Client) -> None:
        assert ask(desk, "")["counts"]["referred"] == "No earlier posts, no sources."

    def test_queries_do_not_grow_with_the_text(self, desk: Client) -> None:
        for number in range(30):
            make_source(f"key{number}")
            make_report(make_claim(slug=f"claim{number}"), by="A paper")
        posts = make_posts_in_bulk(30)
        post = make_draft(created_by=User.objects.get())

        def text(number: int) -> str:
            return "\n\n".join(
                f"[[{posts[n].slug}|x]] [[lost{n}]] [@key{n}] [@gone{n}] [y](https://e.org/{n}) "
                f"[[claim::claim{n}|z]] [[claim::gone{n}|z]]"
                for n in range(number)
            )

        def cost(body: str) -> int:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                ask(desk, body, of(post))
            return len(queries)

        ask(desk, text(1), of(post))
        assert cost(text(2)) == cost(text(30)) <= 20


class TestWhoReferred:
    def test_posts_that_refer_here_are_named_if_the_user_may_see_them(
        self, desk: Client, contributor: User
    ) -> None:
        post = make_post(slug="here", created_by=contributor)
        make_post("Public", body="[[updates::here|x]] [[here]]")
        make_draft("Hidden", body="[[here|x]]")
        make_draft("Own", body="[[here|x]]", created_by=contributor)
        touching = ask(desk, "", of(post))["touching"]
        told = {one["title"]: (one["when"], one["kinds"]) for one in touching["posts"]}
        assert told == {
            "Public": ("18 November 2024", "Newer information, Background"),
            "Own": ("draft", "Background"),
        }
        assert "the 2 posts that refer to it follow" in touching["address"].lower()
        assert "Hidden" not in json.dumps(touching)

    def test_a_new_address_says_what_becomes_of_the_old_one(
        self, desk: Client, contributor: User
    ) -> None:
        post = make_post(slug="old", created_by=contributor)
        touching = ask(desk, "", of(post), slug="new")["touching"]
        assert touching["isNewAddress"]
        assert touching["address"].startswith("From “old” to “new”: no post refers to it, and the")
        draft = make_draft(slug="draft", created_by=contributor)
        assert "nobody outside has the address" in ask(desk, "", of(draft))["touching"]["address"]

    def test_withdrawing_says_what_readers_lose(self, desk: Client, contributor: User) -> None:
        make_source("alone")
        make_source("shared")
        story = make_story("Missiles")
        body = "[@alone] [@shared]"
        post = make_post(slug="here", body=body, story=story, created_by=contributor)
        make_post(body="[[here|x]] [@shared]")
        make_draft(body="[[here|x]] [@alone]", story=story)
        told = " ".join(ask(desk, "", of(post))["touching"]["withdrawing"])
        assert "In one public post the words" in told
        assert "One source that no other public post cites" in told
        assert "“Missiles”, would have no post left" in told

    def test_a_draft_has_nothing_to_withdraw(self, desk: Client, contributor: User) -> None:
        post = make_draft(created_by=contributor)
        assert ask(desk, "", of(post))["touching"]["withdrawing"] == []
        assert ask(desk, "")["touching"] is None


class TestPuttingIn:
    def test_only_what_was_sent_is_changed(self, desk: Client) -> None:
        source = make_source("key", title="T", authors=[{"family": "Doe"}])
        response = desk.post(PUT_IN, {"source": source.pk, "date": "17 November 2024"})
        assert response.json()["source"]["about"] == "Doe, 17 November 2024"
        source.refresh_from_db()
        assert (source.issued_year, source.issued_month, source.issued_day) == (2024, 11, 17)
        assert source.authors == [{"family": "Doe"}]

    @pytest.mark.parametrize(
        ("typed", "text"),
        [
            ("2024-11-17", "17 November 2024"),
            ("Nov 17, 2024", "17 November 2024"),
            ("17.11.2024", "17 November 2024"),
            ("nov 2024", "November 2024"),
            ("2024", "2024"),
            ("about 2024", "about 2024"),
            ("early October 2024", "early October 2024"),
            ("", ""),
        ],
    )
    def test_dates_are_read_as_people_type_them(self, typed: str, text: str, desk: Client) -> None:
        source = make_source(issued_year=2020)
        answer = desk.post(PUT_IN, {"source": source.pk, "date": typed}).json()
        assert answer["source"]["fields"]["date"] == text
        again = desk.post(PUT_IN, {"source": source.pk, "date": text}).json()
        assert again == answer

    def test_an_outlet_that_is_known_is_taken_and_another_name_kept(self, desk: Client) -> None:
        outlet, source = make_outlet("Capital Ledger"), make_source()
        desk.post(PUT_IN, {"source": source.pk, "outlet": "capital ledger"})
        source.refresh_from_db()
        assert (source.outlet, source.container_title) == (outlet, "")
        desk.post(PUT_IN, {"source": source.pk, "outlet": "A small paper"})
        source.refresh_from_db()
        assert (source.outlet, source.container_title) == (None, "A small paper")

    def test_authors_come_one_a_line(self, desk: Client) -> None:
        source = make_source()
        desk.post(PUT_IN, {"source": source.pk, "authors": "Doe, Jane\nFederal Wire"})
        source.refresh_from_db()
        assert source.authors == [
            {"family": "Doe", "given": "Jane"},
            {"literal": "Federal Wire"},
        ]

    def test_what_cannot_be_kept_is_refused_at_its_field(self, desk: Client) -> None:
        source = make_source()
        response = desk.post(PUT_IN, {"source": source.pk, "date": "x" * 101, "outlet": "Paper"})
        assert response.status_code == 400
        assert list(response.json()["errors"]) == ["date"]
        source.refresh_from_db()
        assert source.container_title == ""

    @pytest.mark.parametrize("source", ["", "x", "9" * 30, "987654"])
    def test_a_source_that_is_not_there_is_not_found(self, source: str, desk: Client) -> None:
        assert desk.post(PUT_IN, {"source": source, "date": "2024"}).status_code == 404


class TestTheWrongUser:
    @pytest.mark.parametrize("role", ["contributor", "author"])
    def test_another_ones_post_is_as_if_it_were_not_there(self, role: Any) -> None:
        client = Client()
        client.force_login(make_user(role))
        for post in (make_draft("Secret"), make_post("Theirs"), Post(pk=987_654)):
            for response in (client.get(of(post)), client.post(of(post), {"body": "x"})):
                assert response.status_code == 404
                assert b"Secret" not in response.content

    def test_who_has_no_role_is_told_nothing_and_changes_nothing(self) -> None:
        source, post = make_source(), make_post()
        staff = make_user(None)
        staff.is_staff = True
        staff.save()
        client = Client()
        for status in (302, 403):
            assert client.post(NEW, {"body": "x"}).status_code == status
            assert client.post(PUT_IN, {"source": source.pk, "date": "2024"}).status_code == status
            assert client.post(of(post), {"body": "x"}).status_code in (302, 404)
            client.force_login(staff)
        source.refresh_from_db()
        assert source.issued_year is None

    def test_the_token_of_the_form_is_asked_for(self, contributor: User) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(contributor)
        for path in (NEW, PUT_IN):
            assert strict.post(path, {"source": 1}).status_code == 403

    def test_it_is_asked_by_post_and_not_for_a_book(self, desk: Client) -> None:
        assert desk.get(NEW).status_code == 405
        assert desk.get(PUT_IN).status_code == 405
        assert desk.post(NEW, {"body": "x" * 400_001}).status_code == 413
