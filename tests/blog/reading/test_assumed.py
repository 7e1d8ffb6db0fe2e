"""What a post assumes, on its page: the standing when written, and now, and the way between."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from blog.assumed import Assumed, assumptions_of
from blog.models import Assumption, Post
from blog.models.claims import assume
from publication.models import Publication
from sources.models import Claim
from sources.recording import strike
from tests.factories import (
    PUBLISHED_AT,
    make_assumption,
    make_claim,
    make_draft,
    make_origin,
    make_post,
    make_publication,
    make_report,
    make_ruling,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db

LATER = datetime(2024, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def claim() -> Claim:
    make_publication()
    claim = make_claim("Soldiers are there.", slug="soldiers")
    make_report(claim, by="Kyiv", on="2024-11-10")
    return claim


def the_one(post: Post, at: datetime = LATER) -> Assumed:
    [one] = assumptions_of(post, at, Publication.current()).every
    return one


def words_of(post: Post) -> str:
    """What the page says, its white space aside."""
    cache.clear()
    with time_machine.travel(LATER, tick=False):
        content = Client().get(post.get_absolute_url()).content.decode()
    words = " ".join(strip_tags(content.replace("<", " <")).split())
    return re.sub(r" (?=[:;,.”])|(?<=“) ", "", words)


def test_a_post_that_assumes_nothing_says_nothing_of_it(claim: Claim) -> None:
    post = make_post(body="Plain.")
    with time_machine.travel(LATER, tick=False):
        content = Client().get(post.get_absolute_url()).content.decode()
    for trace in ("ssumes", "claim", "Claim", "ledger", "peek"):
        assert trace not in content


def test_both_standings_and_the_way_between(claim: Claim) -> None:
    post = make_post()
    make_assumption(post, claim, "That soldiers have come.")
    make_report(claim, "corroborates", by="Seoul", on="2024-11-19")
    make_report(claim, "denies", by="Minsk", on="2024-11-21")

    one = the_one(post)

    assert (one.written.words, one.now.words) == ("reported", "corroborated, contested")
    assert [(step.at.day, step.after.words) for step in one.path] == [
        (19, "corroborated"),
        (21, "corroborated, contested"),
    ]
    page = words_of(post)
    assert "Assumes Claim When written Now That soldiers have come." in page
    assert "19 November 2024: corroborated; 21 November 2024: corroborated, contested" in page
    assert (
        "Since this was written, a claim that it assumes has moved on 21 November 2024: “That "
        "soldiers have come.” was reported and is corroborated, contested." in page
    )


def test_without_words_of_its_own_an_assumption_is_the_claim(claim: Claim) -> None:
    post = make_post()
    make_assumption(post, claim)
    assert "Soldiers are there. reported reported" in words_of(post)
    assert "Since this was written" not in words_of(post)


def test_when_written_counts_what_had_been_said_by_the_facts_known_then(claim: Claim) -> None:
    """The facts are those of the day before; a line of the day of publication came too late."""
    post = make_post(known_at=PUBLISHED_AT - timedelta(days=1))
    make_assumption(post, claim)
    make_report(claim, "corroborates", by="Seoul", on="2024-11-18", recorded_at=PUBLISHED_AT)
    one = the_one(post)
    assert (one.written.words, one.now.words) == ("reported", "corroborated")
    assert [(step.at, step.after.words) for step in one.path] == [(PUBLISHED_AT, "corroborated")]


def test_when_written_does_not_count_what_was_entered_later_and_dated_back(claim: Claim) -> None:
    post = make_post()
    make_assumption(post, claim)
    make_report(
        claim, "corroborates", by="Seoul", on="2024-11-11", recorded_at=PUBLISHED_AT + timedelta(2)
    )
    one = the_one(post)
    assert (one.written.words, one.now.words) == ("reported", "corroborated")
    assert [step.at.day for step in one.path] == [20]


def test_an_assumption_added_later_was_written_on_the_standing_of_that_day(claim: Claim) -> None:
    post = make_post()
    make_report(claim, "corroborates", by="Seoul", on="2024-11-19")
    make_assumption(post, claim, made_at=PUBLISHED_AT + timedelta(days=3), words="Later.")
    Post.objects.filter(pk=post.pk).update(known_at=None)
    post.refresh_from_db()
    assert the_one(post).written.words == "corroborated"


def test_what_a_draft_assumed_counts_from_its_publication(claim: Claim) -> None:
    post = make_post(published=PUBLISHED_AT)
    make_assumption(post, claim, made_at=PUBLISHED_AT - timedelta(days=30))
    assert the_one(post).written.words == "reported"


def test_a_struck_line_moves_the_standing_from_the_strike_on(claim: Claim) -> None:
    post = make_post()
    make_assumption(post, claim)
    with time_machine.travel(PUBLISHED_AT + timedelta(days=4), tick=False):
        strike(claim.reports.get(), "It was about another unit.", None)
    one = the_one(post)
    assert (one.written.words, one.now.words) == ("reported", "unreported")
    assert [step.at.day for step in one.path] == [22]


def test_a_ruling_is_a_step_like_any_other(claim: Claim) -> None:
    post = make_post()
    make_assumption(post, claim)
    make_ruling(claim, "refuted", on="2024-11-25")
    assert the_one(post).now.words == "refuted"


def test_what_went_back_to_where_it_was_has_not_moved(claim: Claim) -> None:
    post = make_post()
    make_assumption(post, claim)
    seoul = make_origin("Seoul")
    make_report(claim, "corroborates", by=seoul, on="2024-11-19")
    make_report(claim, "retracts", by=seoul, on="2024-11-20")
    one = the_one(post)
    assert not one.has_moved
    assert len(one.path) == 2
    assert "Since this was written" not in words_of(post)


def test_what_is_no_longer_assumed_stays_struck_and_dated(claim: Claim) -> None:
    post = make_post()
    make_assumption(post, claim, "Soldiers, perhaps.")
    other = make_claim("Tanks are there.")

    assume(post, [(other, "")], at=PUBLISHED_AT + timedelta(days=2))

    page = words_of(post)
    assert "Until 20 November 2024, 14:00 it assumed: Soldiers, perhaps." in page
    assert "Tanks are there." in page


def test_words_that_change_are_another_assumption_and_places_are_not(claim: Claim) -> None:
    post, other = make_post(), make_claim()
    later = PUBLISHED_AT + timedelta(days=1)
    assume(post, [(claim, "One."), (other, "")], at=PUBLISHED_AT)
    assume(post, [(other, ""), (claim, "Two.")], at=later)
    rows = [(row.words, row.position, bool(row.dropped_at)) for row in post.assumptions.all()]
    assert sorted(rows) == [("", 0, False), ("One.", 0, True), ("Two.", 1, False)]


def test_what_a_draft_no_longer_assumes_leaves_no_trace(claim: Claim) -> None:
    post = make_draft()
    assume(post, [(claim, "One.")])
    assume(post, [])
    assert not Assumption.objects.exists()


def test_what_was_assumed_only_while_withdrawn_leaves_no_trace(claim: Claim) -> None:
    """Nor does it when the post is put back; what readers had seen before is still told."""
    other = make_claim()
    post = make_withdrawn()
    assume(post, [(claim, "Seen.")], at=PUBLISHED_AT)
    assume(post, [(claim, "Seen."), (other, "Unseen.")])
    assume(post, [])
    assert [row.words for row in post.assumptions.all()] == ["Seen."]


def test_a_mark_in_the_text_says_how_its_claim_stands_and_carries_its_ledger(claim: Claim) -> None:
    post = make_post(body="So [[claim::soldiers|they came]].")
    for number in range(11, 15):
        make_report(claim, "repeats" if number < 13 else "corroborates", by=f"Paper {number}",
                    on=f"2024-11-{number}", repeats=None)  # fmt: skip
    with time_machine.travel(LATER, tick=False):
        content = Client().get(post.get_absolute_url()).content.decode()
    assert (
        '<a class="cl" href="/claims/soldiers/">they came</a> '
        '<span class="st s-corroborated">(corroborated)</span>'
    ) in content
    preview = content.partition('data-for="/claims/soldiers/"')[2]
    assert [name for name in ("Kyiv", "Paper 11", "Paper 12", "Paper 13", "Paper 14")
            if name in preview] == ["Kyiv", "Paper 13", "Paper 14"]  # fmt: skip


def test_a_standing_in_the_text_is_that_of_now_whatever_is_cached(claim: Claim) -> None:
    """The key of what is rendered knows how its claims stand."""
    post = make_post(body="So [[claim::soldiers|they came]].")
    with time_machine.travel(LATER, tick=False):
        assert "(reported)" in Client().get(post.get_absolute_url()).content.decode()
        make_report(claim, "corroborates", by="Seoul", on="2024-11-12")
        assert "(corroborated)" in Client().get(post.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("assumptions", "reports"), [(1, 2), (6, 20)])
def test_reading_a_post_asks_the_same_of_few_and_of_many(assumptions: int, reports: int) -> None:
    publication = make_publication()
    post = make_post()
    for _ in range(assumptions):
        claim = make_claim()
        for number in range(reports):
            make_report(claim, by=f"Origin {number}")
        make_assumption(post, claim)
    with CaptureQueriesContext(connection) as asked:
        assumptions_of(post, LATER, publication)
    assert len(asked) == 3
