"""All posts of a site as marks, a row for each year."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.drawing.scales import NARROW, WIDE, Canvas
from blog.drawing.swarm import APART, LEFT, RIGHT, Disc, Spot, month_starts, radius, swarm

DAY = date(2024, 6, 1)
days = st.dates(date(2022, 1, 1), date(2024, 12, 31))


def discs(*spots: Spot) -> list[Disc]:
    return sorted(
        (disc for year in swarm(spots, WIDE).years for disc in year.discs),
        key=lambda disc: disc.number,
    )


def test_years_stand_one_below_the_other_the_newest_on_top() -> None:
    found = swarm([Spot(date(year, 5, 1), 1) for year in (2014, 2024, 2016)], WIDE)

    assert [row.year for row in found.years] == [2024, 2016, 2014]
    assert [row.axis for row in found.years] == sorted(row.axis for row in found.years)
    assert found.height > found.years[-1].axis


def test_a_day_stands_at_the_same_place_in_every_year() -> None:
    one, other = discs(Spot(date(2014, 10, 1), 1), Spot(date(2019, 10, 1), 1))

    assert one.x == other.x == month_starts()[-1].x


def test_the_year_runs_from_edge_to_edge() -> None:
    first, last = discs(Spot(date(2024, 1, 1), 0), Spot(date(2024, 12, 31), 0))

    assert first.x == LEFT
    assert RIGHT - 1 < last.x <= RIGHT


def test_the_area_of_a_mark_grows_with_the_posts_that_refer_to_it() -> None:
    assert radius(4) == pytest.approx(2 * radius(1))
    assert 0 < radius(0) < radius(1)


def test_of_posts_of_one_day_the_most_referred_to_stands_on_the_axis() -> None:
    small, large = discs(Spot(DAY, 1), Spot(DAY, 9))

    assert large.y == radius(9) + APART
    assert small.y > large.y + large.r


def test_posts_that_stand_alone_have_a_band_of_their_own() -> None:
    found = swarm([Spot(DAY, None), Spot(DAY, None), Spot(DAY, 2)], WIDE)
    (year,) = found.years

    assert [disc.number for disc in year.discs] == [2]
    left, right = year.alone
    assert right > left
    assert found.places.keys() == {2}


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(days, st.integers(0, 12)), max_size=60), st.sampled_from([NARROW, WIDE]))
def test_no_two_marks_of_a_year_touch(posts: list[tuple[date, int]], canvas: Canvas) -> None:
    for year in swarm([Spot(day, weight) for day, weight in posts], canvas).years:
        for one, other in combinations(year.discs, 2):
            aside = (one.x - other.x) * canvas.width / 100
            apart = (aside**2 + (one.y - other.y) ** 2) ** 0.5
            assert apart >= one.r + other.r - 0.2


def test_every_row_has_room_for_what_is_piled_on_it() -> None:
    found = swarm([Spot(DAY, 3)] * 20 + [Spot(DAY - timedelta(days=400), 3)], WIDE)
    upper, lower = found.years

    assert upper.axis >= max(disc.y + disc.r for disc in upper.discs) - 0.5
    assert lower.axis - upper.axis > radius(3) * 2


def test_nothing_is_no_picture() -> None:
    assert swarm([], WIDE).years == []
