"""Moments as machines read them, and days as readers do: in the site's zone."""

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


@pytest.mark.parametrize(
    ("value", "zone", "expected"),
    [
        (datetime(2024, 11, 17, 22, 30, tzinfo=UTC), "Europe/Kyiv", "18 November 2024"),
        (datetime(2024, 11, 17, 22, 30, tzinfo=UTC), "America/New_York", "17 November 2024"),
        (date(2024, 3, 1), "Europe/Kyiv", "1 March 2024"),
        (None, "UTC", ""),
        ("", "UTC", ""),
    ],
)
def test_a_day_is_that_of_the_site(value: date | None, zone: str, expected: str) -> None:
    with timezone.override(ZoneInfo(zone)):
        assert Template("{{ value|day }}").render(Context({"value": value})) == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("iso_day", datetime(2024, 11, 17, 22, 30, tzinfo=UTC), "2024-11-18"),
        ("iso_day", date(987, 3, 1), "0987-03-01"),
        ("iso_day", None, ""),
        ("iso_day", "", ""),
        ("minute", datetime(2024, 11, 17, 22, 5, tzinfo=UTC), "18 Nov 2024, 00:05"),
        ("minute", None, ""),
        ("minute", "", ""),
    ],
)
def test_days_and_minutes_are_those_of_the_site(name: str, value: object, expected: str) -> None:
    with timezone.override(ZoneInfo("Europe/Kyiv")):
        assert Template(f"{{{{ value|{name} }}}}").render(Context({"value": value})) == expected
