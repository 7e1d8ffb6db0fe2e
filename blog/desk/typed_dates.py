"""Dates as people type them into one field: "17 Nov 2024", "2024-11", "early October 2024"."""

import re
from contextlib import suppress
from datetime import datetime

from sources.dates import PartialDate

# Each with how much of a date it says: a day, or a month.
FORMS = (
    ("%d %B %Y", 3),
    ("%d %b %Y", 3),
    ("%B %d %Y", 3),
    ("%b %d %Y", 3),
    ("%d.%m.%Y", 3),
    ("%B %Y", 2),
    ("%b %Y", 2),
)
ABOUT = re.compile(r"(?:about|circa|c\.|ca\.)\s+", re.IGNORECASE)


def date_typed(written: str) -> PartialDate:
    """What no form fits is kept in words."""
    words = " ".join(written.split())
    plain = ABOUT.sub("", words, count=1) if ABOUT.match(words) else words
    is_circa = plain != words
    for form, parts in FORMS:
        with suppress(ValueError):
            # Only the day is read from it, in no zone.
            day = datetime.strptime(plain.replace(",", ""), form).date()  # noqa: DTZ007
            return PartialDate(day.year, day.month, day.day if parts == 3 else None, is_circa)
    return PartialDate.from_csl(f"{plain}~" if is_circa and plain[-1:].isdigit() else words)


def date_written(date: PartialDate) -> str:
    """So that typing it again gives the same date, as far as one line can say it."""
    return date.text()
