"""The demo tells the week of 17 November 2024: who said what, when, and what rested on it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from blog.assumed import Assumed, assumptions_of
from blog.importing.loading import Import
from blog.models import Assumption, ClaimMention, Correction, Post, Version, public_claims
from publication.models import Publication
from sources.ledger import Verdict
from sources.ledgers import Ledger, ledgers_of
from sources.models import Claim, StandingChange

pytestmark = pytest.mark.django_db

# Only the draft speaks of it.
HIDDEN = "limits-only-widen"


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded once for all that only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        report = Import(settings.BASE_DIR / "demo").run()
        assert report.findings == []
        yield
        transaction.set_rollback(True)


def ledger_of(slug: str) -> Ledger:
    claim = Claim.objects.get(slug=slug)
    return ledgers_of([claim])[claim.pk]


def on(slug: str, day: str) -> Verdict:
    """As a claim's page tells it for a past day: said by then, recorded by today."""
    return ledger_of(slug).standing(date.fromisoformat(day), timezone.now())


def known(slug: str, moment: str) -> str:
    """As readers of that moment were told it."""
    at = datetime.fromisoformat(moment)
    return ledger_of(slug).now(at, Publication.current().zone).words


def assumed(post: str) -> Mapping[str, Assumed]:
    found = Post.objects.get(slug=post)
    assumptions = assumptions_of(found, timezone.now(), Publication.current())
    return {one.claim.slug: one for one in assumptions.every}


def moves(slug: str) -> list[tuple[str, str]]:
    zone = Publication.current().zone
    changes = StandingChange.objects.filter(claim__slug=slug)
    return [(f"{one.at.astimezone(zone):%d %b}", one.words) for one in changes]


@pytest.mark.parametrize(
    ("day", "standing", "origins"),
    [
        ("2024-09-30", "unreported", 0),
        ("2024-10-04", "unreported", 0),
        # "Early October" counts from the later of its two days.
        ("2024-10-05", "reported", 1),
        # A news site and a channel repeat it.
        ("2024-10-19", "reported", 1),
        ("2024-10-20", "corroborated", 2),
        ("2024-10-24", "corroborated, contested", 2),
        ("2024-10-31", "corroborated, contested", 3),
        ("2024-12-31", "corroborated, contested", 3),
    ],
)
def test_the_soldiers_claim_over_time(day: str, standing: str, origins: int) -> None:
    verdict = on("north-korean-soldiers", day)
    assert (verdict.words, len(verdict.support)) == (standing, origins)


@pytest.mark.parametrize(
    ("day", "standing", "origins", "speakers"),
    [
        ("2024-11-16", "unreported", 0, 0),
        ("2024-11-17", "reported", 1, 3),
        # The White House declines, and a broadcaster repeats.
        ("2024-11-19", "reported", 1, 3),
        ("2024-11-20", "corroborated", 2, 4),
    ],
)
def test_three_papers_with_unnamed_officials_of_one_body_are_one_origin(
    day: str, standing: str, origins: int, speakers: int
) -> None:
    verdict = on("the-permission", day)
    assert (verdict.words, len(verdict.support)) == (standing, origins)
    assert sum(len(group) for group in verdict.support) == speakers


def test_what_was_dated_back_was_known_only_from_its_entry() -> None:
    assert on("north-korean-soldiers", "2024-10-20").words == "corroborated"
    assert known("north-korean-soldiers", "2024-10-21T12:00:00+03:00") == "reported"
    assert known("north-korean-soldiers", "2024-10-23T12:00:00+03:00") == "corroborated"
    assert known("the-permission", "2024-11-21T12:00:00+02:00") == "reported"


def test_each_change_was_announced_once_on_the_day_of_its_entry() -> None:
    assert moves("north-korean-soldiers") == [
        ("08 Oct", "reported"),
        ("22 Oct", "corroborated"),
        ("25 Oct", "corroborated, contested"),
    ]
    assert moves("the-permission") == [("17 Nov", "reported"), ("21 Nov", "corroborated")]


