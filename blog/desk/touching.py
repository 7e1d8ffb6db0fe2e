"""Who refers to a post, and what changing its address or withdrawing it would touch."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from blog.models import Citation, CrossReference, Post, State
from blog.models.references import published
from blog.reading import LATER
from blog.roles import seen_by, type_of_user

NAMED = 12


def touching(post: Post, user: type_of_user, *, slug: str = "") -> dict[str, Any]:
    """For the saved post. Other people's drafts are neither named nor counted."""
    seen = seen_by(user).exclude(pk=post.pk)
    rows = CrossReference.objects.filter(target=post, post__in=seen.values("pk"))
    marks = list(rows.order_by("post_id", "position").values_list("post_id", "kind", "is_pasted"))
    kinds: dict[int, list[str]] = {}
    for pk, kind, _ in marks:
        kinds.setdefault(pk, []).append(kind)
    shown = seen.filter(pk__in=kinds).named().newest_first()[:NAMED]
    own = set(
        Post.objects.editable_by(user).filter(pk__in=list(kinds)).values_list("pk", flat=True)
    )
    return {
        "posts": [_line(other, kinds[other.pk], other.pk in own) for other in shown],
        "more": max(0, len(kinds) - NAMED),
        "address": _address(post, len(kinds), slug),
        "isNewAddress": bool(slug) and slug != post.slug,
        "withdrawing": _withdrawing(post),
    }


def _line(post: Post, kinds: list[str], is_own: bool) -> dict[str, Any]:
    said = [LATER[kind] for kind in dict.fromkeys(kinds)]
    day = timezone.localtime(post.published_at) if post.published_at else None
    return {
        "title": post.headline,
        "when": f"{day.day} {day:%B %Y}" if day and post.is_published else post.state().value,
        "kinds": ", ".join(said),
        "url": reverse("admin:blog_post_change", args=[post.pk])
        if is_own
        else post.get_absolute_url(),
    }


def _address(post: Post, referring: int, slug: str) -> str:
    new = f"From “{post.slug}” to “{slug}”: " if slug and slug != post.slug else ""
    follow = {
        0: "no post refers to it",
        1: "the post that refers to it follows by itself",
    }.get(referring, f"the {referring} posts that refer to it follow by themselves")
    if not post.was_ever_public:
        words = f"{follow}; nobody outside has the address yet."
    else:
        words = f"{follow}, and the old address goes on leading here, for ever."
    return new + words if new else words[0].upper() + words[1:]


def _withdrawing(post: Post) -> list[str]:
    """What readers would lose; nothing for a post that they cannot see."""
    if post.state() is not State.PUBLISHED:
        return []
    told = ["Its address would answer with your notice."]
    referring = Post.objects.published().referring_to(post).exclude(pk=post.pk).count()
    if referring:
        one = "In one public post" if referring == 1 else f"In {referring} public posts"
        told.append(f"{one} the words that lead here would become plain words.")
    if alone := _cited_here_alone(post):
        which, lost = (
            ("One source", "its page") if alone == 1 else (f"{alone} sources", "their pages")
        )
        told.append(f"{which} that no other public post cites would lose {lost}.")
    if post.story_id and not _is_told_elsewhere(post):
        told.append(f"Its story, “{post.story}”, would have no post left in public.")
    return told


def _cited_here_alone(post: Post) -> int:
    here = Citation.objects.filter(post=post, source__is_not_a_source=False)
    elsewhere = Citation.objects.filter(published("post__") & ~Q(post=post))
    alone = here.exclude(source__in=elsewhere.filter(source__isnull=False).values("source"))
    return alone.order_by().values("source").distinct().count()


def _is_told_elsewhere(post: Post) -> bool:
    return Post.objects.published().filter(story=post.story_id).exclude(pk=post.pk).exists()
