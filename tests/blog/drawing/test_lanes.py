"""A claim on the axis of its story."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from blog.drawing.lanes import ROOM, Lane, Turn, lane
from blog.drawing.scales import LOW, NARROW, WIDE, Scale, scaled

FIRST = datetime(2024, 9, 2, 12, tzinfo=UTC)


def moment(day: float) -> datetime:
    return FIRST + timedelta(days=day)


SCALE: Scale = scaled([moment(0), moment(50), moment(100)], moment(100), 1)


def laned(*turns: Turn, resting: tuple[int, ...] = ()) -> Lane:
    return lane(turns, resting, SCALE, WIDE)


def test_a_mark_stands_where_the_standing_changed() -> None:
    found = laned(Turn(moment(25), "reported"), Turn(moment(75), "corroborated", True))

    assert [(shape.x, shape.standing, shape.is_contested) for shape in found.shapes] == [
        (SCALE(moment(25)), "reported", False),
        (SCALE(moment(75)), "corroborated", True),
    ]


def test_a_stroke_stands_where_a_post_rests_on_it() -> None:
    assert laned(Turn(moment(1), "reported"), resting=(2, 1)).strokes == SCALE.places[1:]


def test_a_lane_begins_with_what_came_first() -> None:
    assert laned(Turn(moment(25), "reported")).begins == SCALE(moment(25))
    assert laned(Turn(moment(75), "reported"), resting=(1,)).begins == SCALE.places[1]


def test_what_was_known_before_the_story_stands_at_its_beginning_as_it_stood_then() -> None:
    found = laned(
        Turn(moment(-20), "reported"),
        Turn(moment(-10), "corroborated"),
        Turn(moment(50), "refuted"),
    )

    assert [shape.standing for shape in found.shapes] == ["corroborated", "refuted"]
    assert found.shapes[0].x == LOW


def test_marks_of_one_day_stand_side_by_side() -> None:
    turns = [Turn(moment(50), "reported"), Turn(moment(50.1), "corroborated")]
    for canvas in (NARROW, WIDE):
        places = [shape.x for shape in lane(turns, (), SCALE, canvas).shapes]
        assert all(b - a >= canvas.share(ROOM) - 0.01 for a, b in pairwise(places))
