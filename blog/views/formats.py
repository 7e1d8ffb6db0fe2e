"""A post in the formats of machines, and its sources in those of bibliographies.

Each has an address beside the post's. A post whose own slug ends like one keeps that address.
"""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from blog.formats.addresses import (
    BIBTEX,
    CITATIONS,
    CSL,
    JSON,
    MARKDOWN,
    RIS,
    TEXTS,
    citations_path,
    text_path,
)
from blog.formats.citations import WRITERS, post_item, sources_of_post
from blog.formats.markdown import markdown
from blog.formats.posts import whole
from blog.formats.telling import Telling, telling
from blog.models import Post
from blog.views.addresses import at_its_address, named
from sources.csl import to_csl

HTML = "text/html"
# In the order in which they win where a program has no preference.
OFFERED = (HTML, MARKDOWN, JSON, CSL, RIS, BIBTEX)


@require_safe
def text(
    request: HttpRequest, year: int, month: int, day: int, slug: str, kind: str
) -> HttpResponse:
    """`/2024/11/18/slug.md` and `.json`."""
    if named(f"{slug}.{kind}"):
        return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
    post = at_its_address(
        request, (year, month, day), slug, address=lambda post: text_path(post, kind)
    )
    if isinstance(post, HttpResponse):
        return post
    return told_in(post, TEXTS[kind], telling(request))


@require_safe
def citations(
    request: HttpRequest, year: int, month: int, day: int, slug: str, what: str, kind: str
) -> HttpResponse:
    """`/2024/11/18/slug/sources.bib`, `.ris`, `.json`; `cite.bib` for the post itself."""
    post = at_its_address(
        request, (year, month, day), slug, address=lambda post: citations_path(post, what, kind)
    )
    if isinstance(post, HttpResponse):
        return post
    told = telling(request)
    if what == "cite":
        return _written([post_item(post, told)], kind, f"{post.slug}.{kind}")
    return _sources(post, kind, told)


def wanted(request: HttpRequest) -> str:
    """The format that the request prefers; the page, where it has none of ours in mind."""
    if request.headers.get("Accept", "*/*") == "*/*":
        return HTML
    return request.get_preferred_type(OFFERED) or HTML


def told_in(post: Post, media_type: str, told: Telling) -> HttpResponse:
    """A post in one of the formats offered; not as a page."""
    if media_type == MARKDOWN:
        return open_to_all(HttpResponse(markdown(post, told), content_type=_utf8(MARKDOWN)))
    if media_type == JSON:
        return json_answer(whole(post, told))
    [kind] = [kind for kind, its in CITATIONS.items() if its == media_type]
    return _sources(post, kind, told)


def json_answer(data: Any, status: int = 200) -> HttpResponse:
    content = json.dumps(data, ensure_ascii=False)
    return open_to_all(HttpResponse(content, content_type=JSON, status=status))


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Pages of other sites may read it: it holds what every reader may see."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _sources(post: Post, kind: str, told: Telling) -> HttpResponse:
    items = [to_csl(source) for source in sources_of_post(post, told.at)]
    return _written(items, kind, f"{post.slug}-sources.{kind}")


def _written(items: list[dict[str, Any]], kind: str, name: str) -> HttpResponse:
    response = HttpResponse(WRITERS[kind](items), content_type=_utf8(CITATIONS[kind]))
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    return open_to_all(response)


def _utf8(media_type: str) -> str:
    return f"{media_type}; charset=utf-8"
