"""“You wrote about this before”, measured on links that real authors made.

For each paragraph that refers to an earlier post, the address of the link is taken away, and
the paragraph is asked for the posts that it speaks of: once with the words of the link kept,
once without them. No link of the post itself or of a later one is looked at.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from django.contrib.auth.models import AnonymousUser

from bench.measuring import Figure
from blog.finding import find_posts
from blog.finding.suggestions import LIMIT, suggest_for
from blog.finding.writing import Writing
from blog.markup import Document, parse
from blog.models import CrossReference, Post

READER = AnonymousUser()
QUERIES = ("design", "agile contr", "zzyzx", "open source policy", "the", "desing systm")


@dataclass(frozen=True)
class Case:
    """A paragraph that refers to an earlier post, without the reference."""

    post: Post
    target: str
    with_words: Writing
    without_words: Writing


def cases(posts: Sequence[Post]) -> Iterator[Case]:
    for post in posts:
        document = parse(post.body)
        rows = post.crossreferences.filter(target__isnull=False).select_related("target")
        for place, paragraph in enumerate(document.paragraphs):
            here = [row for row in rows if row.paragraph == paragraph.id]
            targets = {row.target for row in here if row.target}
            bare = _without([row.anchor for row in here], paragraph.text)
            for target in sorted(targets, key=lambda one: one.pk):
                if is_before(target, post):
                    kept = _writing(post, document, place)
                    yield Case(post, target.slug, kept, replace(kept, paragraph=bare))


def is_before(target: Post, post: Post) -> bool:
    return bool(
        target.published_at and post.published_at and target.published_at < post.published_at
    )


def _without(anchors: Sequence[str], text: str) -> str:
    for anchor in filter(None, anchors):
        text = text.replace(anchor, " ", 1)
    return text


def _writing(post: Post, document: Document, place: int) -> Writing:
    texts = [paragraph.text for paragraph in document.paragraphs]
    before, after = texts[:place], texts[place + 1 :]
    return Writing(
        paragraph=texts[place],
        beside="\n".join([*before[-1:], *after[:1]]),
        whole="\n".join([*before, *after]),
        headline=f"{post.headline}\n{post.standfirst}",
        post_id=post.pk,
        at=post.published_at,
        topics=frozenset(post.topics.values_list("pk", flat=True)),
        authors=frozenset(post.bylines.values_list("author", flat=True)),
        story=post.story_id,
    )


@dataclass(frozen=True)
class Recall:
    """How many of the posts really referred to are among the first five."""

    cases: int
    with_words: float
    without_words: float
    milliseconds: float
    """Of processor time, the median."""

    def figures(self, size: int) -> list[Figure]:
        """None where no post refers to an earlier one."""
        share = f"% of {self.cases} links"
        figures = [
            Figure(
                "the post linked is among five suggested", size, 100 * self.with_words, unit=share
            ),
            Figure(
                "the same, without the words of the link",
                size,
                100 * self.without_words,
                unit=share,
            ),
            Figure("a suggestion", size, self.milliseconds, unit="ms of CPU"),
        ]
        return figures if self.cases else []


def recall(posts: Sequence[Post]) -> Recall:
    hits, bare_hits, times = 0, 0, []
    for case in cases(posts):
        start = time.process_time()
        hits += case.target in slugs(case.with_words)
        times.append((time.process_time() - start) * 1000)
        bare_hits += case.target in slugs(case.without_words)
    number = len(times) or 1
    return Recall(len(times), hits / number, bare_hits / number, median(times or [0]))


def slugs(writing: Writing) -> list[str]:
    return [one.slug for one in suggest_for(writing, READER, LIMIT)]


def all_referring() -> list[Post]:
    referring = CrossReference.objects.filter(target__isnull=False).values("post")
    return list(Post.objects.published().filter(pk__in=referring).chronological())


def finding(size: int) -> list[Figure]:
    """How many a second, for the latest posts that refer to another."""
    some = list(cases(all_referring()[-40:]))[:20]
    if not some:
        return []
    per_suggestion = _seconds([lambda case=case: slugs(case.with_words) for case in some])
    per_query = _seconds([lambda query=query: find_posts(query, READER) for query in QUERIES])
    return [
        Figure("suggesting posts for a paragraph", size, 1 / per_suggestion),
        Figure("finding posts for [[", size, 1 / per_query),
    ]


def _seconds(operations: Sequence[object]) -> float:
    times = []
    for operation in operations:
        start = time.process_time()
        operation()  # type: ignore[operator]
        times.append(time.process_time() - start)
    return median(times)
