"""What holds for every ledger, whatever is in it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sources.ledger import SUPPORTING, Line, Origin, Ruling, Stance, announced, path, standing
from tests.sources.ledger.cast import LONG_AFTER, day, line, moment, named, ruling, unnamed

DAYS = st.integers(1, 12)
ORIGINS = st.sampled_from(
    [named("A"), named("B"), unnamed("x", "Body"), unnamed("y", "Body"), unnamed("z", "Other"),
     unnamed("p"), unnamed("q", "Body", told_apart_at=moment(6))]
)  # fmt: skip


@st.composite
def lines(draw: st.DrawFn) -> Line:
    said, until = sorted((draw(DAYS), draw(DAYS)))
    recorded = moment(draw(st.integers(1, 16)), draw(st.integers(0, 23)))
    struck = draw(st.none() | st.integers(0, 10))
    return line(
        draw(ORIGINS),
        draw(st.sampled_from(list(Stance))),
        said,
        said_to=day(until),
        recorded_at=recorded,
        struck_at=recorded + timedelta(days=struck) if struck is not None else None,
        has_authority=draw(st.booleans()),
    )


@st.composite
def rulings(draw: st.DrawFn) -> Ruling:
    at = draw(DAYS)
    what = draw(st.sampled_from(["confirmed", "refuted", "unresolved"]))
    lifted = draw(st.none() | st.integers(0, 5))
    if lifted is None:
        return ruling(what, at)
    return ruling(what, at, lifted_on=day(at + lifted), lifted_at=moment(at + lifted, 18))


LEDGERS = st.lists(lines(), max_size=8)
RULINGS = st.lists(rulings(), max_size=2)
MOMENTS = st.builds(moment, st.integers(1, 18), st.integers(0, 23))


@given(ledger=LEDGERS, ruled=RULINGS, on=DAYS, at=MOMENTS, data=st.data())
def test_the_order_of_entry_does_not_matter(
    ledger: list[Line], ruled: list[Ruling], on: int, at: datetime, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(ledger))
    first, second = (standing(some, ruled, day(on), at) for some in (ledger, shuffled))
    assert first.mark == second.mark
    assert {frozenset(group) for group in first.support} == {
        frozenset(group) for group in second.support
    }


@given(ledger=LEDGERS, ruled=RULINGS, on=DAYS, at=MOMENTS, repeat=lines())
def test_adding_a_repeat_never_changes_a_standing(
    ledger: list[Line], ruled: list[Ruling], on: int, at: datetime, repeat: Line
) -> None:
    with_it = [*ledger, replace(repeat, stance=Stance.REPEATS)]
    assert standing(with_it, ruled, day(on), at).mark == standing(ledger, ruled, day(on), at).mark


@given(ledger=LEDGERS, ruled=RULINGS, on=DAYS, at=MOMENTS, gone=lines())
def test_striking_a_line_is_never_having_had_it_from_the_strike_onward(
    ledger: list[Line], ruled: list[Ruling], on: int, at: datetime, gone: Line
) -> None:
    struck = replace(gone, struck_at=min(at, moment(10)))
    assert standing([*ledger, struck], ruled, day(on), at) == standing(ledger, ruled, day(on), at)


@given(ledger=LEDGERS, ruled=RULINGS, on=DAYS, later=lines())
def test_a_past_day_does_not_change_by_lines_said_later(
    ledger: list[Line], ruled: list[Ruling], on: int, later: Line
) -> None:
    said_later = replace(later, said_to=day(on + 1), said_from=day(on + 1))
    with_it = standing([*ledger, said_later], ruled, day(on), LONG_AFTER)
    assert with_it == standing(ledger, ruled, day(on), LONG_AFTER)


@given(ledger=LEDGERS, ruled=RULINGS, on=DAYS, at=MOMENTS, late=lines(), decided=rulings())
def test_when_written_does_not_change_by_what_is_recorded_later_however_dated(
    ledger: list[Line], ruled: list[Ruling], on: int, at: datetime, late: Line, decided: Ruling
) -> None:
    after = at + timedelta(seconds=1)
    more = [*ledger, replace(late, recorded_at=after, struck_at=None)]
    then = [*ruled, replace(decided, recorded_at=after)]
    assert standing(more, then, day(on), at) == standing(ledger, ruled, day(on), at)


@given(ledger=LEDGERS, ruled=RULINGS, on=DAYS, at=MOMENTS)
def test_when_written_does_not_change_by_later_strikes_and_liftings(
    ledger: list[Line], ruled: list[Ruling], on: int, at: datetime
) -> None:
    after = at + timedelta(seconds=1)
    unstruck = [one for one in ledger if one.struck_at is None or one.struck_at > at]
    struck_later = [replace(one, struck_at=after) for one in unstruck]
    open_rulings = [replace(one, lifted_on=None, lifted_at=None) for one in ruled]
    lifted = [replace(one, lifted_on=one.ruled_on, lifted_at=after) for one in ruled]
    assert (
        standing(struck_later, lifted, day(on), at).mark
        == standing(unstruck, open_rulings, day(on), at).mark
    )


@given(ledger=LEDGERS, ruled=RULINGS, on=DAYS, origin=ORIGINS, said=DAYS)
def test_a_retraction_removes_exactly_its_origins_support(
    ledger: list[Line], ruled: list[Ruling], on: int, origin: Origin, said: int
) -> None:
    retraction = line(origin, "retracts", said)
    taken = [
        one
        for one in ledger
        if not (one.origin == origin and one.stance in SUPPORTING and one.said_to <= day(said))
    ]
    shown = on if on >= said else said
    assert (
        standing([*ledger, retraction], ruled, day(shown), LONG_AFTER).mark
        == standing(taken, ruled, day(shown), LONG_AFTER).mark
    )


@given(ledger=LEDGERS, on=DAYS, told=MOMENTS)
def test_two_unnamed_origins_of_one_body_count_once_until_told_apart(
    ledger: list[Line], on: int, told: datetime
) -> None:
    one, other = unnamed("one", "Ministry"), unnamed("other", "Ministry", told_apart_at=told)
    rest = [each for each in ledger if each.origin.body != "Ministry"]
    said = [line(one, "reports", 1, recorded_at=moment(1, 0))]
    both = [*said, line(other, "reports", 1, recorded_at=moment(1, 0))]
    before, after = told - timedelta(seconds=1), told

    def origins(some: list[Line], at: datetime) -> int:
        return len(standing([*rest, *some], (), day(on), at).support)

    assert origins(both, before) == origins(said, before)
    assert origins(both, after) == origins(said, after) + 1


@given(ledger=LEDGERS, ruled=RULINGS, at=MOMENTS)
def test_what_is_announced_leads_to_the_standing_of_every_moment(
    ledger: list[Line], ruled: list[Ruling], at: datetime
) -> None:
    until = [change for change in announced(ledger, ruled, UTC) if change.at <= at]
    now = standing(ledger, ruled, at.date(), at)
    assert (until[-1].after.mark if until else ("unreported", False)) == now.mark
    assert all(change.before.mark != change.after.mark for change in until)


@given(ledger=LEDGERS, ruled=RULINGS, at=MOMENTS, late=lines())
def test_what_was_announced_is_never_taken_back(
    ledger: list[Line], ruled: list[Ruling], at: datetime, late: Line
) -> None:
    """A line that is dated back is announced by its entry; what was told before stays told."""
    after = at + timedelta(seconds=1)
    before = [change for change in announced(ledger, ruled, UTC) if change.at <= at]
    more = [*ledger, replace(late, recorded_at=after, struck_at=None)]
    assert [change for change in announced(more, ruled, UTC) if change.at <= at] == before


@given(ledger=LEDGERS, ruled=RULINGS, known=DAYS, since=MOMENTS)
def test_the_path_leads_from_when_written_to_now(
    ledger: list[Line], ruled: list[Ruling], known: int, since: datetime
) -> None:
    written = standing(ledger, ruled, day(known), since)
    way = path(ledger, ruled, written=written, since=since, until=LONG_AFTER, zone=UTC)
    marks = [written.mark]
    for change in way:
        assert change.before.mark == marks[-1] != change.after.mark
        marks.append(change.after.mark)
    assert marks[-1] == standing(ledger, ruled, LONG_AFTER.date(), LONG_AFTER).mark
