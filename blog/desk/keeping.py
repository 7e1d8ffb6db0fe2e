"""What is typed, kept on the server until it is saved: apart from the post, for its writer alone.

Nothing here touches a post. Keeping writes one row and renders nothing.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    JsonResponse,
    QueryDict,
)
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blog.desk.comparing import saved_by
from blog.desk.uploads import refusal
from blog.models import Post
from blog.models.unsaved import UnsavedText
from blog.roles import may_change, signed_in

# A sitting is written this often, and no oftener.
EVERY = timedelta(seconds=5)
# The longest form, in characters, that is kept while it is being typed.
LONGEST = 2_000_000
SITTING = re.compile(r"[\w-]{8,40}", re.ASCII)
# What the form sends for the server's sake. The rest is somebody's words or choices.
NOT_TYPED = re.compile(
    r"csrfmiddlewaretoken|opened|base|sitting|typed_at|_\w+|\w+-(TOTAL|INITIAL|M\w\w_NUM)_FORMS"
)


@never_cache
@require_http_methods(["GET", "POST"])
def keep_new(request: HttpRequest) -> JsonResponse:
    """Keep what is typed for a post that was never saved; GET `?sitting=` gives any back."""
    user = signed_in(request)
    if request.method == "GET":
        return _given_back(user, request.GET.get("sitting", ""))
    if not user.has_perm("blog.add_post"):
        return refusal("Writing posts is not among your permissions.", 403)
    return _kept(user, request.POST, None)


@never_cache
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is typed for a post; says whether somebody saved it meanwhile."""
    user = signed_in(request)
    post = Post.objects.editable_by(user).filter(pk=pk).defer("body").first()
    if post is None:
        return refusal("There is no such post among yours.", 404)
    if not may_change(user, post):
        return refusal("Changing this post is no longer among your permissions.", 403)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    return _kept(user, request.POST, post)


@never_cache
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Throw one's own unsaved text away. Of another's nothing is known, and nothing happens."""
    UnsavedText.objects.filter(
        user=signed_in(request), sitting=request.POST.get("sitting", "")
    ).delete()
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({})
    return redirect("admin:blog_post_changelist")


@never_cache
@require_GET
def token(request: HttpRequest) -> JsonResponse:
    """Who is logged in, and the token that their forms have to carry from now on."""
    user = signed_in(request)
    return JsonResponse({"user": user.pk, "name": user.get_username(), "token": get_token(request)})


def _given_back(user: User, sitting: str) -> JsonResponse:
    text = UnsavedText.objects.filter(user=user, sitting=sitting).first()
    if text is None:
        raise Http404("There is no such text of yours.")
    return JsonResponse({"fields": text.fields, "opened": text.opened, "base": text.base})


def _kept(user: User, sent: QueryDict, post: Post | None) -> JsonResponse:
    sitting = sent.get("sitting", "")
    if not SITTING.fullmatch(sitting):
        return refusal("This form does not say which sitting it belongs to. Reload the page.", 400)
    if sum(len(value) for values in dict(sent.lists()).values() for value in values) > LONGEST:
        return refusal(f"This is longer than {LONGEST:,} characters: too long to be kept.", 413)
    typed_at = moment_typed(sent.get("typed_at", ""), timezone.now())
    saved_at = _written(user, sitting, _values(sent, post), typed_at)
    if saved_at is None:
        return refusal("What you typed was kept a moment ago.", 429)
    return JsonResponse({"saved_at": saved_at, "elsewhere": _elsewhere(user, sent, post)})


def _values(sent: QueryDict, post: Post | None) -> dict[str, Any]:
    typed = {name: list(v) for name, v in sent.lists() if not NOT_TYPED.fullmatch(name)}
    values = {"post": post, "fields": typed, "opened": sent.get("opened", "")[:40]}
    # It is long and does not change, so it comes once.
    return values | ({"base": sent["base"]} if "base" in sent else {})


def _written(
    user: User, sitting: str, values: Mapping[str, Any], typed_at: datetime
) -> datetime | None:
    """When it was last written: now, or before if nothing changed. None: too soon to write."""
    now = timezone.now()
    with transaction.atomic():
        rows = UnsavedText.objects.select_for_update()
        row = rows.filter(user=user, sitting=sitting).first()
        if row and all(getattr(row, name) == value for name, value in values.items()):
            return row.saved_at
        if row and now - row.saved_at < EVERY:
            return None
        moments = {"typed_at": typed_at, "saved_at": now}
        UnsavedText.objects.update_or_create(
            user=user, sitting=sitting, defaults={**values, **moments}
        )
    return now


def _elsewhere(user: User, sent: QueryDict, post: Post | None) -> dict[str, str] | None:
    if post is None or sent.get("opened") == post.edited_at.isoformat():
        return None
    return {"state": post.edited_at.isoformat(), "words": saved_by(post, user)}


def moment_typed(written: str, now: datetime) -> datetime:
    """The browser's word for when the last of it was typed; never later than now."""
    try:
        moment = parse_datetime(written)
    except ValueError:
        moment = None
    return min(moment, now) if moment and timezone.is_aware(moment) else now
