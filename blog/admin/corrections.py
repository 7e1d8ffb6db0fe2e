"""Every notice, to look up. Nobody rewrites one: what was wrong in it is said by another."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from blog.models import Correction
from blog.roles import seen_by


@admin.register(Correction)
class CorrectionAdmin(admin.ModelAdmin):
    list_display = ("post", "kind", "published_at", "by", "where")
    list_filter = ("kind",)
    list_select_related = ("post", "by")
    search_fields = ("post__headline", "was", "text")
    search_help_text = "Words of the notice, or of the post’s headline"
    date_hierarchy = "published_at"
    ordering = ("-published_at", "-pk")
    fields: ClassVar = (
        "post", "kind", "was", "text", "signed", "published_at", "by", "where",
    )  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Correction]:
        """Of posts that may be named to the user, and of no other."""
        every: QuerySet[Correction] = super().get_queryset(request)
        return every.filter(post__in=seen_by(request.user).values("pk"))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("blog.change_post")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="on the site")
    def where(self, notice: Correction) -> str:
        if not notice.post.is_published:
            return "The post is withdrawn, and its notices with it."
        return format_html('<a href="{}">Read it</a>', notice.post.get_absolute_url())
