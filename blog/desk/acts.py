"""Withdrawing a post and putting it back: each asks once more, on a page of its own."""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from blog.models import Post
from blog.publishing import PublishingRefused, restore, withdraw
from blog.roles import may_publish, signed_in


class WithdrawalForm(forms.Form):
    notice = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="Readers find it at the post’s address, in place of the text.",
        error_messages={"required": "Say to readers, in a sentence or two, why it is withdrawn."},
    )


class RestoreForm(forms.Form):
    """Nothing to fill in."""


@require_http_methods(["GET", "POST"])
def withdraw_post(request: HttpRequest, pk: int) -> HttpResponse:
    post = _publishable(request, pk)
    form = WithdrawalForm(_sent(request))

    def act() -> None:
        withdraw(post, form.cleaned_data["notice"], signed_in(request))

    return _confirmed(request, post, form, act, "withdraw", "Withdrawn.")


@require_http_methods(["GET", "POST"])
def restore_post(request: HttpRequest, pk: int) -> HttpResponse:
    post = _publishable(request, pk)
    form = RestoreForm(_sent(request))

    def act() -> None:
        restore(post, signed_in(request))

    return _confirmed(request, post, form, act, "restore", "Put back.")


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _publishable(request: HttpRequest, pk: int) -> Post:
    user = signed_in(request)
    post = Post.objects.editable_by(user).filter(pk=pk).first()
    if post is None:
        raise Http404("There is no such post among yours.")
    if not may_publish(user, post):
        raise PermissionDenied("Publishing this post is not among your permissions.")
    return post


def _confirmed(
    request: HttpRequest,
    post: Post,
    form: forms.Form,
    act: Callable[[], None],
    name: str,
    done: str,
) -> HttpResponse:
    """Do it and go back to the post, or show the page that asks."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except PublishingRefused as refused:
            form.add_error(None, str(refused))
        else:
            note(request, post, done)
            messages.success(request, done)
            return redirect("admin:blog_post_change", post.pk)
    context = admin.site.each_context(request) | {
        "title": f"{name.capitalize()} “{post}”",
        "form": form,
        "original": post,
        "opts": Post._meta,
    }
    return TemplateResponse(request, f"admin/blog/post/{name}.html", context)


def note(request: HttpRequest, post: Post, done: str) -> None:
    """Into the post's history at the desk."""
    LogEntry.objects.log_actions(
        signed_in(request).pk, [post], CHANGE, change_message=done, single_object=True
    )
