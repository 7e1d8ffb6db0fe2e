"""What the post screen sends."""

from typing import Any

from blog.models import Post


def form_of(post: Post | None = None, **changed: Any) -> dict[str, Any]:
    """What the post screen sends for a post as it stands, or for a new one, but for the changes."""
    sent = {
        "headline": post.headline if post else "A headline",
        "standfirst": post.standfirst if post else "",
        "body": post.body if post else "",
        "slug": post.slug if post else "",
        "language": post.language if post else "",
        "story": (post.story_id or "") if post else "",
        "topics": [topic.pk for topic in post.topics.all()] if post else [],
        "lead_picture": "",
        "known_at": "",
        "goes_out_at": "",
        "change_kind": "copy-edit" if post and post.was_ever_public else "",
        "opened": post.edited_at.isoformat() if post else "",
        **bylines_of(post),
    }
    if not any(name.startswith("_") for name in changed):
        sent["_continue"] = "Save"
    return sent | changed


def bylines_of(post: Post | None) -> dict[str, Any]:
    bylines = list(post.bylines.all()) if post else []
    sent: dict[str, Any] = {
        "bylines-TOTAL_FORMS": len(bylines),
        "bylines-INITIAL_FORMS": len(bylines),
    }
    for number, byline in enumerate(bylines):
        sent |= {
            f"bylines-{number}-id": byline.pk,
            f"bylines-{number}-post": byline.post_id,
            f"bylines-{number}-author": byline.author_id,
            f"bylines-{number}-position": byline.position,
        }
    return sent
