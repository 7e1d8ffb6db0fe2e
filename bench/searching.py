"""A reader's search, from the question to the lines of the first page."""

import time
from collections.abc import Sequence
from statistics import median

from django.utils import timezone

from bench.measuring import Figure
from blog.models import Word
from blog.searching import Search, asked, find, shown

ON_A_PAGE = 20
# Of the words of either kind, so many are looked for.
WORDS = 8
ROUNDS = 3


def searching(size: int) -> list[Figure]:
    """How many a second: for words in under one post of a hundred, and for the commonest."""
    words = Word.objects.order_by("-posts", "word").values_list("word", flat=True)
    rare = words.filter(posts__gt=size // 500, posts__lt=size // 100)[:WORDS]
    return [
        Figure("searching for a rare word", size, 1 / (_seconds(list(rare)) or 1)),
        Figure("searching for a common word", size, 1 / (_seconds(list(words[:WORDS])) or 1)),
        Figure("searching for a mistyped word", size, 1 / _seconds(["desing systm", "procurment"])),
    ]


def _seconds(questions: Sequence[str]) -> float:
    return median(_once(typed) for _ in range(ROUNDS) for typed in questions) if questions else 0


def _once(typed: str) -> float:
    start, at = time.process_time(), timezone.now()
    found = find(Search(asked(typed)), at, most=ON_A_PAGE)
    shown(found.hits, found.question, at)
    return time.process_time() - start
