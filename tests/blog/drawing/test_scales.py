"""Where moments stand on an axis, and what it is labelled with."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.drawing.scales import HIGH, LOW, NARROW, SMALL, WIDE, scaled, spread, ticks

FIRST = datetime(2024, 9, 2, 12, tzinfo=UTC)


def days(*numbers: float) -> list[datetime]:
    return [FIRST + timedelta(days=number) for number in numbers]


def labels(*numbers: float) -> list[str]:
    return [tick.label for tick in ticks(scaled(days(*numbers), FIRST, 1), WIDE)]


def test_places_with_room_stay_where_they_are() -> None:
    assert spread([10, 20, 60], 5) == [10, 20, 60]


def test_places_in_one_another_s_way_move_apart_around_their_middle() -> None:
    assert spread([50, 50, 50], 4) == [46, 50, 54]


def test_places_at_the_edge_move_inwards() -> None:
    assert spread([96, 97], 5, 0, 100) == [94, 99]
    assert spread([99, 100], 5, 0, 100) == [95, 100]


def test_a_gap_for_which_there_is_no_room_shrinks() -> None:
    assert spread([5, 5, 5], 90, 0, 100) == [0, 50, 100]


def test_nothing_takes_no_place() -> None:
    assert spread([], 5) == []


@given(st.lists(st.floats(0, 100), min_size=1, max_size=200).map(sorted), st.floats(0, 20))
def test_whatever_is_wanted_order_bounds_and_gap_hold(wanted: list[float], gap: float) -> None:
    places = spread(wanted, gap)

    least = min(gap, (HIGH - LOW) / max(1, len(wanted) - 1))
    assert all(right - left >= least - 0.02 for left, right in pairwise(places))
    assert places[0] >= LOW - 0.01
    assert places[-1] <= HIGH + 0.01


def test_time_runs_from_edge_to_edge() -> None:
    scale = scaled(days(0, 50, 100), FIRST, 1)

    assert scale.places == [LOW, 50, HIGH]
    assert scale(FIRST + timedelta(days=25)) == pytest.approx((LOW + 50) / 2)


def test_time_goes_on_to_what_happened_after_the_last_post() -> None:
    scale = scaled(days(0, 50), FIRST + timedelta(days=100), 1)

    assert scale.places == [LOW, 50, HIGH]
    assert scale(FIRST + timedelta(days=1000)) == HIGH


def test_what_was_before_the_first_post_stands_with_it() -> None:
    assert scaled(days(0, 50), FIRST, 1)(FIRST - timedelta(days=9)) == LOW


def test_where_posts_crowd_time_stretches_so_that_what_lies_between_stays_between() -> None:
    scale = scaled(days(0, 99, 100), FIRST, 20)

    left, right = scale.places[1:]
    assert right - left == pytest.approx(20)
    assert left < scale(FIRST + timedelta(days=99.5)) < right


def test_posts_of_one_moment_stand_side_by_side() -> None:
    left, right = scaled(days(0, 0), FIRST, 10).places

    assert right - left == pytest.approx(10)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((0, 3), ["2 September", "3", "4", "5"]),
        ((26, 31), ["28 September", "30", "1 October", "2", "3"]),
        ((0, 80), ["September 2024", "October", "November"]),
        ((70, 200), ["November 2024", "2025", "February", "March"]),
        ((0, 1500), ["2025", "July", "2026", "July", "2027", "July", "2028", "July"]),
        ((0, 4000), ["2026", "2028", "2030", "2032", "2034"]),
    ],
)
def test_the_axis_tells_days_months_or_years(numbers: list[float], expected: list[str]) -> None:
    assert labels(*numbers) == expected


@pytest.mark.parametrize("span", [0, 1, 6, 20, 40, 100, 400, 1000, 4000, 40_000])
def test_labels_never_run_into_one_another_or_over_the_edge(span: int) -> None:
    for canvas in (NARROW, WIDE):
        found = ticks(scaled(days(0, span), FIRST, 1), canvas)
        ends = [tick.x + canvas.share(6 * len(tick.label)) for tick in found]
        assert len(found) <= canvas.ticks
        assert all(end < after.x for end, after in zip(ends, found[1:], strict=False))
        assert all(end <= 100 for end in ends)


def test_a_month_begins_where_the_site_is() -> None:
    kyiv = ZoneInfo("Europe/Kyiv")
    moments = [datetime(2024, 9, 30, 23, tzinfo=kyiv), datetime(2024, 10, 1, 1, tzinfo=kyiv)]
    scale = scaled(moments, moments[-1], 1)

    assert scale(datetime(2024, 10, 1, tzinfo=kyiv)) == 50


def test_a_small_picture_has_no_labels() -> None:
    assert ticks(scaled(days(0, 80), FIRST, 1), SMALL) == []
