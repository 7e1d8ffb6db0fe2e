"""The form of a post: what it refuses to save. What was typed is kept either way."""

import secrets
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from blog.admin.change_kind import DeclaresChange
from blog.admin.widgets import MarkdownField, MomentInput
from blog.admin.wishes import Wish
from blog.assuming import Read
from blog.assuming import read as read_assumptions
from blog.checking import errors, new_errors, problems
from blog.desk.comparing import Comparison, compared, values_of, written
from blog.merging import marked_lines
from blog.models import Post
from blog.models.claims import assume, written_assumptions
from blog.models.unsaved import UnsavedText
from blog.roles import is_live, type_of_user

STALE = (
    "This post was saved elsewhere at %(time)s, after you had opened it here. Nothing of yours is "
    "lost: it is still in the form. Below are both texts; keep both, or save yours once more."
)
TOGETHER = (
    "Both texts are in the form now, and nothing is saved yet. Read it, and save. "
    "Where both had changed the same passage, both stand, one below the other, between marked "
    "lines: %(conflicts)s."
)
BOTH_STAND = (
    "Line %(line)s: two versions of a passage stand one below the other. Keep what is right of "
    "them, and take out the three lines that begin with <!-- Both kept."
)
# The button that puts both texts into the form.
KEEP_BOTH = "_both"


class Unshown(forms.HiddenInput):
    """A hidden field that a browser does not fill from its memory of the page."""

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off"})


class PostForm(DeclaresChange):
    body = MarkdownField(label="Text, in Markdown", required=False)
    known_at = forms.DateTimeField(label="Facts as known at", required=False, widget=MomentInput)
    goes_out_at = forms.DateTimeField(label="Goes out", required=False, widget=MomentInput)
    assumes = forms.CharField(
        label="What this assumes",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "assumes"}),
        help_text="Only where the post rests on something that is not certain. A line for each: "
        "the slug of a claim, a bar, and the assumption in your words.",
    )
    opened = forms.CharField(required=False, widget=Unshown)
    """The state of the row that the form was opened with."""
    base = forms.CharField(required=False, strip=False, widget=Unshown)
    """What the form was opened with, to tell later who changed what."""
    sitting = forms.CharField(required=False, max_length=40, widget=Unshown)
    """Under which name what is typed is kept until it is saved."""

    stale_row: Post | None = None
    """The post as somebody else saved it meanwhile."""

    user: ClassVar[type_of_user]
    """Who writes; the desk makes a form for each request."""

    class Meta:
        model = Post
        fields = (
            "headline",
            "standfirst",
            "body",
            "story",
            "topics",
            "language",
            "slug",
            "lead_picture",
            "known_at",
        )
        widgets: ClassVar = {
            "headline": forms.TextInput(attrs={"class": "headline"}),
            "standfirst": forms.Textarea(attrs={"rows": 2, "class": "standfirst"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"label_suffix": ""} | kwargs))
        post = self.instance
        if "body" in self.fields:
            self.fields["body"].widget.preview_url = (
                reverse("admin:blog_post_preview", args=[post.pk])
                if post.pk
                else reverse("admin:blog_post_preview_new")
            )
        self.initial["opened"] = post.edited_at.isoformat() if post.pk else ""
        standing = post.assumptions.standing().select_related("claim") if post.pk else ()
        self.initial["assumes"] = written_assumptions(standing)
        self.initial["base"] = written(values_of(post)) if post.pk else ""
        self.initial["sitting"] = secrets.token_urlsafe(12)
        if post.pk and post.published_at and not post.was_ever_public:
            self.initial["goes_out_at"] = post.published_at

    @property
    def wish(self) -> Wish:
        return Wish.of(self.data)

    def clean_assumes(self) -> Read:
        found = read_assumptions(self.cleaned_data["assumes"])
        if found.problems:
            raise ValidationError(found.problems)
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._refuse_stale()
        if self.wish is Wish.SCHEDULE and "goes_out_at" not in self.errors:
            self._refuse_moment(cleaned.get("goes_out_at"))
        if "body" in cleaned:
            self._refuse_unsettled(cleaned["body"])
        return cleaned

    @cached_property
    def comparison(self) -> Comparison | None:
        """Both texts, where the save was refused. Worked out by the page, after the database."""
        return compared(self.stale_row, self._sent(), self.user) if self.stale_row else None

    def _refuse_stale(self) -> None:
        """The form then takes the new state as read: the next save is a decision."""
        row = Post.objects.select_for_update(no_key=True).filter(pk=self.instance.pk).first()
        if row is None:
            return
        state = row.edited_at.isoformat()
        if KEEP_BOTH in self.data:
            self._keep_both(row)
        if self.data.get("opened") == state:
            return
        self.stale_row = row
        self._retype({"opened": [state]})
        time = timezone.localtime(row.edited_at).strftime("%H:%M")
        raise ValidationError(STALE, params={"time": time}, code="stale")

    def _keep_both(self, row: Post) -> None:
        """Into the form, not into the post: whoever asked for it reads it first."""
        both = compared(row, self._sent(), self.user)
        state = row.edited_at.isoformat()
        self._retype(both.together | {"opened": [state], "base": [written(both.theirs)]})
        conflicts = both.merged.conflicts or "there is no such passage"
        raise ValidationError(TOGETHER, params={"conflicts": conflicts}, code="together")

    def _sent(self) -> QueryDict:
        sent = QueryDict(mutable=True)
        sent.update(self.data)
        return sent

    def _retype(self, values: dict[str, list[str]]) -> None:
        typed = self._sent()
        for name, value in values.items():
            typed.setlist(name, value)
        self.data = typed

    def _refuse_moment(self, moment: Any) -> None:
        if moment is None:
            self.add_error("goes_out_at", "Say when it goes out, or publish it now.")
        elif moment <= timezone.now():
            self.add_error("goes_out_at", "That moment has passed. Choose a later one.")

    def _refuse_unsettled(self, body: str) -> None:
        """All unresolved marks where a post is to go out; new ones where it is out already."""
        if not self.wish.makes_public and (not is_live(self.instance) or self.wish.is_taking_back):
            return
        for line in marked_lines(body):
            self.add_error("body", BOTH_STAND % {"line": line})
        found = problems(body, user=self.user, post=self.instance)
        if self.wish.makes_public:
            refused = errors(found)
        else:
            before = problems(self.instance.body, user=self.user, post=self.instance)
            refused = new_errors(found, before)
        for problem in refused:
            self.add_error("body", problem.message)

    def _save_m2m(self) -> None:
        """With the last of the form saved, what was kept of it meanwhile is no longer needed."""
        super()._save_m2m()  # type: ignore[misc]
        if "assumes" in self.cleaned_data:
            assume(self.instance, self.cleaned_data["assumes"].wanted)
        sitting = self.cleaned_data.get("sitting")
        UnsavedText.objects.filter(user=self.user.pk, sitting=sitting).delete()
