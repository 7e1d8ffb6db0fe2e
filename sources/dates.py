"""Days known as well as they are known: a year, a month, a day, or the source's own words."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEASONS = {"1": "spring", "2": "summer", "3": "autumn", "4": "winter"}
_ISO = re.compile(r"(-?\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?([~?%])?(?:T.*)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    year: int | None = None
    month: int | None = None
    day: int | None = None
    is_circa: bool = False
    words: str = ""

    def text(self) -> str:
        """As readers see it: "17 November 2024", "about 2024", "early October 2024", or ""."""
        if self.words:
            return self.words
        if self.year is None:
            return ""
        year = str(self.year) if self.year > 0 else f"{1 - self.year} BC"
        month = MONTHS[self.month - 1] if self.month else ""
        day = str(self.day) if self.month and self.day else ""
        date = " ".join(filter(None, (day, month, year)))
        return f"about {date}" if self.is_circa else date

    def csl(self) -> dict[str, Any]:
        """CSL's object with date-parts (its schema refuses plain strings); {} for nothing."""
        parts: list[int | None] = [self.year, self.month, self.day]
        known = parts[: parts.index(None)] if None in parts else parts
        date: dict[str, Any] = {"date-parts": [known]} if known else {}
        if date and self.is_circa:
            date["circa"] = True
        if self.words:
            date["literal"] = self.words
        return date

    def problem(self) -> tuple[str, str] | None:
        """Which part cannot be ("month" or "day") and why, or None."""
        if self.month and self.year is None:
            return "month", "A month needs its year."
        if self.day and not self.month:
            return "day", "A day needs its month."
        if self.month and not 1 <= self.month <= 12:
            return "month", "Months go from 1 to 12."
        if self.day and not 1 <= self.day <= _days_in(self.year, self.month):
            return "day", f"{MONTHS[(self.month or 1) - 1]} of that year has no day {self.day}."
        return None

    @classmethod
    def from_csl(cls, value: object) -> Self:
        """Any form in which CSL-JSON, or a program that writes it, gives a date; never raises.

        A span keeps its beginning as the date and both ends in words.
        """
        if isinstance(value, str):
            return cls._from_words(value)
        if not isinstance(value, Mapping):
            return cls()
        words = _one_line(value.get("literal"))
        dates = value.get("date-parts")
        ends = (
            [cls._from_parts(d) for d in dates if isinstance(d, list)]
            if isinstance(dates, list)
            else []
        )
        known = [end for end in ends if end.year is not None]
        if not known:
            raw = cls._from_words(_one_line(value.get("raw")))
            return replace(raw, words=words or raw.words)
        season = _SEASONS.get(str(value.get("season") or ""), "")
        if season and not known[0].month:
            words = words or f"{season} {known[0].text()}"
        if len(known) > 1:
            words = words or f"{known[0].text()} to {known[1].text()}"
        return replace(known[0], is_circa=bool(value.get("circa")), words=words)

    @classmethod
    def _from_words(cls, words: str) -> Self:
        found = _ISO.fullmatch(words.strip())
        if not found:
            return cls(words=_one_line(words))
        return replace(cls._from_parts(list(found.groups()[:3])), is_circa=bool(found[4]))

    @classmethod
    def _from_parts(cls, parts: list[object]) -> Self:
        """As many of year, month and day as make sense."""
        numbers: list[int | None] = [None, None, None]
        for i, part in enumerate(parts[:3]):
            if not re.fullmatch(r"-?\d{1,4}", str(part)):
                break
            numbers[i] = int(str(part))
        date = cls(numbers[0], numbers[1], numbers[2])
        while date.problem():
            date = replace(date, day=None) if date.day else replace(date, month=None)
        return date if date.month else replace(date, month=None, day=None)


def _days_in(year: int | None, month: int | None) -> int:
    # A leap year stands in for years the calendar module does not know.
    return monthrange(year if year and year > 0 else 2024, month or 1)[1]


def _one_line(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
