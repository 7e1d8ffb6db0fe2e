"""“You wrote about this before”: own earlier posts for the paragraph at the caret."""

import re
from html import unescape
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from blog.desk.knowing import TOO_LONG, new_post, own_post
from blog.desk.preview import LONGEST
from blog.finding import Suggestion, suggest
from blog.models import Post
from blog.roles import signed_in

# In characters: of a longer paragraph the end, where the author is.
PARAGRAPH = 4000
MARKS = re.compile(r"</?mark>")


@never_cache
def suggest_new(request: HttpRequest) -> JsonResponse:
    """For a post that was never saved."""
    return _answer(request, new_post(request))


@never_cache
def suggest_saved(request: HttpRequest, pk: int) -> JsonResponse:
    return _answer(request, own_post(request, pk))


def _answer(request: HttpRequest, post: Post) -> JsonResponse:
    """For the text `paragraph` within the text `body`."""
    if request.method != "POST":
        return JsonResponse({"error": "The paragraph is sent by POST."}, status=405)
    body = request.POST.get("body", "").replace("\r\n", "\n")
    if len(body) > LONGEST:
        return JsonResponse({"error": TOO_LONG}, status=413)
    paragraph = request.POST.get("paragraph", "").replace("\r\n", "\n")[-PARAGRAPH:]
    found = suggest(paragraph, post=post, user=signed_in(request), text=body)
    return JsonResponse({"suggestions": [_shown(one) for one in found]})


def _shown(one: Suggestion) -> dict[str, Any]:
    """`passage` is text in turn plain and marked, so that the screen need not put in any HTML."""
    return {
        "slug": one.slug,
        "title": one.headline,
        "when": ", ".join(filter(None, (one.date_words, _not_public(one.state), one.story))),
        "passage": [unescape(piece) for piece in MARKS.split(one.excerpt_html)],
    }


def _not_public(state: str) -> str:
    return "" if state == "published" else state
