"""Keeping a ledger: entering, striking, ruling, telling apart; and what is announced of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from sources.models import Claim, Origin, Report, StandingChange
from sources.recording import RecordingRefused, lift, strike, tell_apart
from tests.factories import make_claim, make_origin, make_outlet, make_publication, make_report
from tests.factories import make_ruling as rule

pytestmark = pytest.mark.django_db

NOON = datetime(2024, 11, 18, 12, tzinfo=UTC)


@pytest.fixture
def claim() -> Claim:
    make_publication()
    return make_claim("Soldiers are there.", slug="soldiers")


def told(claim: Claim) -> list[tuple[datetime, str, str]]:
    return [(row.at, row.was_words, row.words) for row in claim.changes.all()]


def test_a_line_that_moves_a_standing_is_announced_with_its_entry(claim: Claim) -> None:
    make_report(claim, by="Kyiv", on="2024-11-18")
    assert told(claim) == [(NOON, "unreported", "reported")]
    [change] = claim.changes.all()
    assert change.because == "one origin (Kyiv)."


def test_a_line_that_moves_nothing_announces_nothing(claim: Claim) -> None:
    first = make_report(claim, by="Kyiv", on="2024-11-18")
    make_report(claim, "repeats", by="Kyiv", on="2024-11-19", repeats=first)
    make_report(claim, "declines", by="Minsk", on="2024-11-19")
    assert len(told(claim)) == 1


def test_a_line_dated_back_is_announced_once_by_its_entry(claim: Claim) -> None:
    make_report(claim, by="Kyiv", on="2024-11-18")
    entered = NOON + timedelta(days=3)
    make_report(claim, "corroborates", by="Seoul", on="2024-11-01", recorded_at=entered)
    assert told(claim)[1:] == [(entered, "reported", "corroborated")]


def test_a_change_keeps_its_row_when_more_is_entered(claim: Claim) -> None:
    make_report(claim, by="Kyiv", on="2024-11-18")
    first = claim.changes.get().pk
    make_report(claim, "denies", by="Minsk", on="2024-11-19")
    assert claim.changes.first() == StandingChange.objects.get(pk=first)
    assert len(told(claim)) == 2


def test_what_is_dated_ahead_is_announced_when_its_day_begins_where_the_site_is(
    claim: Claim,
) -> None:
    make_report(claim, by="Kyiv", on="2024-11-20", recorded_at=NOON)
    # Midnight in Kyiv.
    assert told(claim)[0][0] == datetime(2024, 11, 19, 22, tzinfo=UTC)
    assert not StandingChange.objects.announced(NOON).exists()
    [before] = Claim.objects.with_standing(NOON)
    assert before.standing_words == "unreported"


def test_a_line_and_its_announcement_come_together_or_not_at_all(claim: Claim) -> None:
    def fail() -> None:
        with transaction.atomic():
            make_report(claim, by="Kyiv")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not claim.reports.exists()
    assert told(claim) == []


def test_a_line_is_struck_with_a_reason_and_kept(claim: Claim) -> None:
    report = make_report(claim, by="Kyiv", on="2024-11-18")
    with pytest.raises(RecordingRefused, match="why this line is struck"):
        strike(report, "  ", None)
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        strike(report, "Misread.", None)
    assert told(claim)[1:] == [(NOON + timedelta(days=2), "reported", "unreported")]
    assert Report.objects.get().struck_because == "Misread."
    with pytest.raises(RecordingRefused, match="already"):
        strike(report, "Again.", None)


def test_a_ruling_moves_the_standing_until_it_is_lifted(claim: Claim) -> None:
    ruling = rule(claim, "refuted", on="2024-11-18")
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        lift(ruling, "The proof was forged.", None)
    assert [words for _, _, words in told(claim)] == ["refuted", "unreported"]
    assert ruling.lifted_on == date(2024, 11, 20)
    with pytest.raises(RecordingRefused, match="already"):
        lift(ruling, "Again.", None)


def test_telling_two_origins_apart_moves_every_ledger_in_which_they_speak(claim: Claim) -> None:
    house = make_origin("White House")
    one = make_origin("an official", is_named=False, body=house, told_to=make_outlet("Ledger"))
    two = make_origin("an official", is_named=False, body=house, told_to=make_outlet("Courier"))
    for each in (claim, make_claim()):
        make_report(each, by=one, on="2024-11-18")
        make_report(each, by=two, on="2024-11-18")
    assert [words for _, _, words in told(claim)] == ["reported"]
    with pytest.raises(RecordingRefused, match="counts by itself already"):
        tell_apart(house, "It is the house.", None)

    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        tell_apart(two, "The Courier says that it spoke to another.", None)

    for each in Claim.objects.all():
        assert told(each)[1:] == [(NOON + timedelta(days=1), "reported", "corroborated")]


def test_nothing_of_a_ledger_is_deleted_with_what_it_stands_on(claim: Claim) -> None:
    report = make_report(claim, by="Kyiv")
    for record in (claim, report.origin):
        with pytest.raises(ProtectedError):
            record.delete()


def test_a_claim_is_found_by_every_slug_that_it_had(claim: Claim) -> None:
    claim.slug = "soldiers-in-kursk"
    claim.save()
    found = Claim.objects.by_slugs(["Soldiers", "SOLDIERS-in-kursk", "nobody"])
    assert found == {"soldiers": claim, "soldiers-in-kursk": claim}
    with pytest.raises(ValidationError, match="was the slug of"):
        Claim(statement="x", slug="soldiers").clean()


@pytest.mark.parametrize(
    "statement", ["Die Straße ist gesperrt.", "Ο στρατός έφυγε.", "İstanbul is closed."]
)
def test_a_claim_is_found_by_the_slug_made_of_letters_that_fold_to_others(statement: str) -> None:
    made = Claim.objects.create(statement=statement)
    assert Claim.objects.by_slugs([made.slug]) == {made.slug: made}
    made.full_clean()


def test_a_slug_is_made_of_the_statement_and_of_nobody_elses(claim: Claim) -> None:
    made = [make_claim("Війська прибули до Курська.").slug for _ in range(2)]
    assert made == ["війська-прибули-до-курська", "війська-прибули-до-курська-2"]
    long = make_claim("A statement " * 20).slug
    assert len(long) <= 60
    assert not long.endswith("-")


def test_a_statement_changes_with_a_trace(claim: Claim) -> None:
    claim.statement = "Soldiers are in Kursk."
    claim.save()
    assert [row.statement for row in claim.former_statements.all()] == ["Soldiers are there."]


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"stance": "repeats"}, "repeats", "Choose the report it repeats"),
        ({"stance": "denies", "has_authority": True}, "has_authority", "Only a confirmation"),
    ],
)
def test_a_line_that_makes_no_sense_is_told_what_to_do(
    claim: Claim, fields: dict[str, object], field: str, message: str
) -> None:
    day = date(2024, 11, 18)
    report = Report(claim=claim, origin=make_origin(), said_from=day, said_to=day, **fields)
    with pytest.raises(ValidationError) as refused:
        report.full_clean()
    assert message in refused.value.message_dict[field][0]


def test_days_in_the_wrong_order_are_refused_by_the_database_too(claim: Claim) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_report(claim, on="2024-11-18", said_from=date(2024, 11, 19))


@pytest.mark.parametrize(
    ("first", "last", "words", "said"),
    [
        ("2024-11-18", "2024-11-18", "", "18 November 2024"),
        ("2024-10-01", "2024-10-07", "", "1 to 7 October 2024"),
        ("2024-10-28", "2024-11-02", "", "28 October 2024 to 2 November 2024"),
        ("2024-10-01", "2024-10-07", "early October", "early October"),
    ],
)
def test_when_it_was_said_in_words(
    claim: Claim, first: str, last: str, words: str, said: str
) -> None:
    report = make_report(claim, on=last, said_from=date.fromisoformat(first), said_words=words)
    assert report.said == said


def test_origins_are_found_however_they_are_written(claim: Claim) -> None:
    known = make_origin("Головне управління розвідки")
    assert Origin.objects.get_or_make(" головне  управління РОЗВІДКИ ") == known
    told = make_outlet("Ledger")
    described = Origin.objects.get_or_make(
        "two officials", is_named=False, body="White House", told_to=told
    )
    assert str(described) == "two officials, as told to Ledger"
    assert described.body == Origin.objects.get(name="White House")
    assert Origin.objects.get_or_make("Two officials", told_to=told) == described
    with pytest.raises(ValidationError, match="is in the ledger already"):
        Origin(name="two OFFICIALS", told_to=told).clean()
