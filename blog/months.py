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
