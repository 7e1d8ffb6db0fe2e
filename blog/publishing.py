"""What can be done with a post as a whole: publish, schedule, withdraw, put back.

Each verb works on the row as it stands in the database, locked; a refusal says
why. Once public, a post is never a draft again and never goes out a second time:
its address was given to readers.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from blog.checking import Problem, errors, problems
from blog.models import Post, State
from blog.roles import may_publish

IN_WORDS = {state: state.value for state in State} | {State.DRAFT: "a draft"}


class PublishingRefused(Exception):  # noqa: N818
    """Nothing was done. The text is for the person who asked; `problems` are the text's own."""

    def __init__(self, reason: str, found: Sequence[Problem] = ()) -> None:
        super().__init__(reason)
        self.problems = list(found)


def publish(post: Post, *, by: User, at: datetime | None = None) -> None:
    """Make a draft or a scheduled post public, now or as of a moment in the past.

    Raises PublishingRefused.
    """
    now = timezone.now()
    at = at or now
    if at > now:
        raise PublishingRefused("That moment has not come yet. Schedule the post instead.")
    with _changed(post, by) as row:
        _refuse_unless_unpublished(row)
        _refuse_unsettled(row, by)
        row.published_at = at


def schedule(post: Post, at: datetime, by: User) -> None:
    """Let a draft go out by itself at a moment to come, or move that moment.

    Raises PublishingRefused.
    """
    if at <= timezone.now():
        raise PublishingRefused("That moment has passed. Choose a later one, or publish now.")
    with _changed(post, by) as row:
        _refuse_unless_unpublished(row)
        _refuse_unsettled(row, by)
        row.published_at = at


def unschedule(post: Post, by: User) -> None:
    """Make a scheduled post a draft again. Raises PublishingRefused."""
    with _changed(post, by) as row:
        if row.state() is not State.SCHEDULED:
            raise PublishingRefused(f"The post is {IN_WORDS[row.state()]}, not scheduled.")
        row.published_at = None


def withdraw(post: Post, notice: str, by: User) -> None:
    """Take a published post back. Its address stays and answers with the notice.

    Raises PublishingRefused.
    """
    if not notice.strip():
        raise PublishingRefused("Say to readers, in a sentence or two, why the post is withdrawn.")
    with _changed(post, by) as row:
        if row.state() is not State.PUBLISHED:
            raise PublishingRefused(
                f"The post is {IN_WORDS[row.state()]}: there is nothing to withdraw."
            )
        row.withdrawn_at = timezone.now()
        row.withdrawal_notice = notice.strip()


def restore(post: Post, by: User) -> None:
    """Put a withdrawn post back where it was, under its old date. Raises PublishingRefused."""
    with _changed(post, by) as row:
        if row.state() is not State.WITHDRAWN:
            raise PublishingRefused(f"The post is {IN_WORDS[row.state()]}, not withdrawn.")
        row.withdrawn_at = None
        row.withdrawal_notice = ""


@contextmanager
def _changed(post: Post, by: User) -> Iterator[Post]:
    """The row, locked, for a user who may; saved at the end, and the caller's copy renewed."""
    if not may_publish(by, post):
        raise PublishingRefused("Publishing this post is not among your permissions.")
    with transaction.atomic():
        row = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
        yield row
        row.save()
    post.refresh_from_db()


def _refuse_unless_unpublished(row: Post) -> None:
    if row.state() is State.WITHDRAWN:
        raise PublishingRefused("The post is withdrawn. Put it back instead.")
    if row.was_ever_public:
        raise PublishingRefused("The post is published already; it goes out only once.")


def _refuse_unsettled(row: Post, by: User) -> None:
    found = errors(problems(row.body, user=by, post=row))
    if found:
        count = "One thing is" if len(found) == 1 else f"{len(found)} things are"
        raise PublishingRefused(f"{count} to be settled in the text first.", found)
