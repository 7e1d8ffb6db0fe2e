"""Claims that move, and what the worklist makes of that."""

from typing import Any

from blog.models import Post
from blog.worklist import Moved, moved, moved_pairs
from sources.models import Claim, StandingChange
from tests.factories import make_report


def move(claim: Claim, on: str = "2024-11-20", by: str = "Seoul") -> StandingChange:
    """Corroborated, two days after the posts."""
    make_report(claim, "corroborates", by=by, on=on)
    return claim.changes.latest("at")


def pairs(posts: Any = None) -> list[tuple[int, int]]:
    found = moved_pairs(Post.objects.all() if posts is None else posts)
    return [(pair["post_id"], pair["claim_id"]) for pair in found]


def rows() -> list[Moved]:
    return moved(moved_pairs(Post.objects.all()))
