"""An origin's page: all that it is on record with, and what became of that."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from sources.models import Claim
from sources.recording import strike, tell_apart
from tests.factories import (
    make_assumption,
    make_claim,
    make_draft,
    make_origin,
    make_outlet,
    make_post,
    make_report,
    make_ruling,
    make_source,
)

pytestmark = pytest.mark.django_db


def public(statement: str = "") -> Claim:
    claim = make_claim(statement)
    make_assumption(make_post(), claim)
    return claim


def context(path: str = "/origins/kyiv/") -> Any:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.context


def html(path: str = "/origins/kyiv/") -> str:
    return Client().get(path).content.decode()


def test_it_lists_what_the_origin_said_newest_first() -> None:
    source = make_source("a", title="A report", outlet=make_outlet("Ledger", slug="ledger"))
    make_report(public("Older."), by="Kyiv", on="2024-10-01", source=source)
    make_report(public("Newer."), "denies", by="Kyiv", on="2024-10-02")
    make_report(public("Of another."), by="Seoul")

    found = context()["reports"]

    assert [(str(one.claim), one.stance_words) for one in found] == [
        ("Newer.", "denies it"),
        ("Older.", "says so"),
    ]
    assert '<a href="/sources/a/">A report</a>, Ledger' in html()
    assert "2 October 2024" in html()
    assert "Of another." not in html()


def test_each_claim_shows_how_it_stands_now() -> None:
    claim = public()
    make_report(claim, by="Kyiv", on="2024-10-01")
    make_report(claim, "denies", by="Minsk", on="2024-10-02")

    assert "reported, contested" in html()


def test_how_it_fared_is_told_in_words() -> None:
    confirmed, refuted = public(), public()
    for claim in (confirmed, refuted, public(), public()):
        make_report(claim, by="Kyiv")
    make_report(public(), "denies", by="Kyiv")
    make_ruling(confirmed, "confirmed")
    make_ruling(refuted, "refuted")

    assert context()["fared"] == [
        "Of the four claims that it supported, one is now confirmed, two are reported and one is "
        "refuted.",
        "The one claim that it denied is now unreported.",
    ]


def test_claims_that_all_stand_the_same_are_told_together() -> None:
    for _ in range(3):
        make_report(public(), by="Kyiv")

    assert context()["fared"] == ["All three claims that it supported are now reported."]


def test_what_was_struck_or_taken_back_or_only_repeated_counts_for_nothing() -> None:
    # A claim and its lines do not happen to have the same ids.
    for _ in range(3):
        public()
    struck, taken_back, repeated, said = public(), public(), public(), public()
    strike(make_report(struck, by="Kyiv"), "It was another.", None)
    make_report(taken_back, by="Kyiv", on="2024-10-01")
    make_report(taken_back, "retracts", by="Kyiv", on="2024-10-02")
    make_report(repeated, "repeats", by="Kyiv")
    make_report(said, by="Kyiv")

    assert context()["fared"] == ["The one claim that it supported is now reported."]
    assert "Struck: It was another." in html()


def test_what_was_said_again_after_it_was_taken_back_counts() -> None:
    claim = public()
    make_report(claim, by="Kyiv", on="2024-10-01")
    make_report(claim, "retracts", by="Kyiv", on="2024-10-02")
    make_report(claim, by="Kyiv", on="2024-10-03")

    assert context()["fared"] == ["The one claim that it supported is now reported."]


def test_an_origin_without_a_position_is_told_without_one() -> None:
    make_report(public(), "declines", by="Kyiv")

    assert context()["fared"] == []
    assert "What became of it" not in html()


def test_claims_that_are_not_public_count_nowhere() -> None:
    make_report(public(), by="Kyiv")
    hidden = make_claim("Hidden.")
    make_assumption(make_draft(), hidden)
    make_report(hidden, by="Kyiv")
    make_report(hidden, by="Somebody hidden")

    assert context()["fared"] == ["The one claim that it supported is now reported."]
    assert "Hidden." not in html()
    assert Client().get("/origins/somebody-hidden/").status_code == 404


def test_bodies_and_those_who_speak_for_them_lead_to_one_another() -> None:
    body = make_origin("Ukraine")
    make_report(public(), by=body)
    make_report(public(), by=make_origin("Kyiv", body=body))
    make_origin("Never on record", body=body)

    assert '<a href="/origins/ukraine/">Ukraine</a>' in html()
    assert '<a href="/origins/kyiv/">Kyiv</a>' in html("/origins/ukraine/")
    assert "Never on record" not in html("/origins/ukraine/")


def test_a_body_that_is_not_on_record_itself_is_named_without_a_link() -> None:
    make_report(public(), by=make_origin("Kyiv", body=make_origin("Ukraine")))

    assert "Speaks for Ukraine." in html()
    assert Client().get("/origins/ukraine/").status_code == 404


def test_an_unnamed_origin_says_how_it_counts() -> None:
    body = make_origin("White House")
    unnamed = make_origin("two officials", is_named=False, body=body)
    make_report(public(), by=unnamed)
    page = "/origins/two-officials/"
    assert "Counts once together with other unnamed origins that speak for White House." in (
        html(page)
    )

    tell_apart(unnamed, "They sit in another building.", None)

    assert "Counts by itself since" in html(page)
    assert "They sit in another building." in html(page)


def test_the_record_is_paged() -> None:
    claim = public()
    for number in range(51):
        make_report(claim, by="Kyiv", on=date(2024, 9, 1).replace(day=1 + number % 28))

    assert len(context()["reports"]) == 50
    assert len(context("/origins/kyiv/?page=2")["reports"]) == 1
