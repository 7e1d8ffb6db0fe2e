"""A notice on a post that answers a change of a claim's standing, on the way from the worklist."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from blog.models import Change, Handled, Post
from blog.models.versions import NOTICES
from blog.roles import signed_in
from blog.worklist import handle, is_unanswered
from sources.models import StandingChange

# Carries the change that is answered, in the address of the post screen.
PARAMETER = "moved"


class AnswersMoves(admin.ModelAdmin):
    """The form opens ready for an update; the row of the worklist is done once it is published."""

    def save_model(self, request: HttpRequest, obj: Post, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        user, answered = signed_in(request), _answered(request, obj)
        said = form.declared(user)
        if answered and said and said.change in NOTICES:
            handle(obj, answered, Handled.UPDATED, user)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        post: Post | None = context["original"]
        if post and (answered := _answered(request, post)):
            context["answered"] = answered
            context["adminform"].form.initial["change_kind"] = Change.UPDATE.value
        return super().render_change_form(request, context, *args, **kwargs)


def _answered(request: HttpRequest, post: Post) -> StandingChange | None:
    asked = request.GET.get(PARAMETER, "")
    if not asked.isdecimal():
        return None
    changes = StandingChange.objects.announced().select_related("claim")
    change = changes.filter(pk=asked).first()
    return change if change and is_unanswered(post, change) else None
