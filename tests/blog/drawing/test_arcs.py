"""Posts on an axis: their marks, their arcs, and how all that holds for 2 and for 150."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from blog.drawing.arcs import LOWEST, Drawing, Joined, Stroke, draw
from blog.drawing.scales import NARROW, WIDE, Canvas

FIRST = datetime(2024, 9, 2, 12, tzinfo=UTC)


def drawn(
    days: list[float], *references: Joined, canvas: Canvas = WIDE, offset: int = 0
) -> Drawing:
    moments = [FIRST + timedelta(days=day) for day in days]
    return draw(moments, references, canvas=canvas, height=200, offset=offset)


def many(number: int, canvas: Canvas) -> Drawing:
    return drawn([float(n) for n in range(number)], Joined(number - 1, 0), canvas=canvas)


def test_an_arc_joins_two_posts_over_the_axis() -> None:
    drawing = drawn([0, 50, 100], Joined(1, 0))
    (arc,) = drawing.arcs
    left, right = drawing.scale.places[:2]

    assert arc.cx - arc.rx == pytest.approx(left, abs=0.02)
    assert arc.cx + arc.rx == pytest.approx(right, abs=0.02)


def test_the_widest_arc_takes_all_the_height_and_the_others_their_share() -> None:
    drawing = drawn([0, 50, 100], Joined(2, 0), Joined(1, 0))

    assert [arc.ry for arc in drawing.arcs] == [200, 100]
    assert drawing.axis > 200


def test_an_arc_between_neighbours_is_still_seen() -> None:
    drawing = drawn([0, 1, 1000], Joined(2, 0), Joined(1, 0))

    assert drawing.arcs[1].ry >= LOWEST


def test_a_post_may_refer_to_a_later_one() -> None:
    forth, back = (drawn([0, 50], joined).arcs for joined in (Joined(0, 1), Joined(1, 0)))

    assert forth == back


def test_both_ends_know_their_arc_and_its_stroke() -> None:
    drawing = drawn([0, 50, 100], Joined(2, 0, Stroke.BROKEN))
    first, between, last = drawing.marks

    assert first.arcs == last.arcs == list(drawing.arcs)
    assert drawing.arcs[0].stroke is Stroke.BROKEN
    assert between.arcs == []


def test_few_posts_have_their_numbers() -> None:
    assert [mark.label for mark in drawn([0, 1, 2], offset=9).marks] == ["10", "11", "12"]


def test_numbered_marks_never_touch_however_close_the_posts() -> None:
    for canvas in (NARROW, WIDE):
        marks = drawn([0, 0, 0.1, 0.2, 100], canvas=canvas).marks
        assert all(a.left + a.width <= b.left + 0.05 for a, b in pairwise(marks))


def test_twelve_posts_have_their_numbers_on_a_phone() -> None:
    assert not many(12, NARROW).is_dense
    assert many(13, NARROW).is_dense


def test_where_there_are_more_those_close_together_are_pointed_at_together() -> None:
    marks = many(150, NARROW).marks

    assert 4 <= len(marks) <= 7
    assert marks[0].label.startswith("1–")
    assert marks[-1].label.endswith("–150")
    assert [mark.first for mark in marks[1:]] == [mark.last + 1 for mark in marks[:-1]]
    assert sum(len(mark.dots) for mark in marks) == 150


def test_a_post_far_from_others_keeps_its_own_number() -> None:
    marks = drawn([float(n) for n in range(14)] + [300.0], canvas=NARROW).marks

    assert [mark.label for mark in marks] == ["1–8", "9–14", "15"]
    assert marks[-1].is_one


def test_labels_of_several_posts_keep_apart() -> None:
    marks = drawn([float(n * n) for n in range(120)], canvas=NARROW).marks

    widths = [NARROW.share(7 * len(mark.label)) for mark in marks]
    for (left, a), (right, b) in pairwise(zip(marks, widths, strict=True)):
        assert left.x + a / 2 < right.x - b / 2


def test_many_posts_on_a_wide_screen_are_dots_each_pointed_at_alone() -> None:
    drawing = many(150, WIDE)

    assert drawing.is_dense
    assert len(drawing.marks) == 150
    assert {mark.label for mark in drawing.marks} == {""}
    assert drawing.radius < drawn([0, 1]).radius


def test_arcs_within_marks_of_several_posts_are_theirs_once() -> None:
    drawing = drawn([float(n) for n in range(14)] + [100.0], Joined(3, 1), canvas=NARROW)

    assert drawing.marks[0].arcs == list(drawing.arcs)


def test_posts_without_references_are_a_low_picture() -> None:
    assert drawn([0, 1]).total < drawn([0, 1], Joined(1, 0)).total
