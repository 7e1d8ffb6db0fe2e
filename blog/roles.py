"""Who may do what with which post: contributor, author, editor.

A contributor writes drafts of their own; an author also publishes them; an
editor does everything with every post, and rules on claims. The roles are groups (blog/migrations),
what they mean for one post is decided here and nowhere else.
"""

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest

from blog.models import Post, State
from blog.models.reading import PostQuerySet
from blog.models.references import published
from sources.models import Claim

type_of_user = User | AnonymousUser


def signed_in(request: HttpRequest) -> User:
    """The user of a request at the desk, where nobody comes without one."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def seen_by(user: type_of_user) -> PostQuerySet:
    """The posts that may be named to a user: what readers see, and what is their own."""
    own = Post.objects.editable_by(user)
    if is_editor(user):
        return own
    return Post.objects.filter(published("") | Q(pk__in=own.values("pk")))


def is_editor(user: type_of_user) -> bool:
    """Whether every post is theirs to open."""
    return user.has_perms(["blog.change_post", "blog.edit_any_post"])


def may_open(user: type_of_user, post: Post) -> bool:
    return Post.objects.editable_by(user).filter(pk=post.pk).exists()


def may_change(user: type_of_user, post: Post) -> bool:
    """Who cannot publish cannot change what is, or is about to be, public either."""
    if post.published_at is not None and not user.has_perm("blog.publish_post"):
        return False
    return may_open(user, post)


def may_publish(user: type_of_user, post: Post) -> bool:
    return user.has_perm("blog.publish_post") and may_open(user, post)


def may_delete(user: type_of_user, post: Post) -> bool:
    """A post that was public is withdrawn: its address was given out."""
    if post.was_ever_public or not user.has_perm("blog.delete_post"):
        return False
    return may_change(user, post)


def may_report(user: type_of_user, claim: Claim) -> bool:
    """Whether a user may add to a claim's ledger.

    Who cannot publish adds only to a ledger on which nothing rests but drafts of their own.
    """
    if not user.has_perm("sources.add_report"):
        return False
    if user.has_perm("blog.publish_post"):
        return True
    own_drafts = Post.objects.editable_by(user).drafts().values("pk")
    return not Post.objects.resting_on(claim).exclude(pk__in=own_drafts).exists()


def is_live(post: Post) -> bool:
    """Whether a change of its text reaches readers, now or without anybody's further doing."""
    return post.state() is not State.DRAFT
