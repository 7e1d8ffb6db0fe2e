"""Pictures: uploaded through the one function that keeps them, described here."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from blog.admin.deleting import KeptWhileUsed
from blog.models import Picture, Post
from blog.models.reading import PostQuerySet
from blog.pictures import PictureRefused, keep_upload
from blog.roles import seen_by, signed_in


class PictureForm(forms.ModelForm):
    """For a new picture; `user` is whoever sends it."""

    upload = forms.FileField(
        label="File",
        help_text="JPEG, PNG, GIF, WebP or AVIF, up to 10 MB. Where and with what it was taken is "
        "removed.",
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )

    user: ClassVar[User]

    class Meta:
        model = Picture
        fields = ("alt", "credit")

    def clean(self) -> dict[str, Any]:
        """Keep it at once: what cannot be kept is an error of the field.

        A picture that was here before keeps the words that it has.
        """
        cleaned = super().clean() or {}
        file = cleaned.get("upload")
        if file is None:
            return cleaned
        words = {name: cleaned.get(name, "") for name in ("alt", "credit")}
        try:
            self.instance = keep_upload(file, user=self.user, **words)
        except PictureRefused as refused:
            self.add_error("upload", str(refused))
            return cleaned
        return cleaned | {"alt": self.instance.alt, "credit": self.instance.credit}


@admin.register(Picture)
class PictureAdmin(KeptWhileUsed):
    list_display = ("thumbnail", "alt", "credit", "measures", "uploaded_by", "uploaded_at")
    list_display_links = ("thumbnail", "alt")
    list_select_related = ("uploaded_by",)
    search_fields = ("alt", "credit", "file")
    readonly_fields: ClassVar = ("thumbnail", "address", "measures", "uploaded_by", "uploaded_at")
    date_hierarchy = "uploaded_at"

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> "type[forms.ModelForm[Picture]]":
        if obj is None:
            kwargs["form"] = type("PictureForm", (PictureForm,), {"user": signed_in(request)})
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is None:
            return ("upload", "alt", "credit")
        return ("thumbnail", "alt", "credit", "address", "measures", "uploaded_by", "uploaded_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Picture]:
        """Everything to editors; to others what they sent, and what leads a post they may see."""
        every: QuerySet[Picture] = super().get_queryset(request)
        if request.user.has_perm("blog.edit_any_post"):
            return every
        leads = seen_by(request.user).filter(lead_picture__isnull=False).values("lead_picture")
        return every.filter(Q(uploaded_by=signed_in(request)) | Q(pk__in=leads))

    def posts_using(self, record: Picture) -> PostQuerySet:
        """As their lead picture, or in their text."""
        return Post.objects.filter(Q(lead_picture=record) | Q(body__contains=record.file.name))

    @admin.display(description="picture")
    def thumbnail(self, picture: Picture) -> str:
        return format_html(
            '<img class="thumbnail" src="{}" alt="{}" loading="lazy">',
            picture.file.url,
            picture.alt or "No alt text yet",
        )

    @admin.display(description="in a text")
    def address(self, picture: Picture) -> str:
        return f"![{picture.alt}]({picture.file.url})"

    @admin.display(description="pixels")
    def measures(self, picture: Picture) -> str:
        return f"{picture.width} × {picture.height}"
