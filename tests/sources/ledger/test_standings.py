"""What a ledger adds up to, case by case: DESIGN's rule in examples."""

import pytest

from sources.ledger import Standing, standing, why
from tests.sources.ledger.cast import day, line, moment, on, ruling, unnamed

SPIES, SEOUL, PENTAGON, MINSK = "Ukrainian intelligence", "South Korea", "Pentagon", "Minsk"


def test_the_soldiers_claim_of_october_2024() -> None:
    """Reported by one, corroborated by two others, denied by a fourth who was then answered."""
    ledger = (
        line(SPIES, "reports", 4, said_from=day(1)),
        line(SEOUL, "corroborates", 18),
        line(PENTAGON, "corroborates", 23),
        line(MINSK, "denies", 23),
    )

    assert on(3, *ledger).words == "unreported"
    assert on(4, *ledger).words == "reported"
    assert on(18, *ledger).words == "corroborated"
    assert on(23, *ledger).words == "corroborated, contested"
    assert why(on(23, *ledger)) == (
        "corroborated: three independent origins (Ukrainian intelligence; South Korea; Pentagon); "
        "contested by Minsk."
    )


def test_ten_papers_that_quote_one_agency_are_one_origin() -> None:
    agency = [line("Agency", "reports", number) for number in range(1, 11)]
    assert on(10, *agency).standing is Standing.REPORTED
    assert why(on(10, *agency)) == "reported: one origin (Agency)."


def test_unnamed_officials_of_one_body_count_once_whichever_paper_they_spoke_to() -> None:
    to_ledger = unnamed("officials, as told to the Ledger", "White House")
    to_courier = unnamed("officials, as told to the Courier", "White House")
    two = (line(to_ledger, "reports", 1), line(to_courier, "reports", 2))

    assert on(2, *two).standing is Standing.REPORTED
    assert "counted as one" in why(on(2, *two))
    assert on(3, *two, line("Kyiv", "corroborates", 3)).standing is Standing.CORROBORATED


def test_unnamed_officials_of_two_bodies_are_two() -> None:
    ledger = (
        line(unnamed("a", "White House"), "reports", 1),
        line(unnamed("b", "Pentagon"), "reports", 1),
    )
    assert on(1, *ledger).standing is Standing.CORROBORATED


def test_unnamed_people_of_nobody_knows_which_body_are_one() -> None:
    ledger = (line(unnamed("a"), "reports", 1), line(unnamed("b"), "reports", 1))
    assert on(1, *ledger).standing is Standing.REPORTED


def test_an_editor_tells_two_unnamed_origins_apart_from_that_moment_on() -> None:
    apart = unnamed("b", "White House", told_apart_at=moment(5))
    ledger = (line(unnamed("a", "White House"), "reports", 1), line(apart, "reports", 1))

    assert standing(ledger, (), day(5), moment(4)).standing is Standing.REPORTED
    assert standing(ledger, (), day(5), moment(5)).standing is Standing.CORROBORATED


@pytest.mark.parametrize("stance", ["repeats", "declines"])
def test_repeats_and_refusals_to_comment_change_nothing(stance: str) -> None:
    assert on(2, line("A", stance, 1)).standing is Standing.UNREPORTED
    first = line("A", "reports", 1)
    assert on(2, first, line("B", stance, 2)).mark == on(2, first).mark


def test_a_concession_supports() -> None:
    assert on(2, line("A", "reports", 1), line("B", "concedes", 2)).words == "corroborated"


@pytest.mark.parametrize(("has_authority", "expected"), [(True, "confirmed"), (False, "reported")])
def test_only_whose_own_act_it_is_confirms(has_authority: bool, expected: str) -> None:
    assert on(1, line("A", "confirms", 1, has_authority=has_authority)).words == expected


def test_the_latest_position_of_an_origin_counts() -> None:
    said, denied = line("A", "reports", 1), line("A", "denies", 2)
    assert on(1, said, denied).words == "reported"
    assert on(2, said, denied).words == "unreported, contested"
    assert on(3, said, denied, line("A", "concedes", 3)).words == "reported"


def test_opposite_positions_on_one_day_both_count() -> None:
    assert on(1, line("A", "reports", 1), line("A", "denies", 1)).words == "reported, contested"


def test_a_later_denial_takes_a_confirmation_back() -> None:
    confirmed = line("A", "confirms", 1, has_authority=True)
    assert on(3, confirmed, line("A", "denies", 2)).words == "unreported, contested"
    again = line("A", "reports", 3)
    assert on(3, confirmed, line("A", "denies", 2), again).words == "reported"


def test_who_retracts_no_longer_supports_and_may_support_again() -> None:
    said, retracted = line("A", "reports", 1), line("A", "retracts", 2)
    assert on(2, said, retracted).words == "unreported"
    assert on(3, said, retracted, line("A", "reports", 3)).words == "reported"


def test_a_line_said_between_two_days_counts_from_the_later() -> None:
    early_october = line("A", "reports", 1, said_to=day(7))
    assert on(6, early_october).words == "unreported"
    assert on(7, early_october).words == "reported"


def test_a_struck_line_counts_until_the_strike() -> None:
    struck = line("A", "reports", 1, struck_at=moment(5))
    assert standing([struck], (), day(5), moment(4)).words == "reported"
    assert standing([struck], (), day(5), moment(5)).words == "unreported"


def test_a_ruling_stands_from_its_day_until_it_is_lifted_and_is_told_as_one() -> None:
    denied = (line("A", "reports", 1), line("B", "denies", 1))
    ruled = ruling("refuted", 3, lifted_on=day(6), lifted_at=moment(6))

    assert on(2, *denied, rulings=(ruled,)).words == "reported, contested"
    assert on(3, *denied, rulings=(ruled,)).words == "refuted, contested"
    assert "an editor’s ruling of 3 October 2024 (It was shown)" in why(
        on(3, *denied, rulings=(ruled,))
    )
    assert on(6, *denied, rulings=(ruled,)).words == "reported, contested"
    assert standing(denied, [ruled], day(6), moment(5)).standing is Standing.REFUTED


def test_the_last_ruling_counts() -> None:
    two = (ruling("unresolved", 2), ruling("confirmed", 4))
    assert on(3, rulings=two).standing is Standing.UNRESOLVED
    assert on(4, rulings=two).standing is Standing.CONFIRMED
