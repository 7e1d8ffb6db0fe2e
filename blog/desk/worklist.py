"""The worklist at the desk: claims that moved, the posts that rest on them, and what is done."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from blog.desk.acts import note
from blog.desk.knowing import own_post
from blog.models import Handled, Handling, Post
from blog.models.reading import PostQuerySet
from blog.roles import may_change, signed_in
from blog.views.paging import paged
from blog.worklist import NothingToHandle, handle, moved, moved_pairs
from sources.models import StandingChange

PER_PAGE = 40
MINE, HANDLED = "mine", "handled"
# What the buttons of a row ask for. An update is recorded by the form that publishes it.
ASKED = {"left": Handled.LEFT, "noted": Handled.NOTED}


@never_cache
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """`?whose=mine` leaves out other authors' posts; `?show=handled` tells what was done."""
    user = signed_in(request)
    if not user.has_perm("blog.change_post"):
        raise PermissionDenied("Writing posts is not among your permissions.")
    at, posts = timezone.now(), _asked_for(request)
    context = admin.site.each_context(request) | {
        "title": "What has moved",
        "opts": Post._meta,
        "is_mine": request.GET.get("whose") == MINE,
        "is_handled": request.GET.get("show") == HANDLED,
        "sees_all": user.has_perm("blog.edit_any_post"),
        "may_act": user.has_perm("blog.publish_post"),
    }
    if context["is_handled"]:
        context |= _handled(request, posts)
    else:
        page = paged(request, moved_pairs(posts, at), PER_PAGE)
        context |= {"page": page, "rows": moved(page.object_list, at), "at": at}
    return TemplateResponse(request, "admin/blog/worklist.html", context)


def _handled(request: HttpRequest, posts: PostQuerySet) -> dict[str, Any]:
    rows = Handling.objects.filter(post__in=posts.values("pk"))
    page = paged(request, rows.select_related("post", "claim", "by"), PER_PAGE)
    return {"page": page, "rows": page.object_list}


def _asked_for(request: HttpRequest) -> PostQuerySet:
    user = signed_in(request)
    posts = Post.objects.editable_by(user)
    return posts.own_of(user) if request.GET.get("whose") == MINE else posts


def handle_moved(request: HttpRequest, pk: int) -> HttpResponse:
    """One row: `change` is the last change that the user saw, `what` and `note` what was done."""
    post, user = own_post(request, pk), signed_in(request)
    if not may_change(user, post):
        raise PermissionDenied("Changing this post is not among your permissions.")
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    sent = request.POST.get("change", "")
    change = get_object_or_404(
        StandingChange.objects.announced(), pk=sent if sent.isdecimal() else None
    )
    what = ASKED.get(request.POST.get("what", ""), Handled.NOTED)
    try:
        handle(post, change, what, user, request.POST.get("note", ""))
    except NothingToHandle as refused:
        messages.warning(request, f"{post}: {refused}")
    else:
        done = f"{what.label}, after “{change.claim}” had moved."
        note(request, post, done)
        messages.success(request, f"{post}: {done}")
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    url = reverse("admin:blog_post_worklist")
    return f"{url}?{urlencode({'whose': MINE})}" if request.POST.get("whose") == MINE else url
