"""Words in a language that is not that of the page say so."""

from typing import Any

from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag(takes_context=True)
def lang(context: template.Context, post: Any) -> str:
    """`<p{% lang post %}>`: what an element that holds words of a post needs."""
    language = getattr(post, "language", "")
    if not language or language == context["publication"].language:
        return ""
    return format_html(' lang="{}" dir="auto"', language)
