"""Moments as machines read them: in the site's zone, without fractions of a second."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone

MOMENT = datetime(2024, 11, 18, 12, 30, 5, 123456, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(MOMENT, "2024-11-18T14:30:05+02:00"), (date(2024, 11, 18), "2024-11-18"), (None, "")],
)
def test_a_moment_is_told_to_the_second(value: date | None, expected: str) -> None:
    with timezone.override(ZoneInfo("Europe/Kyiv")):
        assert Template("{{ value|iso }}").render(Context({"value": value})) == expected
