"""The texts that a post has had, in the order in which they stood."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from blog.models import Change, Post, Version


@dataclass(frozen=True)
class Standing:
    """One version: from when it stood, and by which change and whom it came."""

    number: int
    since: datetime
    change: Change | None
    """None for the text as first published."""
    by: str = ""

    @property
    def words(self) -> str:
        return self.change.label if self.change else "As first published"


def history(post: Post) -> Sequence[Standing]:
    """Every version, the present one included, newest first; none for what was never public.

    Two queries at most, and no text.
    """
    if not post.was_ever_public or post.published_at is None:
        return []
    replaced = post.versions.select_related("replaced_by").only(
        "number", "replaced_at", "change", "post_id", "replaced_by__username",
        "replaced_by__first_name", "replaced_by__last_name",
    )  # fmt: skip
    later = [_after(version) for version in replaced.order_by("-number")]
    return [*later, Standing(1, post.published_at, None)]


def _after(version: Version) -> Standing:
    """The text that took the place of this one."""
    user = version.replaced_by
    by = (user.get_full_name() or user.get_username()) if user else ""
    return Standing(version.number + 1, version.replaced_at, Change(version.change), by)
