"""The ledger from the post screen: who may make claims and report on them, and what comes back."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from sources.models import Claim, Origin, Report, Source
from tests.blog.desk.conftest import LogIn
from tests.factories import (
    make_assumption,
    make_claim,
    make_draft,
    make_origin,
    make_outlet,
    make_post,
    make_publication,
    make_report,
    make_source,
)

pytestmark = pytest.mark.django_db

CLAIM = reverse("admin:blog_post_claim")
REPORT = reverse("admin:blog_post_report")
LOOK = reverse("admin:blog_post_look_at_claim")
# Past midnight in Kyiv: there it is the 19th already.
NOW = datetime(2024, 11, 18, 23, 0, tzinfo=UTC)
AGREED = "Washington agreed to the strikes."


@pytest.fixture(autouse=True)
def night() -> Iterator[None]:
    make_publication(time_zone="Europe/Kyiv")
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client(author: User, log_in: LogIn) -> Client:
    return log_in(author)


def a_report(**changed: Any) -> dict[str, Any]:
    given = {"origin": "White House", "stance": "reports", "said_from": "2024-11-18"}
    return given | changed


def first(**changed: Any) -> dict[str, Any]:
    return a_report(**({"statement": AGREED, "with_report": "1"} | changed))


def answered(client: Client, url: str, **sent: Any) -> Any:
    response = client.post(url, sent)
    assert response.status_code == 200, response.content
    assert "no-store" in response.headers["Cache-Control"]
    return response.json()


def refused(client: Client, url: str, **sent: Any) -> dict[str, str]:
    """What is wrong, by field; nothing was made."""
    before = Claim.objects.count(), Report.objects.count(), Origin.objects.count()
    response = client.post(url, sent)
    assert response.status_code == 400
    assert (Claim.objects.count(), Report.objects.count(), Origin.objects.count()) == before
    errors: dict[str, str] = response.json()["errors"]
    return errors


class TestMakingAClaim:
    def test_it_needs_a_statement_and_no_more(self, client: Client, author: User) -> None:
        answer = answered(client, CLAIM, statement=f" {AGREED}\n")
        assert answer["claim"] == {
            "slug": "washington-agreed-to-the-strikes",
            "statement": AGREED,
            "standing": "unreported",
            "because": "no origin says so.",
        }
        claim = Claim.objects.get()
        assert claim.created_by == author
        assert LogEntry.objects.get().object_id == str(claim.pk)

    def test_its_first_report_comes_with_it(self, client: Client, author: User) -> None:
        make_source("wire", outlet=make_outlet("Federal Wire"))
        answer = answered(
            client,
            CLAIM,
            **first(
                slug="Permission",
                origin="two unnamed US officials",
                is_described="on",
                body="White House",
                source="@wire",
                said_from="2024-11-17",
                said_to="2024-11-18",
                said_words="over the weekend",
                relayed_through="Yonhap",
                attribution="unnamed_official",
                anonymity_reason="to speak of what is not public",
                quotation="They may.",
                note="Nobody denied it.",
            ),
        )
        assert (answer["claim"]["slug"], answer["claim"]["standing"]) == ("permission", "reported")
        report = Report.objects.get()
        assert str(report.origin) == "two unnamed US officials, as told to Federal Wire"
        assert report.origin.body == Origin.objects.get(name="White House")
        assert not report.origin.is_named
        assert (report.source, report.recorded_by) == (Source.objects.get(), author)
        assert (report.said, report.relayed_through) == ("over the weekend", "Yonhap")
        assert (report.anonymity_reason, report.quotation, report.note) == (
            "to speak of what is not public",
            "They may.",
            "Nobody denied it.",
        )

    def test_a_mark_that_waits_for_it_finds_it(self, client: Client) -> None:
        post = make_post(body="So [[claim::permission|they agreed]].")
        assert post.claimmentions.get().claim is None
        answered(client, CLAIM, statement=AGREED, slug="permission")
        assert post.claimmentions.get().claim == Claim.objects.get()

    def test_what_is_wrong_is_told_by_field_and_nothing_is_made(self, client: Client) -> None:
        make_claim("Another.", slug="taken")
        errors = refused(client, CLAIM, **first(statement=" ", slug="taken", origin="", stance="x"))
        assert errors.keys() == {"statement", "slug", "origin", "stance"}
        assert errors["slug"] == "Another claim has that slug. Choose another, or that claim."
        assert "cannot be a slug" in refused(client, CLAIM, statement="S.", slug="a b!")["slug"]
        assert "already: “taken”" in refused(client, CLAIM, statement="ANOTHER.")["statement"]
        assert refused(client, CLAIM, **first(said_from=""))["said_from"]

    def test_what_the_ledger_says_already_is_shown(self, client: Client) -> None:
        make_claim(AGREED, slug="agreed")
        twin = client.post(CLAIM, {"statement": AGREED.upper()}).json()["twin"]
        assert (twin["slug"], twin["standing"]) == ("agreed", "unreported")


class TestTheReport:
    @pytest.fixture(autouse=True)
    def claim(self, client: Client) -> Claim:
        return make_claim(AGREED, slug="permission")

    def test_it_tells_how_the_claim_stood_before_and_stands_now(
        self, client: Client, claim: Claim
    ) -> None:
        make_report(claim, by="A paper", on="2024-11-17")
        answer = answered(client, REPORT, claim="PERMISSION", **a_report(stance="corroborates"))
        assert (answer["before"], answer["claim"]["standing"]) == ("reported", "corroborated")
        assert answer["claim"]["because"] == "two independent origins (A paper; White House)."

    def test_one_day_is_enough_and_no_day_is_to_come_where_the_site_is(
        self, client: Client
    ) -> None:
        answered(client, REPORT, claim="permission", **a_report(said_from="2024-11-19"))
        report = Report.objects.get()
        assert report.said_from == report.said_to
        for days in (
            {"said_from": "2024-11-20"},
            {"said_to": "2024-11-20"},
            {"said_to": "2024-11-01"},
            {"said_from": "soon"},
        ):
            assert refused(client, REPORT, claim="permission", **a_report(**days))

    def test_the_messages_are_those_of_the_ledger(self, client: Client, claim: Claim) -> None:
        other = make_report(make_claim("Other."), by="A paper")
        wrong: list[tuple[dict[str, Any], str]] = [
            ({"stance": "repeats"}, "Choose the report it repeats."),
            ({"stance": "repeats", "repeats": other.pk}, "Select a valid choice"),
            ({"has_authority": "on"}, "Only a confirmation settles"),
            ({"said_from": "2024-11-18", "said_to": "2024-11-01"}, "Swap them."),
            ({"origin": "x" * 201}, "200 characters"),
            ({"body": "white  HOUSE"}, "does not speak for itself"),
        ]
        for sent, words in wrong:
            errors = refused(client, REPORT, claim="permission", **a_report(**sent))
            assert words in " ".join(errors.values())

    def test_a_repeat_names_the_report_it_repeats(self, client: Client, claim: Claim) -> None:
        line = make_report(claim, by="A paper", on="2024-11-17")
        answer = answered(
            client, REPORT, claim="permission", **a_report(stance="repeats", repeats=line.pk)
        )
        assert (answer["before"], answer["claim"]["standing"]) == ("reported", "reported")
        assert Report.objects.get(stance="repeats").repeats == line

    def test_an_origin_that_is_known_is_taken(self, client: Client) -> None:
        ledger, wire = make_outlet("Ledger"), make_outlet("Wire")
        make_origin("officials", is_named=False, told_to=ledger)
        told = make_origin("officials", is_named=False, told_to=wire)
        named = make_origin("White House")
        for sent in (
            {"origin": "white  house"},
            {"origin": "officials, as told to Wire", "origin_id": told.pk},
            # The id of what was chosen before something else was typed counts for nothing.
            {"origin": "White House", "origin_id": told.pk},
        ):
            answered(client, REPORT, claim="permission", **a_report(**sent))
        assert [report.origin for report in Report.objects.order_by("pk")] == [named, told, named]
        assert Origin.objects.count() == 3

    def test_a_named_origin_does_not_become_a_described_one(self, client: Client) -> None:
        make_origin("White House")
        errors = refused(client, REPORT, claim="permission", **a_report(is_described="on"))
        assert "as one that is named" in errors["is_described"]

    @pytest.mark.parametrize(
        "written", ["wire", "@wire", "[@wire]", "https://wire.example/a?utm_source=x"]
    )
    def test_a_source_is_known_by_key_and_by_address(self, written: str, client: Client) -> None:
        source = make_source("wire", url="https://wire.example/a")
        answered(client, REPORT, claim="permission", **a_report(source=written))
        assert Report.objects.get().source == source

    def test_a_pasted_address_becomes_a_source_on_the_spot(self, client: Client) -> None:
        page = "https://news.example.org/report"
        answered(client, REPORT, claim="permission", **a_report(source=page))
        source = Report.objects.get().source
        assert source
        assert source.canonical_url == page

    @pytest.mark.parametrize(
        ("written", "words"),
        [
            ("nowhere", "No source has the key “nowhere”"),
            ("https://margin.example.org/2024/11/18/x/", "address of this site"),
            ("@shop", "not a source"),
        ],
    )
    def test_what_is_no_source_is_told(self, written: str, words: str, client: Client) -> None:
        make_source("shop", is_not_a_source=True)
        errors = refused(client, REPORT, claim="permission", **a_report(source=written))
        assert words in errors["source"]
        assert Source.objects.count() == 1

    def test_a_claim_that_is_not_there_is_told(self, client: Client) -> None:
        for slug in ("", "nowhere", "\x00"):
            assert "no claim" in refused(client, REPORT, claim=slug, **a_report())["claim"]
            assert client.post(LOOK, {"claim": slug}).status_code == 400

    def test_a_look_tells_the_standing_and_what_may_be_repeated(
        self, client: Client, claim: Claim
    ) -> None:
        line = make_report(claim, by="A paper", on="2024-11-17")
        make_report(claim, by="Nobody", struck_at=NOW, struck_because="An error.")
        answer = answered(client, LOOK, claim="permission")
        assert answer["reports"] == [{"id": line.pk, "words": "A paper reports, 17 November 2024"}]
        assert (answer["claim"]["standing"], answer["why_not"]) == ("reported", "")


Uses = Callable[[Claim, User], object]
USES: dict[str, Uses] = {
    "readers see an assumption": lambda c, _: make_assumption(make_post(), c),
    "readers see words": lambda _, u: make_post(
        body="So [[claim::permission|they say]].", created_by=u
    ),
    "another's draft assumes it": lambda c, _: make_assumption(make_draft(), c),
    "another's draft speaks of it": lambda _, u: make_draft(body="[[claim::permission|so]]"),
}


class TestWhoMay:
    def test_a_contributor_makes_claims_and_reports_on_them(
        self, contributor: User, log_in: LogIn
    ) -> None:
        client = log_in(contributor)
        answered(client, CLAIM, **first(slug="permission"))
        make_assumption(make_draft(created_by=contributor), Claim.objects.get())
        answered(client, REPORT, claim="permission", **a_report(origin="A paper"))
        assert Report.objects.count() == 2

    @pytest.mark.parametrize("use", USES)
    def test_a_contributor_does_not_report_on_what_readers_or_others_rest_on(
        self, use: str, contributor: User, author: User, log_in: LogIn
    ) -> None:
        claim = make_claim("A secret.", slug="permission")
        USES[use](claim, contributor)
        answer = log_in(contributor).post(REPORT, {"claim": "permission"} | a_report())
        assert (answer.status_code, "an author enters" in answer.json()["error"]) == (403, True)
        assert not Report.objects.exists()
        assert answered(log_in(contributor), LOOK, claim="permission")["why_not"]
        answered(log_in(author), REPORT, claim="permission", **a_report())

    @pytest.mark.parametrize("url", [CLAIM, REPORT, LOOK])
    def test_it_is_for_who_writes(self, url: str, staff: User, log_in: LogIn) -> None:
        make_claim(AGREED, slug="permission")
        sent = first(claim="permission")
        assert Client().post(url, sent).status_code == 302
        assert log_in(staff).post(url, sent).status_code == 403
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(url, sent).status_code in (302, 403)
        assert not Report.objects.exists()
        assert Claim.objects.count() == 1

    @pytest.mark.parametrize(
        ("url", "missing"), [(CLAIM, "add_claim"), (CLAIM, "add_report"), (REPORT, "add_report")]
    )
    def test_who_may_not_is_told_so(
        self, url: str, missing: str, author: User, log_in: LogIn
    ) -> None:
        make_claim("Other.", slug="permission")
        group = author.groups.get()
        group.permissions.remove(Permission.objects.get(codename=missing))
        answer = log_in(author).post(url, first(claim="permission"))
        assert (answer.status_code, "permissions" in answer.json()["error"]) == (403, True)
        assert not Report.objects.exists()

    def test_they_are_asked_by_post(self, client: Client) -> None:
        for url in (CLAIM, REPORT, LOOK):
            assert client.get(url).status_code == 405
