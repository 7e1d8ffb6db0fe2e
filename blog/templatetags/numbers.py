"""Numbers as prose has them."""

from functools import lru_cache

from django import template
from django.contrib.humanize.templatetags.humanize import apnumber

register = template.Library()


@register.filter
@lru_cache(maxsize=500)
def in_words(number: int | str | None) -> str:
    """ "seven", "12" and "1,300"; nothing of nothing. Kept, as a list tells many."""
    # A variable that is not there comes to a filter as an empty text.
    if number is None or isinstance(number, str):
        return ""
    return str(apnumber(number)) if number < 10 else f"{number:,}"
