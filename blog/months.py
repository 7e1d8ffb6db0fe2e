"""In which months posts were published, and how many."""

from collections import Counter
from datetime import date, datetime

from django.db.models import Count

from blog.models import Post
from blog.models.reading import PostQuerySet
from publication.generation.kept import of_generation

Months = list[tuple[date, int]]


def months_of(posts: PostQuerySet) -> Months:
    """The first days of those that have posts, oldest first, with their counts. One query."""
    # By days, which an index has: the parts of a date would be worked out for every post.
    days = posts.order_by("dated_on").values_list("dated_on").annotate(count=Count("pk"))
    counts: Counter[date] = Counter()
    for day, count in days:
        counts[day.replace(day=1)] += count
    return list(counts.items())


def all_months(at: datetime) -> Months:
    """Of everything published; counted once a generation."""
    return of_generation("months", at, lambda: months_of(Post.objects.published(at)))


def years_of(posts: PostQuerySet) -> list[str]:
    """From the last to the first in which one was published. Two queries."""
    # Each end by itself: asked for both at once, SQLite reads all that is between them.
    days = posts.filter(dated_on__isnull=False).values_list("dated_on", flat=True)
    last, first = days.order_by("-dated_on").first(), days.order_by("dated_on").first()
    return [str(year) for year in range(last.year, first.year - 1, -1)] if last and first else []
