"""Many posts, by rule, from few: copies with moments, slugs and links of their own.

Each copy of all is so many days older than the one before: the front page shows as much whatever
the size of the archive, and a year somewhat more. Their index is copied, too, row by row in the
database, and is what saving would have made but for a few pasted addresses. So an archive of 50,000
posts is there in minutes.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from uuid import uuid4

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max
from tqdm import tqdm

from bench.typical import SLUG
from blog.markup import fold
from blog.models import (
    Assumption,
    Byline,
    Card,
    Citation,
    ClaimMention,
    CrossReference,
    Occurrence,
    Post,
    Slug,
)
from blog.models.finding import recount_words
from publication.statistics import gather_statistics

DATED = re.compile(r"/(\d{4})/(\d{2})/(\d{2})/([\w.-]+)")
MARK = re.compile(r"\[\[(?:(?!claim::)([\w-]+)::)?(?!claim::)([\w.-]+)")
DAYS_BETWEEN_COPIES = 50
# What hangs on a post and is the same for its copy.
COPIED = (Citation, ClaimMention, Assumption, Byline, Occurrence, Post.topics.through)


def fill(number: int) -> None:
    """Copy all that is there, until there are as many posts or somewhat more."""
    pattern = list(Post.objects.exclude(slug__regex=r"-g\d+$").order_by("pk"))
    if not pattern:
        return
    base, last = pattern[-1].pk, Post.objects.aggregate(last=Max("pk"))["last"]
    first, end = (last - 1) // base + 1, -(-number // len(pattern))
    for generation in tqdm(range(first, end), unit=" copies", disable=None):
        with transaction.atomic():
            _copy(pattern, generation, base)
    recount_words()
    # As an archive that has grown would have them by now.
    gather_statistics()
    _reset_numbers()


def _copy(pattern: list[Post], generation: int, base: int) -> None:
    """Each generation refers to itself: its slugs end in its number, and its ids are shifted."""
    end, shift = f"-g{generation}", generation * base
    earlier = timedelta(days=DAYS_BETWEEN_COPIES * generation)
    posts = [_copied(post, end, shift, earlier) for post in pattern]
    paths = {post.path: copy.path for post, copy in zip(pattern, posts, strict=True) if post.path}
    for copy in posts:
        copy.body = _renamed(copy.body, end, paths)
    Post.objects.bulk_create(posts)
    Slug.objects.bulk_create(
        Slug(folded=fold(post.slug), slug=post.slug, post_id=post.pk) for post in posts
    )
    CrossReference.objects.bulk_create(
        _referring(row, end, shift, paths)
        for row in CrossReference.objects.filter(post__in=pattern)
    )
    for model in COPIED:
        _copy_rows(model, base, {"post_id": f"post_id + {shift}"})
    names = f"names || ' g{generation}'"
    _copy_rows(Card, base, {"post_id": f"post_id + {shift}", "names": names})


def _copied(post: Post, end: str, shift: int, earlier: timedelta) -> Post:
    values = {field.attname: getattr(post, field.attname) for field in Post._meta.concrete_fields}
    return Post(
        **values
        | {
            "id": post.pk + shift,
            "uid": uuid4(),
            "slug": post.slug + end,
            "import_key": "",
            "published_at": post.published_at and post.published_at - earlier,
            "dated_on": post.dated_on and post.dated_on - earlier,
            # The page that is measured is the same at every size.
            "story_id": post.story_id if post.slug != SLUG else None,
        }
    )


def _renamed(body: str, end: str, paths: Mapping[str, str]) -> str:
    """Marks and addresses of posts lead to the copies; those of other sites stay."""
    body = MARK.sub(lambda mark: mark[0] + end, body)
    return DATED.sub(lambda path: paths.get(f"{path[0]}/", f"{path[0]}/").rstrip("/"), body)


def _referring(
    row: CrossReference, end: str, shift: int, paths: Mapping[str, str]
) -> CrossReference:
    row.pk = None
    row.post_id += shift
    row.target_id = row.target_id and row.target_id + shift
    is_path, path = row.written.startswith("/"), f"{row.written.rstrip('/')}/"
    row.written = paths.get(path, path) if is_path else row.written + end
    return row


def _copy_rows(model: type[models.Model], base: int, changes: Mapping[str, str]) -> None:
    fields = [field.column for field in model._meta.concrete_fields]
    columns = [column for column in fields if column and column != "id"]
    table = connection.ops.quote_name(model._meta.db_table)
    quoted = ", ".join(map(connection.ops.quote_name, columns))
    values = ", ".join(changes.get(name, connection.ops.quote_name(name)) for name in columns)
    sql = f"INSERT INTO {table} ({quoted}) SELECT {values} FROM {table} WHERE post_id <= %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [base])


def _reset_numbers() -> None:
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [Post]):
            cursor.execute(sql)
