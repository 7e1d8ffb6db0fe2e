"""What has moved: posts that rest on a claim whose standing is no longer what it was.

Published ones, and those that are scheduled: their authors should know before they go out.

A query over changes of standing, without what was handled. Nothing is kept up to date for it,
so that it is right in the transaction in which a ledger changes.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from blog.models import Assumption, ClaimMention, Handled, Handling, Post
from blog.models.reading import PostQuerySet
from sources.models import Claim, StandingChange

# A post, a claim, since when the author may not know of its changes, up to when these were
# handled, and when the last one was.
COLUMNS = ("post_id", "claim_id", "is_assumed", "since", "handled_until", "last_at")
Pairs = QuerySet[Any, dict[str, Any]]
# What was saved ahead of its time goes out as its author knew things then.
LAST_SEEN = Least("post__published_at", "post__edited_at")


class NothingToHandle(Exception):  # noqa: N818
    """Nothing was done. The text is for the person who asked."""


@dataclass(frozen=True)
class Moved:
    """A post, and the changes of one claim's standing that it has not answered, earliest first.

    `is_assumed` is false where words of the text speak of the claim, and that is all.
    """

    post: Post
    claim: Claim
    is_assumed: bool
    changes: Sequence[StandingChange]

    @property
    def first(self) -> StandingChange:
        return self.changes[0]

    @property
    def last(self) -> StandingChange:
        return self.changes[-1]


def moved_pairs(posts: PostQuerySet, at: datetime | None = None) -> Pairs:
    """Which of these posts rest on which claims that moved; the last to move first."""
    at = at or timezone.now()
    shown = Exists(posts.out_or_scheduled().order_by().filter(pk=OuterRef("post")))
    pairs = [_assumed(shown, at), _spoken_of(shown, at)]
    return pairs[0].union(pairs[1]).order_by("-last_at", "-post_id", "claim_id")


def _assumed(shown: Exists, at: datetime) -> Pairs:
    rows = Assumption.objects.standing().filter(shown).order_by()
    since = Greatest("made_at", LAST_SEEN)
    return _unhandled(rows.annotate(since=since, is_assumed=Value(True)), at)


def _spoken_of(shown: Exists, at: datetime) -> Pairs:
    """Where a mark is all that there is: an assumption of the same claim says more."""
    assumed = Assumption.objects.standing().filter(post=OuterRef("post"), claim=OuterRef("claim"))
    rows = ClaimMention.objects.filter(~Exists(assumed), shown, claim__isnull=False)
    return _unhandled(rows.order_by().annotate(since=LAST_SEEN, is_assumed=Value(False)), at)


def _unhandled(rows: QuerySet[Any], at: datetime) -> Pairs:
    handled = Handling.objects.filter(post=OuterRef("post"), claim=OuterRef("claim")).order_by()
    until = handled.values("post").annotate(until=Max("until")).values("until")
    changes = StandingChange.objects.announced(at).filter(claim=OuterRef("claim"))
    pairs = rows.annotate(
        handled_until=Subquery(until), last_at=Subquery(changes.newest_first().values("at")[:1])
    )
    is_open = Q(handled_until=None) | Q(last_at__gt=F("handled_until"))
    found = pairs.filter(is_open, last_at__gt=F("since"))
    listed: Pairs = found.distinct().values(*COLUMNS)
    return listed


def moved(pairs: Iterable[dict[str, Any]], at: datetime | None = None) -> list[Moved]:
    """The pairs of a page, in full. Three queries, however many."""
    pairs = list(pairs)
    posts = Post.objects.named().in_bulk([pair["post_id"] for pair in pairs])
    claims = Claim.objects.in_bulk([pair["claim_id"] for pair in pairs])
    changes: dict[int, list[StandingChange]] = defaultdict(list)
    for change in StandingChange.objects.announced(at).filter(claim__in=claims):
        changes[change.claim_id].append(change)
    return [
        Moved(
            post=posts[pair["post_id"]],
            claim=claims[pair["claim_id"]],
            is_assumed=pair["is_assumed"],
            changes=[one for one in changes[pair["claim_id"]] if one.at > _open_since(pair)],
        )
        for pair in pairs
    ]


def _open_since(pair: dict[str, Any]) -> datetime:
    since: datetime = pair["since"]
    return max(since, pair["handled_until"] or since)


def is_unanswered(post: Post, change: StandingChange) -> bool:
    """Whether the post rests on a claim that moved so, or has moved further since."""
    pairs = moved_pairs(Post.objects.filter(pk=post.pk))
    return any(pair["claim_id"] == change.claim_id for pair in pairs)


def handle(post: Post, change: StandingChange, what: Handled, by: User, note: str = "") -> Handling:
    """The changes up to this one need nothing more of the post. Raises NothingToHandle."""
    if what is Handled.NOTED and not note.strip():
        raise NothingToHandle("Say in the note what was done.")
    if not is_unanswered(post, change):
        raise NothingToHandle("Somebody has dealt with this already.")
    return Handling.objects.create(
        post=post, claim_id=change.claim_id, until=change.at, what=what, note=note.strip(), by=by
    )
