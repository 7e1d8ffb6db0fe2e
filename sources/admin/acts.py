"""Striking, lifting and telling apart: each asks for its reason, on a page of its own."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from sources.recording import RecordingRefused


class ReasonForm(forms.Form):
    because = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="Readers see it, with the date.",
    )


def reasoned(
    desk: "admin.ModelAdmin[Any]",
    request: HttpRequest,
    record: Model,
    act: Callable[[str], None],
    *,
    name: str,
    done: str,
    back: str,
) -> HttpResponse:
    """Do it, note it and go `back`; or show the page that asks why, `name`."""
    if request.method not in ("GET", "POST"):
        return HttpResponseNotAllowed(["GET", "POST"])
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        try:
            act(because)
        except RecordingRefused as refused:
            form.add_error("because", str(refused))
        else:
            desk.log_change(request, record, f"{done} {because}")
            messages.success(request, done)
            return redirect(back)
    context = desk.admin_site.each_context(request) | {
        "title": str(record),
        "form": form,
        "original": record,
        "opts": desk.opts,
        "back": back,
    }
    return TemplateResponse(request, f"admin/sources/{desk.opts.model_name}/{name}.html", context)
