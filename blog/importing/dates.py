"""Dates as people write them in front matter and file names."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

# Hugo writes the year 1 for "no date".
FIRST_YEAR = 1800
ISO = re.compile(
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"(?:[T ]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?P<fraction>\.\d+)?)?"
    r"\s*(?P<pm>[AaPp]\.?[Mm]\.?)?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?"
)
# Day first unless that cannot be: most of the world writes it so.
WORDED = (
    "%B %d, %Y",
    "%b %d, %Y",
    "%B %d %Y",
    "%b %d %Y",
    "%a %b %d %Y",
    "%d %B %Y",
    "%d %b %Y",
    "%d.%m.%Y",
    "%Y%m%d",
)
# What stands around a date and says nothing: `Monday, June 1st`, `Sept. 5`.
AROUND = re.compile(
    r"(?<=\d)(?:st|nd|rd|th)\b|^[A-Z][a-z]+day,\s*|(?<=\b[A-Z][a-z]{2})(?:t\.?|\.)(?=\s)"
)
# As browsers write it: `GMT+0200 (Eastern European Standard Time)`.
NAMED_OFFSET = re.compile(r"\b(?:GMT|UTC)(?=[+-]\d)|\s*\([^()]*\)$")
NAMED = re.compile(r"(?P<year>\d{4})[-_](?P<month>\d{1,2})[-_](?P<day>\d{1,2})[-_ ](?P<slug>.+)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment and the day on which its author's calendar stood then."""

    at: datetime
    day: date


def moment(text: str, zone: tzinfo) -> Moment | None:
    """The moment that a date names; None when it names none.

    A date without a time is that day's beginning; without a zone, in the zone given.
    """
    text = text.strip()
    try:
        found = _iso(text, zone) or _worded(text, zone) or _mail(text, zone)
        return found if found and FIRST_YEAR <= found.day.year < 9999 else None
    except (ValueError, OverflowError):
        return None


def day_in_name(name: str) -> tuple[date | None, str]:
    """The day and the rest of a name such as `2015-06-15-slug`; (None, name) for others."""
    found = NAMED.fullmatch(name)
    try:
        return (_day(found), found["slug"]) if found else (None, name)
    except ValueError:
        return None, name


def _iso(text: str, zone: tzinfo) -> Moment | None:
    found = ISO.fullmatch(text)
    if not found:
        return None
    day = _day(found)
    at = datetime.combine(day, _time(found), tzinfo=_zone(found["zone"], zone))
    return Moment(at, day)


def _day(found: re.Match[str]) -> date:
    return date(int(found["year"]), int(found["month"]), int(found["day"]))


def _time(found: re.Match[str]) -> time:
    hour, half = int(found["hour"] or 0), (found["pm"] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    microseconds = round(float(found["fraction"] or 0) * 1_000_000) % 1_000_000
    return time(hour, int(found["minute"] or 0), int(found["second"] or 0), microseconds)


def _zone(written: str | None, default: tzinfo) -> tzinfo:
    if not written:
        return default
    if written in ("Z", "UTC", "GMT"):
        return UTC
    digits = written[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if written[0] == "-" else offset)


def _worded(text: str, zone: tzinfo) -> Moment | None:
    plain = AROUND.sub("", text)
    for form in WORDED:
        try:
            day = datetime.strptime(plain, form).replace(tzinfo=zone)
        except ValueError:
            continue
        return Moment(day, day.date())
    return None


def _mail(text: str, zone: tzinfo) -> Moment | None:
    """As in letters and feeds: `Mon, 15 Jun 2015 10:00:00 GMT`."""
    try:
        at = parsedate_to_datetime(NAMED_OFFSET.sub("", text))
    except (TypeError, IndexError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=zone)
    return Moment(at, at.date())
