"""Many posts, by rule, from few: copies with days, slugs and links of their own."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from tqdm import tqdm

from blog.models import Post

DATED = re.compile(r"/(\d{4})/(\d{2})/(\d{2})/([\w.-]+)")
MARK = re.compile(r"\[\[(?:([\w-]+)::)?([\w.-]+)")


def fill(number: int) -> None:
    """Make posts until there are as many; the first ones present are the pattern."""
    pattern = list(Post.objects.published().chronological())
    wanted = number - Post.objects.count()
    copies = islice(_copies(pattern), max(wanted, 0))
    for post in tqdm(copies, total=max(wanted, 0), unit=" posts", disable=None):
        post.save()


def _copies(pattern: list[Post]) -> Iterator[Post]:
    """Each generation refers to itself: its slugs end in its number, its days lie earlier."""
    generation = 1
    while pattern:
        generation += 1
        for post in pattern:
            if post.published_at:
                yield _copy(post, post.published_at, generation)


def _copy(post: Post, published_at: datetime, generation: int) -> Post:
    end = f"-g{generation}"
    body = MARK.sub(lambda m: f"[[{m[1] + '::' if m[1] else ''}{m[2]}{end}", post.body)
    body = DATED.sub(lambda m: m[0] + end, body)
    return Post(
        headline=post.headline,
        standfirst=post.standfirst,
        slug=post.slug + end,
        body=body,
        story_id=post.story_id,
        published_at=published_at - timedelta(minutes=generation),
    )
