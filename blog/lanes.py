"""The claims of a story, each as a lane below its posts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from blog.drawing.arcs import Drawing
from blog.drawing.lanes import Lane, Turn, lane
from blog.models import Assumption, Post
from sources.ledger.explaining import number
from sources.models import Claim, StandingChange

LANES_AT_MOST = 12


@dataclass(frozen=True)
class Laned:
    """A claim, and its lane as each of two drawings of the posts has it."""

    claim: Claim
    words: str
    wide: Lane
    narrow: Lane


@dataclass(frozen=True)
class Course:
    """How a claim moved, and the numbers of the posts that rest on it."""

    claim: Claim
    turns: Sequence[Turn]
    resting: Sequence[int]
    words: str

    @property
    def until(self) -> datetime:
        return self.turns[-1].at

    def drawn(self, wide: Drawing, narrow: Drawing) -> Laned:
        lanes = [lane(self.turns, self.resting, one.scale, one.canvas) for one in (wide, narrow)]
        return Laned(self.claim, self.words, *lanes)


def lanes_of(posts: Sequence[Post], claims: Iterable[Claim], at: datetime) -> list[Course]:
    """Of the claims that ever stood somewhere, those on which most posts rest. Two queries."""
    claims = list(claims)
    if not claims:
        return []
    changes: dict[int, list[StandingChange]] = defaultdict(list)
    for change in StandingChange.objects.filter(claim__in=claims).announced(at).order_by("at"):
        changes[change.claim_id].append(change)
    resting = _resting(posts, claims, at)
    moved = [claim for claim in claims if changes[claim.pk]]
    moved.sort(key=lambda claim: (-len(resting[claim.pk]), changes[claim.pk][0].at, claim.pk))
    shown = sorted(moved[:LANES_AT_MOST], key=lambda claim: (changes[claim.pk][0].at, claim.pk))
    return [_course(claim, changes[claim.pk], resting[claim.pk]) for claim in shown]


def _resting(posts: Sequence[Post], claims: Sequence[Claim], at: datetime) -> dict[int, list[int]]:
    index = {post.pk: n for n, post in enumerate(posts)}
    rows = Assumption.objects.public(at).standing().filter(post__in=index, claim__in=claims)
    found: dict[int, list[int]] = defaultdict(list)
    for claim, post in rows.order_by("post").values_list("claim_id", "post_id"):
        found[claim].append(index[post])
    return found


def _course(claim: Claim, changes: Sequence[StandingChange], resting: Sequence[int]) -> Course:
    turns = [Turn(timezone.localtime(one.at), one.standing, one.is_contested) for one in changes]
    steps = ", ".join(
        f"{one.words} {date_format(timezone.localtime(one.at), 'j F Y')}" for one in changes
    )
    count = len(resting)
    rest = f"{number(count)} of these posts {'rests' if count == 1 else 'rest'} on it"
    words = f"{steps}. {rest[0].upper()}{rest[1:]}"
    return Course(claim, turns, resting, f"{words[0].upper()}{words[1:]}")
