"""What is cited or referred to is not deleted by accident: the screen says who refers to it.

Django's own screen names every related row. Some of those are posts that the user
must not learn of; here they are neither named nor counted.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from blog.models import Post
from blog.models.reading import PostQuerySet
from blog.roles import seen_by, type_of_user

NAMED = 50
HIDDEN = "something that is not yours to open"


class KeptWhileUsed(admin.ModelAdmin):
    """An admin of something that posts use; `posts_using` says which."""

    delete_confirmation_template = "admin/blog/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/blog/delete_selected_confirmation.html"

    def posts_using(self, record: Any) -> PostQuerySet:
        """All of them, whoever asks."""
        raise NotImplementedError

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[Any], list[Any]]:
        """What Django's screen shows: what goes, how many, what is missing, what stands in the way.

        The rows that would go with a record are its own parts and are not listed.
        """
        records: list[Model] = list(objs)
        blocking = [line for record in records for line in self.in_the_way(record, request.user)]
        missing = {
            self.opts.verbose_name
            for record in records
            if not self.has_delete_permission(request, record)
        }
        names = [str(record) for record in records]
        return names, {str(self.opts.verbose_name_plural): len(names)}, missing, blocking

    def in_the_way(self, record: Model, user: type_of_user) -> list[str]:
        lines, are_others = lines_of_posts(self.posts_using(record), user)
        return [*lines, HIDDEN] if are_others else lines


def lines_of_posts(posts: PostQuerySet, user: type_of_user) -> tuple[list[str], bool]:
    """The posts that may be named to a user, and whether there are others."""
    seen = seen_by(user).filter(pk__in=posts.order_by().values("pk"))
    count = seen.count()
    shown = list(seen.newest_first()[:NAMED])
    own = set(Post.objects.editable_by(user).filter(pk__in=[post.pk for post in shown]))
    lines = [line_of_post(post, is_own=post in own) for post in shown]
    if count > NAMED:
        lines.append(f"and {count - NAMED} more")
    return lines, posts.count() > count


def line_of_post(post: Post, *, is_own: bool) -> str:
    if is_own:
        url = reverse("admin:blog_post_change", args=[post.pk])
    elif post.is_published:
        url = post.get_absolute_url()
    else:
        return post.headline
    return format_html('<a href="{}">{}</a>', url, post.headline)


def posts_in_words(number: int) -> str:
    return "1 post" if number == 1 else f"{number} posts"
