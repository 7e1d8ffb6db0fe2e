"""The posts that rest on a claim or speak of it, as the claim's page tells of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from blog.assumed import Assumed, assumed
from blog.cited import Passage
from blog.models import Assumption, ClaimMention, Post
from blog.reading import marked
from publication.models import Publication
from sources.ledgers import Ledger
from sources.models import Claim


@dataclass(frozen=True)
class Touching:
    """One post: what it assumes in its author's words, and the sentences that speak of it."""

    post: Post
    assumptions: Sequence[Assumed]
    passages: Sequence[Passage]

    @property
    def rests(self) -> bool:
        """Also where it did so once: that is told, too."""
        return bool(self.assumptions)


def posts_touching(claim: Claim, at: datetime) -> QuerySet[Post]:
    """Newest first."""
    return Post.objects.published(at).resting_on(claim).named().newest_first()


def touching(
    posts: Iterable[Post], ledger: Ledger, at: datetime, publication: Publication
) -> list[Touching]:
    """Two queries, however many posts; nothing more of the ledger is asked."""
    posts = list(posts)
    rows: dict[int, list[Assumption]] = defaultdict(list)
    for row in Assumption.objects.filter(post__in=posts, claim=ledger.claim):
        row.claim = ledger.claim
        rows[row.post_id].append(row)
    passages = _passages(posts, ledger.claim)
    return [
        Touching(
            post,
            [assumed(row, post, ledger, at, publication) for row in _in_order(rows[post.pk])],
            passages[post.pk],
        )
        for post in posts
    ]


def _in_order(rows: Iterable[Assumption]) -> list[Assumption]:
    """What the post assumes now, then what it assumed before."""
    return sorted(rows, key=lambda row: (row.dropped_at is not None, row.made_at, row.pk))


def _passages(posts: Sequence[Post], claim: Claim) -> dict[int, list[Passage]]:
    urls = {post.pk: post.get_absolute_url() for post in posts}
    found: dict[int, list[Passage]] = defaultdict(list)
    for mark in ClaimMention.objects.filter(post__in=posts, claim=claim).order_by("position"):
        url = urls[mark.post_id] + (f"#{mark.paragraph}" if mark.paragraph else "")
        passage = Passage(_sentence(mark, claim), url)
        if passage not in found[mark.post_id]:
            found[mark.post_id].append(passage)
    return found


def _sentence(mark: ClaimMention, claim: Claim) -> SafeString:
    """A bare mark is kept in the sentence as its slug; readers see the statement."""
    if mark.anchor:
        return marked(mark.sentence, mark.anchor)
    words = claim.statement.rstrip(".")
    # As a word of its own: "war" is not in "reward", nor in "war-crimes".
    slug = re.compile(rf"(?<![\w-]){re.escape(mark.written)}(?![\w-])", re.IGNORECASE)
    return marked(slug.sub(lambda _: words, mark.sentence, count=1), words)
