"""Sources at the desk: what the sources' room knows of them, and which posts cite them."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from blog.admin.claims import name_of_claim
from blog.admin.deleting import KeptWhileUsed, lines_of_posts, posts_in_words
from blog.models import Citation, Post
from blog.models.reading import PostQuerySet
from blog.roles import seen_by, type_of_user
from sources.admin import SourceAdmin
from sources.models import Source


@admin.register(Source)
class CitedSourceAdmin(KeptWhileUsed, SourceAdmin):
    def get_list_display(self, request: HttpRequest) -> Any:
        return *super().get_list_display(request), "cited_in"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return *super().get_readonly_fields(request, obj), "citing_posts"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return *super().get_fieldsets(request, obj), ("Cited in", {"fields": ("citing_posts",)})

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        """A new key may be what texts were waiting for."""
        super().save_model(request, obj, form, change)
        Citation.objects.adopt(obj)

    def posts_using(self, record: Source) -> PostQuerySet:
        return Post.objects.citing(record)

    def in_the_way(self, record: Any, user: type_of_user) -> list[str]:
        lines = [
            format_html("A line of the ledger of {}", name_of_claim(report.claim))
            for report in record.reports.select_related("claim")
        ]
        return [*super().in_the_way(record, user), *lines]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        """With `citing_count`: of the posts that the user may see, in one query."""
        seen = seen_by(request.user).values("pk")
        citing = Citation.objects.filter(source=OuterRef("pk"), post__in=seen)
        counted = citing.order_by().values("source").annotate(n=Count("post", distinct=True))
        count = Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)
        sources: QuerySet[Source] = super().get_queryset(request)
        return sources.annotate(citing_count=count)

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Source | None:
        """With who asks: the column below has no request, and not everybody may see every post."""
        source: Any = super().get_object(request, *args, **kwargs)
        if source is not None:
            source.asked_by = request.user
        return source  # type: ignore[no-any-return]

    @admin.display(description="cited in", ordering="citing_count")
    def cited_in(self, source: Any) -> str:
        return posts_in_words(source.citing_count) if source.citing_count else "no post"

    @admin.display(description="posts")
    def citing_posts(self, source: Any) -> str:
        if source.pk is None:
            return "No post yet."
        named, _ = lines_of_posts(Post.objects.citing(source), source.asked_by)
        return format_html_join("", "<div>{}</div>", ((line,) for line in named)) or "No post yet."
