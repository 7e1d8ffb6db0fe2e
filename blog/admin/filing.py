"""Authors, stories and topics, with how many posts each has."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from blog.admin.deleting import KeptWhileUsed
from blog.models import Author, Post, Story, Topic
from blog.models.reading import PostQuerySet
from blog.roles import seen_by


class FiledAdmin(KeptWhileUsed):
    search_fields: ClassVar[Any] = ("name", "slug")
    list_display: Any = ("name", "slug", "post_count")
    filing: ClassVar[str]
    """The field of a post that leads here."""

    def posts_using(self, record: Any) -> PostQuerySet:
        return Post.objects.filter(**{self.filing: record}).distinct()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With `post_count`, of the posts that the user may see."""
        posts = seen_by(request.user).filter(**{self.filing: OuterRef("pk")}).order_by()
        counted = posts.values(self.filing).annotate(n=Count("pk", distinct=True)).values("n")
        count = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
        records: QuerySet[Any] = super().get_queryset(request).annotate(post_count=count)
        return records

    @admin.display(description="posts", ordering="post_count")
    def post_count(self, record: Any) -> int:
        return int(record.post_count)


@admin.register(Author)
class AuthorAdmin(FiledAdmin):
    filing = "authors"
    list_display: Any = ("name", "slug", "user", "post_count")
    list_select_related = ("user",)
    search_fields = ("name", "slug", "family", "given")
    autocomplete_fields = ("user",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "user", "bio", "links")}),
        ("As citations name the author", {"fields": (("given", "family"),)}),
    )


@admin.register(Story)
class StoryAdmin(FiledAdmin):
    filing = "story"
    list_display: Any = ("name", "slug", "is_concluded", "post_count")
    list_filter = ("is_concluded",)
    fields = ("name", "slug", "summary", "is_concluded")


@admin.register(Topic)
class TopicAdmin(FiledAdmin):
    filing = "topics"
    fields = ("name", "slug")
