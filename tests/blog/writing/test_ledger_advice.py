"""What is advised of the ledger before a post goes out; never a block, and nothing without one."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sources.models import Claim
from tests.blog.desk.conftest import LogIn
from tests.blog.desk.forms import form_of
from tests.blog.writing.test_outgoing import NEW, things
from tests.factories import (
    make_claim,
    make_origin,
    make_publication,
    make_report,
    make_ruling,
    make_source,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 11, 21, 20, 0, tzinfo=UTC)
OPENED = "2024-11-21T18:00:00Z"


@pytest.fixture(autouse=True)
def evening() -> Iterator[None]:
    make_publication(time_zone="Europe/Kyiv")
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client(author: User, log_in: LogIn) -> Client:
    return log_in(author)


@pytest.fixture
def claim() -> Claim:
    claim = make_claim("They agreed.", slug="agreed")
    make_report(claim, by="A paper")
    return claim


def advised(client: Client, body: str, assumes: str = "", **sent: Any) -> list[Any]:
    """What is advised, but for the usual of standfirst, byline and facts."""
    musts, found, _ = things(client, body=body, assumes=assumes, **sent)
    assert musts == []
    usual = ("standfirst", "facts are known", "byline", "the source “")
    return [thing for thing in found if not any(words in thing.words for words in usual)]


class TestStatedAsFact:
    def test_one_origin_is_not_a_fact(self, client: Client, claim: Claim) -> None:
        (thing,) = advised(client, "Sunday.\n\nSo [[claim::agreed|they agreed]] at last.")
        assert thing.line == 3
        assert thing.words.startswith("“they agreed” is stated as a fact: it rests on one origin.")
        assert "reportedly" in thing.words

    def test_nobody_at_all_is_told_so(self, client: Client) -> None:
        make_claim("They agreed.", slug="agreed")
        (thing,) = advised(client, "So [[claim::agreed|they agreed]] at last.")
        assert "the ledger has nobody who says so" in thing.words

    def test_a_hedge_is_enough(self, client: Client, claim: Claim) -> None:
        assert advised(client, "It is reported that [[claim::agreed|they agreed]].") == []

    @pytest.mark.parametrize("other", ["corroborated", "ruled"])
    def test_more_than_one_origin_or_a_ruling_is_enough(
        self, other: str, client: Client, claim: Claim
    ) -> None:
        if other == "ruled":
            make_ruling(claim, "confirmed")
        else:
            make_report(claim, by="Another paper")
        assert advised(client, "So [[claim::agreed|they agreed]] at last.") == []

    def test_it_is_told_once_for_each_claim(self, client: Client, claim: Claim) -> None:
        body = "[[claim::agreed|They agreed]].\n\n[[claim::agreed|They did agree]]."
        assert [thing.line for thing in advised(client, body, "agreed | They agreed")] == [1]

    def test_an_assumption_of_which_the_text_says_nothing(
        self, client: Client, claim: Claim
    ) -> None:
        (thing,) = advised(client, "So it is.", "agreed")
        assert (thing.field, "no words of the text" in thing.words) == ("assumes", True)
        assert advised(client, "So it is.", "agreed | Suppose that they agreed") == []


class TestWhatMovedMeanwhile:
    def test_an_assumption_that_is_refuted(self, client: Client, claim: Claim) -> None:
        make_ruling(claim, "refuted")
        (thing,) = advised(client, "If [[claim::agreed|they agreed]], so be it.", "agreed")
        assert (thing.field, "is refuted by now" in thing.words) == ("assumes", True)

    def test_one_that_moved_since_the_form_was_opened(self, client: Client, claim: Claim) -> None:
        body = "If [[claim::agreed|they agreed]], so be it."
        assert advised(client, body, "agreed", shown_at=OPENED) == []
        at = datetime(2024, 11, 21, 19, 0, tzinfo=UTC)
        make_report(claim, by="Another paper", recorded_at=at)
        (thing,) = advised(client, body, "agreed", shown_at=OPENED)
        assert "was reported and is corroborated since you opened this" in thing.words
        assert advised(client, body, "", shown_at=OPENED) == []
        assert advised(client, body, "agreed", shown_at="") == []

    def test_a_line_that_names_no_claim_must_be_settled(self, client: Client) -> None:
        musts, _, _ = things(client, body="So it is.", assumes="nowhere")
        assert [(must.field, "names no claim" in must.words) for must in musts] == [
            ("assumes", True)
        ]


class TestUnnamedOrigins:
    def test_whose_ledger_gives_no_reason(self, client: Client, claim: Claim) -> None:
        officials = make_origin("two officials", is_named=False)
        make_report(claim, "corroborates", by=officials)
        body = "So [[claim::agreed|they agreed]] at last."
        (thing,) = advised(client, body)
        assert "rests on “two officials” and does not say why" in thing.words
        make_report(claim, "corroborates", by=officials, anonymity_reason="They may not speak.")
        assert advised(client, body) == []


class TestFigures:
    def test_are_told_where_the_post_cites_elsewhere(self, client: Client) -> None:
        make_source("wire")
        body = "So it is.[@wire]\n\nAbout 200 missiles were fired."
        (thing,) = advised(client, body)
        assert (thing.line, thing.words.split(" is a figure")[0]) == (3, "“200 missiles”")

    def test_do_not_nag_a_plain_essay(self, client: Client) -> None:
        assert advised(client, "About 200 missiles were fired.\n\n[There](/about/) 30 stood.") == []

    def test_are_five_at_the_most_and_the_number_of_the_others(self, client: Client) -> None:
        make_source("wire")
        paragraphs = [f"About {number}00 were fired." for number in range(1, 9)]
        found = advised(client, "\n\n".join(["So.[@wire]", *paragraphs]))
        assert len(found) == 6
        assert found[-1].words == "And 3 more paragraphs have figures without a source."


def test_asking_costs_the_same_however_many_claims_there_are(client: Client) -> None:
    for number in range(20):
        make_report(make_claim(slug=f"claim-{number}"), by="A paper")

    def cost(number: int) -> int:
        body = "\n\n".join(f"So [[claim::claim-{n}|it is]]." for n in range(number))
        lines = "\n".join(f"claim-{n}" for n in range(number))
        with CaptureQueriesContext(connection) as queries:
            client.post(NEW, form_of(body=body, assumes=lines, _publish="x"))
        return len(queries)

    cost(1)
    assert cost(2) == cost(20)