def test_lukashenkas_two_statements_stand_in_two_ledgers() -> None:
    assert [str(one) for one in ledger_of("an-escalation").reports] == [
        "Alyaksandr Lukashenka concedes, before 25 October"
    ]
    (denying,) = on("north-korean-soldiers", "2024-11-17").denied_by
    assert denying.name == "Alyaksandr Lukashenka"
    assert on("an-escalation", "2024-11-17").words == "reported"


def test_the_number_lost_a_voice_that_it_never_had() -> None:
    assert moves("ten-thousand") == [
        ("29 Oct", "reported"),
        ("31 Oct", "corroborated"),
        ("04 Nov", "reported"),
    ]
    (struck,) = [one for one in ledger_of("ten-thousand").reports if one.is_struck]
    notice = Correction.objects.get(post__slug="a-round-number")
    assert struck.struck_at == notice.published_at
    assert "gave no figure" in struck.struck_because


def test_the_forecast_was_taken_back_and_the_guess_at_a_reason_left_open() -> None:
    assert moves("counteroffensive") == [("17 Nov", "reported"), ("26 Nov", "unreported")]
    assert moves("because-of-the-soldiers") == [("17 Nov", "reported"), ("19 Nov", "unresolved")]


def test_an_editor_refuted_what_we_had_got_wrong_and_gave_a_reason() -> None:
    verdict = on("transformer-within-weeks", "2024-11-07")
    assert verdict.words == "refuted"
    assert verdict.ruling
    assert "built to order" in verdict.ruling.reason
    assert on("transformer-within-weeks", "2024-11-06").words == "reported"


def test_what_is_its_own_act_was_confirmed_by_the_office_that_draws_the_timetable() -> None:
    verdict = on("графік-це-стеля", "2024-10-15")
    assert verdict.words == "confirmed"
    assert [one.name for one in verdict.confirmed_by] == ["Міська енергетична служба"]


@pytest.mark.parametrize(
    ("post", "claim", "written", "now"),
    [
        ("yes-according-to-officials", "the-permission", "reported", "corroborated"),
        ("yes-according-to-officials", "kursk-limit", "reported", "reported"),
        (
            "yes-according-to-officials",
            "north-korean-soldiers",
            "corroborated, contested",
            "corroborated, contested",
        ),
        ("a-day-later", "the-permission", "reported", "corroborated"),
        ("the-occasion-not-the-reason", "the-permission", "reported", "corroborated"),
        ("before-the-leaves-turn", "transformer-within-weeks", "reported", "refuted"),
    ],
)
def test_posts_tell_the_standing_when_written_and_now(
    post: str, claim: str, written: str, now: str
) -> None:
    one = assumed(post)[claim]
    assert (one.written.words, one.now.words) == (written, now)
    assert bool(one.path) is (written != now)


def test_an_assumption_was_dropped_when_the_reason_was_left_open() -> None:
    one = assumed("yes-according-to-officials")["because-of-the-soldiers"]
    ruled = StandingChange.objects.get(standing="unresolved")
    assert one.row.dropped_at
    assert one.row.dropped_at > ruled.at


def test_every_mark_of_a_claim_leads_to_one_and_former_texts_have_the_same_marks() -> None:
    assert not ClaimMention.objects.dangling().exists()
    assert ClaimMention.objects.count() > 15
    for version in Version.objects.select_related("post"):
        assert version.body.count("[[claim::") == version.post.body.count("[[claim::")


def test_plain_posts_stay_plain() -> None:
    plain = Post.objects.published().filter(assumptions=None, claimmentions=None)
    assert plain.count() >= 6


def test_what_only_a_draft_uses_is_in_the_ledger_and_not_public(client: Client) -> None:
    assert not Post.objects.published().filter(assumptions__claim__slug=HIDDEN).exists()
    assert Assumption.objects.filter(claim__slug=HIDDEN).exists()
    assert set(Claim.objects.all()) - set(public_claims()) == {Claim.objects.get(slug=HIDDEN)}
    assert client.get(f"/claims/{HIDDEN}/").status_code == 404
    assert client.get("/claims/the-permission/").status_code == 200


def test_what_was_announced_is_what_the_ledgers_say() -> None:
    call_command("check_references", stdout=StringIO())
