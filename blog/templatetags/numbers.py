"""Numbers as prose has them."""

from functools import lru_cache

from django import template
from django.contrib.humanize.templatetags.humanize import apnumber

register = template.Library()


@register.filter
@lru_cache(maxsize=500)
def in_words(number: int | None) -> str:
    """ "seven", "12" and "1,300"; nothing of nothing. Kept, as a list tells many."""
    if number is None:
        return ""
    return str(apnumber(number)) if number < 10 else f"{number:,}"
