"""The form of a post: what it refuses to save. What was typed is kept either way."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from blog.admin.change_kind import DeclaresChange
from blog.admin.widgets import MarkdownField, MomentInput
from blog.admin.wishes import Wish
from blog.checking import errors, new_errors, problems
from blog.models import Post
from blog.roles import is_live, type_of_user

STALE = (
    "This post was saved elsewhere at %(time)s, after you had opened it here. Nothing of yours is "
    "lost: it is still in the form. Open the post in another tab, bring the two together here, "
    "and save again."
)


class PostForm(DeclaresChange):
    body = MarkdownField(label="Text, in Markdown", required=False)
    known_at = forms.DateTimeField(label="Facts as known at", required=False, widget=MomentInput)
    goes_out_at = forms.DateTimeField(label="Goes out", required=False, widget=MomentInput)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    """The state of the row that the form was opened with."""

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
        if post.pk and post.published_at and not post.was_ever_public:
            self.initial["goes_out_at"] = post.published_at

    @property
    def wish(self) -> Wish:
        return Wish.of(self.data)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._refuse_stale()
        if self.wish is Wish.SCHEDULE and "goes_out_at" not in self.errors:
            self._refuse_moment(cleaned.get("goes_out_at"))
        if "body" in cleaned:
            self._refuse_unsettled(cleaned["body"])
        return cleaned

    def _refuse_stale(self) -> None:
        """The form then takes the new state as read: the next save is a decision."""
        row = Post.objects.select_for_update().filter(pk=self.instance.pk).first()
        if row is None or self.data.get("opened") == row.edited_at.isoformat():
            return
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed["opened"] = row.edited_at.isoformat()
        self.data = typed
        time = timezone.localtime(row.edited_at).strftime("%H:%M")
        raise ValidationError(STALE, params={"time": time}, code="stale")

    def _refuse_moment(self, moment: Any) -> None:
        if moment is None:
            self.add_error("goes_out_at", "Say when it goes out, or publish it now.")
        elif moment <= timezone.now():
            self.add_error("goes_out_at", "That moment has passed. Choose a later one.")

    def _refuse_unsettled(self, body: str) -> None:
        """All unresolved marks where a post is to go out; new ones where it is out already."""
        if not self.wish.makes_public and (not is_live(self.instance) or self.wish.is_taking_back):
            return
        found = problems(body, user=self.user, post=self.instance)
        if self.wish.makes_public:
            refused = errors(found)
        else:
            before = problems(self.instance.body, user=self.user, post=self.instance)
            refused = new_errors(found, before)
        for problem in refused:
            self.add_error("body", problem.message)
