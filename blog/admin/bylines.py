"""Who a post is by, in order."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from blog.models import Byline, Post
from blog.roles import may_change
from publication.choices import QuietChoices


class BylineForm(forms.ModelForm):
    class Meta:
        model = Byline
        fields = ("author", "position")
        labels: ClassVar = {"position": "Order"}
        widgets: ClassVar = {"position": forms.NumberInput(attrs={"min": 0, "aria-label": "Order"})}


class BylineInline(QuietChoices, admin.TabularInline):
    model = Byline
    form = BylineForm
    fields = ("author", "position")
    autocomplete_fields = ("author",)
    extra = 1
    verbose_name_plural = "Bylines"

    # Whoever may change the post may change whom it is by.
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_change_post(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_change_post(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_change_post(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def _may_change_post(self, request: HttpRequest, post: Any) -> bool:
        if not isinstance(post, Post) or post.pk is None:
            return request.user.has_perm("blog.add_post")
        return may_change(request.user, post)
