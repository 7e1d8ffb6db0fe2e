"""Which posts may be read, by whom and when: the reading rules."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, PermissionsMixin
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from blog.models.references import UNLISTED, Citation, CrossReference, IndexRow, published
from blog.models.versions import Correction
from sources.models import Claim, Outlet, Source

if TYPE_CHECKING:
    from blog.models.posts import Post

# Rows that are in memory at a time, where all are read.
AT_ONCE = 500

type_of_user = AbstractBaseUser | AnonymousUser


class PostQuerySet(models.QuerySet["Post"]):
    def published(self, at: datetime | None = None) -> Self:
        """What every reader may see at that moment (now, when left out)."""
        return self.filter(published("", at))

    def addressed(self, at: datetime | None = None) -> Self:
        """Published posts, and withdrawn ones, which answer with their notice.

        A post that was withdrawn before its time came was never public: it has no notice.
        """
        at = at or timezone.now()
        was_public = models.Q(withdrawn_at__isnull=True) | models.Q(
            withdrawn_at__gte=models.F("published_at")
        )
        return self.filter(was_public, published_at__lte=at)

    def drafts(self) -> Self:
        return self.filter(published_at__isnull=True)

    def scheduled(self, at: datetime | None = None) -> Self:
        return self.filter(published_at__gt=at or timezone.now(), withdrawn_at__isnull=True)

    def out_or_scheduled(self) -> Self:
        return self.filter(published_at__isnull=False, withdrawn_at__isnull=True)

    def withdrawn(self) -> Self:
        return self.filter(withdrawn_at__isnull=False)

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def latest_day_first(self) -> Self:
        """By the days of their addresses, in which an index has them: no year is sorted."""
        return self.order_by("-dated_on", "-published_at", "-pk")

    def chronological(self) -> Self:
        return self.order_by("published_at", "pk")

    def citing(self, source: Source) -> Self:
        return self.filter(pk__in=Citation.objects.filter(source=source).values("post"))

    def citing_outlet(self, outlet: Outlet) -> Self:
        return self.filter(pk__in=Citation.objects.filter(source__outlet=outlet).values("post"))

    def referring_to(self, post: "Post") -> Self:
        return self.filter(pk__in=CrossReference.objects.filter(target=post).values("post"))

    def resting_on(self, claim: Claim) -> Self:
        """Posts that assume a claim or speak of it, and those that assumed it before readers."""
        return self.filter(
            models.Q(pk__in=self._ids(assumptions__claim=claim))
            | models.Q(pk__in=self._ids(claimmentions__claim=claim))
        )

    def before(self, post: "Post") -> Self:
        """Posts published earlier than this one; the order of `chronological` decides ties."""
        return self.filter(
            models.Q(published_at__lt=post.published_at)
            | models.Q(published_at=post.published_at, pk__lt=post.pk)
        )

    def after(self, post: "Post") -> Self:
        return self.filter(
            models.Q(published_at__gt=post.published_at)
            | models.Q(published_at=post.published_at, pk__gt=post.pk)
        )

    def dated(self, first: date, last: date) -> Self:
        """Posts whose address carries one of these days, both included."""
        return self.filter(dated_on__range=(first, last))

    def with_bylines(self) -> Self:
        return self.select_related("story").prefetch_related("bylines__author")

    def listed(self) -> Self:
        """As lists show posts: with the story, without the text, which is long."""
        return self.select_related("story").defer(*UNLISTED)

    def named(self) -> Self:
        """As links to posts need them: headline, days and address."""
        return self.defer("standfirst", *UNLISTED)

    def with_counts(self, at: datetime | None = None) -> Self:
        """Annotate `reference_count` and `source_count`: posts and sources a reader can see."""
        return self.annotate(
            reference_count=_distinct(CrossReference.objects.public(at), "target"),
            source_count=_distinct(Citation.objects.public(at), "source"),
        )

    def with_notices(self, at: datetime | None = None) -> Self:
        """Annotate `noticed_at` and `corrected_at`: of the last notice, and the last grave one."""
        notices = Correction.objects.public(at).filter(post=models.OuterRef("pk")).newest_first()
        return self.annotate(
            noticed_at=models.Subquery(notices.values("published_at")[:1]),
            corrected_at=models.Subquery(notices.grave().values("published_at")[:1]),
        )

    def editable_by(self, user: type_of_user) -> Self:
        """What a user may open at the desk: editors everything, others what is their own."""
        if not isinstance(user, PermissionsMixin) or not user.has_perm("blog.change_post"):
            return self.none()
        return self if user.has_perm("blog.edit_any_post") else self.own_of(user)

    def own_of(self, user: PermissionsMixin) -> Self:
        """Begun or signed by a user."""
        signed = self._ids(bylines__author__user=user)
        return self.filter(models.Q(created_by=user) | models.Q(pk__in=signed))

    def _ids(self, **conditions: object) -> "models.QuerySet[Post, Any]":
        """Asked apart: a join would make rows of one post several, and DISTINCT compares texts."""
        posts = self.model._default_manager.filter(**conditions)
        return posts.order_by().values("pk")


def _distinct(rows: "models.QuerySet[IndexRow]", end: str) -> Coalesce:
    """How many different ends the rows of the outer post lead to."""
    counted = (
        rows.order_by()
        .filter(post=models.OuterRef("pk"))
        .values("post")
        .annotate(n=models.Count(end, distinct=True))
        .values("n")
    )
    return Coalesce(models.Subquery(counted), models.Value(0))
