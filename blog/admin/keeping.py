"""On the post screen and above the list of posts: what was typed and never saved."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from blog.admin.wishes import moment
from blog.desk.moments import in_words
from blog.models import Post, State
from blog.models.unsaved import UnsavedQuerySet, UnsavedText
from blog.roles import signed_in


class KeepsUnsaved(admin.ModelAdmin):
    """Of the user who looks, and of nobody else."""

    change_list_template = "admin/blog/post/change_list.html"

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        post: Post | None = context["original"]
        context |= {
            "unsaved": [_told(text) for text in _unsaved(request).filter(post=post)],
            "now": timezone.now().isoformat(),
            "goes_out_in_words": _goes_out(post),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        lines = list(_lines(request)) if request.method == "GET" else []
        return super().changelist_view(request, {"unsaved": lines} | (extra_context or {}))


def _unsaved(request: HttpRequest) -> UnsavedQuerySet:
    return UnsavedText.objects.filter(user=signed_in(request)).newest_first()


def _told(text: UnsavedText) -> dict[str, Any]:
    """For the script, which asks for the rest where it is wanted."""
    return {"sitting": text.sitting, "title": text.title, "at": text.typed_at.isoformat()}


def _lines(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """Each with where to go on: its post, or a new one where that is out of reach."""
    mine = Post.objects.editable_by(request.user).values_list("pk", flat=True)
    texts = list(_unsaved(request))
    reachable = set(mine.filter(pk__in=[text.post_id for text in texts if text.post_id]))
    for text in texts:
        is_post = text.post_id in reachable
        page = (
            reverse("admin:blog_post_change", args=[text.post_id])
            if is_post
            else reverse("admin:blog_post_add")
        )
        yield {
            "title": text.title,
            "is_new": not is_post,
            "until": moment(text.typed_at),
            "sitting": text.sitting,
            "url": f"{page}?unsaved={text.sitting}",
        }


def _goes_out(post: Post | None) -> str:
    if post is None or post.published_at is None or post.state() is not State.SCHEDULED:
        return ""
    return in_words(post.published_at)
