"""References as edges: from post to post, and from post to source."""

from typing import Any

from blog.formats.telling import Telling
from blog.markup import Kind
from blog.models import Citation, CrossReference, Post

Edge = dict[str, Any]

CITO = "http://purl.org/spar/cito/"
# What a reference does, in CiTO's terms; its inverse follows from them.
TERMS = {
    Kind.BACKGROUND: "obtainsBackgroundFrom",
    Kind.EXTENDS: "extends",
    Kind.UPDATES: "updates",
    Kind.CORRECTS: "corrects",
    Kind.QUALIFIES: "qualifies",
    Kind.DISAGREES: "disagreesWith",
    Kind.SEE_ALSO: "citesAsRelated",
}


def reference_edge(row: CrossReference, told: Telling) -> Edge:
    """Both posts are at hand and public."""
    return {
        "from": _end(row.post, told),
        "to": _end(row.target, told) if row.target else None,
        "kind": row.kind,
        "cito": CITO + TERMS[Kind(row.kind)],
        "words": row.anchor,
        "sentence": row.sentence,
        "paragraph": row.paragraph,
        "target_paragraph": row.target_paragraph,
    }


def citation_edge(row: Citation, told: Telling) -> Edge:
    """The post and the source are at hand; the source is one that readers are told of."""
    return {
        "from": _end(row.post, told),
        "to": {
            "id": row.source.citekey,
            "url": told.page("source", row.source.citekey),
            "title": row.source.title,
        }
        if row.source
        else None,
        "is_link": row.is_link,
        "prefix": row.prefix,
        "locator": row.locator,
        "label": row.label,
        "suffix": row.suffix,
        "words": row.anchor,
        "sentence": row.sentence,
        "paragraph": row.paragraph,
    }


def _end(post: Post, told: Telling) -> dict[str, str]:
    return {"id": post.uid.urn, "slug": post.slug, "url": told.post(post), "title": post.headline}
