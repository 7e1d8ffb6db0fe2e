"""What a change of a published text is: asked on the post screen, told to readers.

A copy edit keeps the former version and says nothing. Everything else is a dated
notice that stands for good (docs/decisions/0006-a-change-is-declared.md).
"""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from blog.checking import errors, problems
from blog.markup import parse
from blog.models import Author, Change, Declared, Post
from blog.models.versions import WORDED, is_reworded
from blog.roles import signed_in, type_of_user
from blog.versions import history

OFFERED = (
    (Change.CORRECTION, "Correction: a fact was wrong"),
    (Change.CLARIFICATION, "Clarification: the facts were right, the words misled"),
    (Change.UPDATE, "Update: something is known now that was not"),
    (Change.EDITORS_NOTE, "Editor’s note: on a judgement, an interest, something taken out"),
    (Change.COPY_EDIT, "Copy edit: the meaning is the same; readers are told nothing"),
)
ASKED = "Readers have read this text. Say what the change is; what you typed is kept."
NO_NOTICE = (
    "A copy edit has no notice. Choose what the change is, or empty the fields under the choices."
)
NO_NOTES = "A notice has no notes of its own: link to the page instead."


class DeclaresChange(forms.ModelForm):
    """The part of a post's form that asks."""

    change_kind = forms.ChoiceField(
        label="What is this change?", required=False, choices=OFFERED, widget=forms.RadioSelect
    )
    change_was = forms.CharField(
        label="What was wrong",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="So that someone who never saw it understands. Markdown.",
    )
    change_text = forms.CharField(
        label="What is right, or what readers are told",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands on the post and at /corrections/ with its date, and stays. Markdown.",
    )

    user: ClassVar[type_of_user]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance.was_ever_public and "change_kind" in cleaned:
            self._refuse_undeclared(cleaned)
        return cleaned

    def declared(self, by: User) -> Declared | None:
        """What the form says of the change, once it is valid; None where there is none."""
        said = self.cleaned_data
        if not said.get("change_kind"):
            return None
        change = Change(said["change_kind"])
        signed = _name(by) if change is Change.EDITORS_NOTE else ""
        return Declared(change, by, said["change_was"], said["change_text"], signed)

    def _refuse_undeclared(self, cleaned: dict[str, Any]) -> None:
        kind, was, text = (
            cleaned.get(name, "") for name in ("change_kind", "change_was", "change_text")
        )
        if not kind and (was or text or self._is_reworded(cleaned)):
            self.add_error("change_kind", ASKED)
        elif kind == Change.COPY_EDIT and (was or text):
            self.add_error("change_kind", NO_NOTICE)
        elif kind and kind != Change.COPY_EDIT:
            self._refuse_silence(kind, was, text)
        self._refuse_unsettled_notice("change_was", was)
        self._refuse_unsettled_notice("change_text", text)

    def _refuse_silence(self, kind: str, was: str, text: str) -> None:
        is_correction = kind == Change.CORRECTION
        if is_correction and not was:
            self.add_error("change_was", "Say what was wrong.")
        if not text:
            said = "Say what is right." if is_correction else "Say what readers are to be told."
            self.add_error("change_text", said)

    def _is_reworded(self, cleaned: dict[str, Any]) -> bool:
        typed = {name: cleaned.get(name, getattr(self.instance, name)) for name in WORDED}
        return is_reworded(self.instance, Post(**typed))

    def _refuse_unsettled_notice(self, name: str, text: str) -> None:
        document = parse(text)
        if document.citations or document.footnotes:
            self.add_error(name, NO_NOTES)
        for problem in errors(problems(text, user=self.user, post=self.instance)):
            if problem.name not in {item.key for mark in document.citations for item in mark.items}:
                self.add_error(name, problem.message)


def _name(user: User) -> str:
    """As readers know them: the name of their byline."""
    author = Author.objects.filter(user=user).first()
    return author.name if author else user.get_full_name()


class KeepsVersions(admin.ModelAdmin):
    """The part of the post screen that takes the answer along, and lists the versions."""

    def save_model(self, request: HttpRequest, obj: Post, form: Any, change: bool) -> None:
        obj.declared = form.declared(signed_in(request))
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        post: Post | None = context["original"]
        context["versions"] = history(post) if post else []
        return super().render_change_form(request, context, *args, **kwargs)
