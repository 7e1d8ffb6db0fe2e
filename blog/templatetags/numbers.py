"""Numbers as prose has them."""

from django import template

register = template.Library()

WORDS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@register.filter
def in_words(number: int | None) -> str:
    """ "seven", "12" and "1,300"; nothing of nothing."""
    if number is None:
        return ""
    return WORDS[number] if 0 < number < len(WORDS) else f"{number:,}"
