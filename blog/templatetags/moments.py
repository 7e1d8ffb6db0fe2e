"""Moments as machines read them, and days as readers do."""

from datetime import date, datetime
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.formats import date_format

register = template.Library()


@register.filter
def iso(moment: date | None) -> str:
    """For `<time datetime>`: HTML knows three digits of a second at most, and we need none."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment).isoformat(timespec="seconds")
    return moment.isoformat() if moment else ""


@register.filter(expects_localtime=True)
def day(moment: date | None) -> str:
    """ "17 November 2024", where the site is."""
    if not moment:
        return ""
    return _day(moment.date() if isinstance(moment, datetime) else moment)


@register.filter(expects_localtime=True)
def iso_day(moment: date | None) -> str:
    """ "2024-11-17", where the site is."""
    if not moment:
        return ""
    return (moment.date() if isinstance(moment, datetime) else moment).isoformat()


@register.filter(expects_localtime=True)
def minute(moment: datetime | None) -> str:
    """ "17 Nov 2024, 09:45", where the site is."""
    return f"{_day(moment.date(), 'j M Y')}, {moment:%H:%M}" if moment else ""


@lru_cache(maxsize=500)
def _day(on: date, pattern: str = "j F Y") -> str:
    """Kept, as a page names some days many times."""
    return date_format(on, pattern)
