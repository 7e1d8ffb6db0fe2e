"""What ties posts to claims: words that speak of one, and what a post assumes."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from blog.models.filing import Story
from blog.models.references import IndexRow, published
from sources.models import Claim
from sources.models.claims import ClaimQuerySet
from sources.models.origins import fold_name

if TYPE_CHECKING:
    from blog.models.posts import Post


MARK = re.compile(r"\[\[\s*claim\s*::", re.IGNORECASE)


def speaking(posts: Iterable["Post"]) -> list["Post"]:
    """Those whose texts have a mark of a claim. Of the others, most of all, nothing is asked."""
    return [post for post in posts if MARK.search(post.body)]


class ClaimMentionQuerySet(models.QuerySet["ClaimMention"]):
    def of_posts(self, posts: Iterable["Post"]) -> Self:
        """Asks nothing where no text has such a mark, as most have none."""
        spoken = speaking(posts)
        return self.filter(post__in=spoken) if spoken else self.none()

    def public(self, at: datetime | None = None) -> Self:
        return self.filter(published("post__", at), claim__isnull=False)

    def dangling(self) -> Self:
        return self.filter(claim__isnull=True)

    def adopt(self, claim: Claim) -> int:
        """Answer the marks that were waiting for a claim of this slug; how many there were."""
        return self.dangling().filter(written=fold_name(claim.slug)).update(claim=claim)


class ClaimMention(IndexRow):
    """Words of a post rest on a claim, or speak of it."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ClaimMentionQuerySet.as_manager()

    class Meta(IndexRow.Meta):
        indexes: ClassVar = [
            models.Index(fields=["post", "claim"], name="claimmention_by_post"),
            models.Index(fields=["written"], name="claimmention_written"),
        ]


class AssumptionQuerySet(models.QuerySet["Assumption"]):
    def public(self, at: datetime | None = None) -> Self:
        """Of published posts; those that a post no longer makes are still told there."""
        return self.filter(published("post__", at))

    def standing(self) -> Self:
        """Without those that the post no longer makes."""
        return self.filter(dropped_at__isnull=True)


class Assumption(models.Model):
    """A post rests on a claim, in the author's words.

    Once readers could see it, it is not rewritten: it is dropped, dated, and another made.
    """

    post = models.ForeignKey("blog.Post", on_delete=models.CASCADE, related_name="assumptions")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True, help_text="Empty: the claim's own statement.")
    position = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    dropped_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AssumptionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["post", "claim"],
                condition=models.Q(dropped_at__isnull=True),
                name="a_post_assumes_a_claim_once",
            )
        ]

    def __str__(self) -> str:
        return self.shown_words

    @property
    def shown_words(self) -> str:
        return self.words or self.claim.statement

    def published_at(self, post: "Post") -> datetime:
        """When readers could first see it; `post` spares a query."""
        return max(self.made_at, post.published_at or self.made_at)


class Handled(models.TextChoices):
    """What an author did about changes of a standing on which a post rests."""

    LEFT = "left", "Left as it is"
    UPDATED = "updated", "Updated"
    NOTED = "noted", "Handled"


class Handling(models.Model):
    """For this post the changes of a claim's standing up to a moment need nothing more."""

    post = models.ForeignKey("blog.Post", on_delete=models.CASCADE, related_name="handlings")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(help_text="The moment of the last change that was dealt with.")
    what = models.CharField(max_length=10, choices=Handled)
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["post", "claim"], name="handling_by_post")]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.post_id}, {self.claim_id}"


def public_claims(at: datetime | None = None, *, story: Story | None = None) -> ClaimQuerySet:
    """The claims that a published post assumes or speaks of: those that readers know of.

    Of a `story`: those of its published posts, and those public ones that are filed there.
    """
    every = _used(Assumption.objects.public(at), ClaimMention.objects.public(at))
    claims = Claim.objects.filter(every)
    if story is None:
        return claims
    its_own = _used(
        Assumption.objects.public(at).filter(post__story=story),
        ClaimMention.objects.public(at).filter(post__story=story),
    )
    return claims.filter(its_own | models.Q(pk__in=story.claims.order_by().values("pk")))


def _used(assumed: AssumptionQuerySet, spoken_of: ClaimMentionQuerySet) -> models.Q:
    """Asked of each claim by itself: a much used one is known by the first row that is found."""
    its_own = models.OuterRef("pk")
    return models.Q(
        models.Exists(assumed.order_by().filter(claim=its_own))
        | models.Exists(spoken_of.order_by().filter(claim=its_own))
    )


def assume(post: "Post", wanted: Sequence[tuple[Claim, str]], at: datetime | None = None) -> None:
    """Make a post's assumptions equal to these, in their order. Call inside a transaction.

    What readers could see is dropped, not deleted; words that change are a new assumption.
    """
    at = at or timezone.now()
    present = {(row.claim_id, row.words): row for row in post.assumptions.standing()}
    kept = {(claim.pk, words.strip()) for claim, words in wanted}
    for key, row in present.items():
        if key not in kept:
            _drop(row, post, at)
    for position, (claim, words) in enumerate(wanted):
        known = present.get((claim.pk, words.strip()))
        if known is None:
            Assumption.objects.create(
                post=post, claim=claim, words=words.strip(), position=position, made_at=at
            )
        elif known.position != position:
            known.position = position
            known.save(update_fields=["position"])


def _drop(row: Assumption, post: "Post", at: datetime) -> None:
    is_out = post.was_ever_public and row.published_at(post) <= at
    if is_out and not _came_while_withdrawn(row, post):
        row.dropped_at = at
        row.save(update_fields=["dropped_at"])
    else:
        row.delete()


def _came_while_withdrawn(row: Assumption, post: "Post") -> bool:
    return post.withdrawn_at is not None and row.made_at >= post.withdrawn_at


def written_assumptions(rows: Iterable[Assumption]) -> str:
    """As the form shows them: a line for each, `slug | words`."""
    lines = (f"{row.claim.slug} | {row.words}" if row.words else row.claim.slug for row in rows)
    return "\n".join(lines)
