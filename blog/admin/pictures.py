"""Pictures: uploaded through the one function that keeps them, described here."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from blog.admin.deleting import KeptWhileUsed, line_of_post
from blog.models import Picture, Post
from blog.models.pictures import Format, Rendition
from blog.models.reading import PostQuerySet
from blog.picture_uses import (
    PictureInUse,
    delete_picture,
    other_texts_using,
    posts_using,
    uses_of,
)
from blog.pictures import PictureRefused, keep_upload
from blog.roles import seen_by, signed_in, type_of_user

NO_ALT = "No alt text yet"
# As many posts as a line of the list has room for.
NAMED = 5
ELSEWHERE = "a text that is not a post’s (a biography, a summary, a page, or one not saved yet)"


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


class AltFilter(admin.SimpleListFilter):
    title = "alt text"
    parameter_name = "alt_text"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("missing", "Missing"), ("there", "There")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Picture]) -> QuerySet[Picture]:
        match self.value():
            case "missing":
                return queryset.filter(alt="")
            case "there":
                return queryset.exclude(alt="")
        return queryset


@admin.register(Picture)
class PictureAdmin(KeptWhileUsed):
    list_display = ("thumbnail", "words", "used_in", "measures", "uploaded_by", "uploaded_at")
    list_display_links = ("thumbnail", "words")
    list_filter = (AltFilter,)
    list_select_related = ("uploaded_by",)
    # Each is looked for in the texts of posts.
    list_per_page = 30
    list_max_show_all = 30
    search_fields = ("alt", "credit", "file")
    readonly_fields: ClassVar = (
        "thumbnail",
        "address",
        "used_in",
        "measures",
        "uploaded_by",
        "uploaded_at",
    )
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
        shown = ("address", "used_in", "measures", "uploaded_by", "uploaded_at")
        return ("thumbnail", "alt", "credit", *shown)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Picture]:
        """Everything to editors; to others what they sent, and what leads a post they may see."""
        every: QuerySet[Picture] = super().get_queryset(request).prefetch_related("renditions")
        if request.user.has_perm("blog.edit_any_post"):
            return every
        leads = seen_by(request.user).filter(lead_picture__isnull=False).values("lead_picture")
        return every.filter(Q(uploaded_by=signed_in(request)) | Q(pk__in=leads))

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changelist = super().get_changelist_instance(request)
        _note_uses(list(changelist.result_list), request.user)
        return changelist

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Picture | None:
        picture: Picture | None = super().get_object(request, object_id, from_field)
        if picture:
            _note_uses([picture], request.user)
        return picture

    def posts_using(self, record: Picture) -> PostQuerySet:
        return posts_using(record)

    def in_the_way(self, record: Any, user: type_of_user) -> list[str]:
        lines = super().in_the_way(record, user)
        others = any(other_texts_using(record))
        return [*lines, ELSEWHERE] if others else lines

    def delete_model(self, request: HttpRequest, obj: Picture) -> None:
        """What came into use since the screen was shown stays."""
        try:
            delete_picture(obj)
        except PictureInUse as used:
            raise PermissionDenied(f"“{used}” is in use.") from used

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Picture]) -> None:
        for picture in queryset:
            self.delete_model(request, picture)

    @admin.display(description="picture")
    def thumbnail(self, picture: Picture) -> str:
        small = min(picture.renditions.all(), key=_width_in_webp, default=picture)
        return format_html(
            '<img class="thumbnail" src="{}" alt="{}" loading="lazy">',
            small.file.url,
            picture.alt or NO_ALT,
        )

    @admin.display(description="alt text", ordering="alt")
    def words(self, picture: Picture) -> str:
        return picture.alt or format_html("<strong>{}</strong>", NO_ALT)

    @admin.display(description="used in")
    def used_in(self, picture: Picture) -> str:
        """What the user may know of; of the rest not even that it is there."""
        lines = getattr(picture, "lines", [])
        return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines)) or "–"

    @admin.display(description="in a text")
    def address(self, picture: Picture) -> str:
        return f"![{picture.alt}]({picture.file.url})"

    @admin.display(description="pixels")
    def measures(self, picture: Picture) -> str:
        return f"{picture.width} × {picture.height}"


def _width_in_webp(rendition: Rendition) -> tuple[bool, int]:
    return rendition.format != Format.WEBP, rendition.width


def _note_uses(pictures: list[Picture], user: type_of_user) -> None:
    """Give each picture its `lines`: the posts that show it and may be named to the user."""
    uses = uses_of(pictures, seen_by(user))
    shown = {post.pk for posts in uses.values() for post in posts}
    own = set(Post.objects.editable_by(user).filter(pk__in=shown))
    for picture in pictures:
        posts = uses[picture.pk]
        lines = [line_of_post(post, is_own=post in own) for post in posts[:NAMED]]
        more = [f"and {len(posts) - NAMED} more"] if len(posts) > NAMED else []
        picture.lines = lines + more  # type: ignore[attr-defined]
