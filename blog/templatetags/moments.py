"""Moments as machines read them."""

from datetime import date, datetime

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def iso(moment: date | None) -> str:
    """For `<time datetime>`: HTML knows three digits of a second at most, and we need none."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment).isoformat(timespec="seconds")
    return moment.isoformat() if moment else ""
