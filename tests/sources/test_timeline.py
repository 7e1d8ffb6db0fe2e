"""A ledger in the order in which things were said, and what moved it."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from sources.ledgers import ledgers_of
from sources.models import Claim
from sources.recording import strike
from sources.timeline import Row, timeline
from tests.factories import make_claim, make_origin, make_report, make_ruling, make_source

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 12, 1, 9, tzinfo=UTC)
TODAY = date(2024, 12, 1)


def rows(claim: Claim, until: date = TODAY, recorded_by: datetime = NOW) -> list[Row]:
    return timeline(ledgers_of([claim])[claim.pk], until, recorded_by)


def steps(claim: Claim) -> list[str]:
    return [row.step.verdict.words if row.step else "" for row in rows(claim)]


def test_a_days_move_stands_with_the_line_that_caused_it() -> None:
    claim = make_claim()
    first = make_report(claim, by="Kyiv", on="2024-10-01")
    make_report(claim, "corroborates", by="Seoul", on="2024-10-01")
    make_report(claim, "repeats", by="A paper", on="2024-10-01", repeats=first)
    make_report(claim, "declines", by="Beijing", on="2024-10-02")
    make_report(claim, by="Tokyo", on="2024-10-02")

    assert steps(claim) == ["", "corroborated", "", "", ""]


def test_of_several_lines_of_a_day_that_count_once_the_first_moved_it() -> None:
    claim = make_claim()
    body = make_origin("White House")
    for name in ("officials", "sources", "people"):
        make_report(claim, by=make_origin(name, is_named=False, body=body), on="2024-10-01")

    assert steps(claim) == ["reported", "", ""]


def test_a_ruling_and_its_lifting_stand_on_their_days() -> None:
    claim = make_claim()
    make_report(claim, by="Kyiv", on="2024-10-01")
    make_ruling(
        claim,
        "refuted",
        on="2024-10-05",
        lifted_on=date(2024, 10, 9),
        lifted_at=datetime(2024, 10, 9, 12, tzinfo=UTC),
        lifted_because="It was another photograph.",
    )

    assert [(row.on.day, row.is_lifting) for row in rows(claim)] == [
        (1, False),
        (5, False),
        (9, True),
    ]
    assert steps(claim) == ["reported", "refuted", "reported"]


def test_a_struck_line_is_told_but_moves_nothing_and_is_not_first() -> None:
    claim = make_claim()
    with time_machine.travel(NOW, tick=False):
        strike(make_report(claim, by="Nobody", on="2024-10-01"), "It was not so.", None)
    make_report(claim, by="Kyiv", on="2024-10-02")

    assert [row.did for row in rows(claim)] == ["Reported by", "First reported by"]
    assert steps(claim) == ["", "reported"]


def test_what_confirms_or_concedes_first_says_what_it_does() -> None:
    claim = make_claim()
    make_report(claim, "confirms", by="Moscow", on="2024-10-01", has_authority=True)

    assert [row.did for row in rows(claim)] == ["Confirmed by"]


def test_only_what_was_said_and_recorded_by_then_is_told() -> None:
    claim = make_claim()
    make_report(claim, by="Kyiv", on="2024-10-01", recorded_at=datetime(2024, 10, 8, tzinfo=UTC))
    make_report(claim, by="Seoul", on="2024-10-05")

    assert len(rows(claim)) == 2
    assert [str(row.report.origin) for row in rows(claim, until=date(2024, 10, 4)) if row.report]
    assert len(rows(claim, recorded_by=datetime(2024, 10, 6, tzinfo=UTC))) == 1


def test_the_day_of_entry_is_told_where_it_is_another() -> None:
    claim = make_claim()
    make_report(claim, by="Kyiv", on="2024-10-01")
    make_report(claim, by="Seoul", on="2024-10-02", recorded_at=datetime(2024, 10, 8, tzinfo=UTC))

    assert [row.entered_on for row in rows(claim)] == [None, date(2024, 10, 8)]


def test_a_line_has_its_own_word_for_whose_word_it_was() -> None:
    claim = make_claim()
    source = make_source("a", title="A report", attribution="on_record", attributed_to="Somebody")
    make_report(claim, by="Kyiv", source=source, attribution="document")

    (row,) = rows(claim)

    assert "A report" in row.source_html
    assert "ocument" in row.source_html
    assert "Somebody" not in row.source_html
