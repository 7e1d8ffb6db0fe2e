"""A way on where nothing has all that was asked for: the nearest words, or fewer of them.

Words come from what readers can see. How often hidden posts have a word decides nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from django.db.models import Count
from rapidfuzz import fuzz, process

from blog.models import Occurrence, Post, Word
from blog.models.references import published
from blog.searching.asking import SHORTEST_STARRED, Question, Term
from blog.searching.hits import Hit
from blog.searching.narrowing import Narrowing
from blog.searching.posts import LAST_LETTER, post_hits
from blog.searching.records import claim_hits, source_hits
from publication.words import LETTERS

# From this likeness (0 to 100) on, one word is taken for another mistyped.
LIKENESS = 70
# So many words are left out in turn.
MOST_LEFT_OUT = 4


def questions_near(question: Question, at: datetime) -> Iterator[Question]:
    """What may be meant, likeliest first, and then what asks for less."""
    counts = {term: _count(term, at) for term in question.terms}
    corrected = tuple(
        term if counts[term] else _corrected(term, at) or term for term in question.terms
    )
    if corrected != question.terms:
        yield replace(question, terms=corrected)
    loose = tuple(word for term in corrected for word in _loosened(term))
    if loose != corrected:
        yield replace(question, terms=loose)
    if question.without:
        yield replace(question, without=())
    yield from _with_fewer(replace(question, terms=loose), at)


def _with_fewer(question: Question, at: datetime) -> Iterator[Question]:
    """Without what nothing has; then without one other word, the rarest first; then the rarest."""
    counts = {term: n for term in question.terms if (n := _count(term, at))}
    left = sorted(counts, key=lambda term: counts[term])
    kept = tuple(term for term in question.terms if term in counts)
    if kept and kept != question.terms:
        yield replace(question, terms=kept)
    if len(left) > 1:
        for rare in left[:MOST_LEFT_OUT]:
            yield replace(question, terms=tuple(term for term in kept if term != rare))
    if len(left) > 2:
        yield replace(question, terms=(left[0],))


def _count(term: Term, at: datetime) -> int:
    """How many posts, sources and claims readers find by the term alone."""
    alone = Question((term,))
    return (
        _number(post_hits(alone, Post.objects.published(at)))
        or _number(source_hits(alone, Narrowing(), at))
        or _number(claim_hits(alone, Narrowing(), at))
    )


def _number(hits: Iterable[Hit]) -> int:
    return sum(1 for _ in hits)


def _loosened(term: Term) -> list[Term]:
    """Words in a row as so many words, in any form."""
    return (
        [Term((word,)) for word in term.words] if term.is_row else [replace(term, is_exact=False)]
    )


def _corrected(term: Term, at: datetime) -> Term | None:
    if term.is_row:
        return None
    if len(term.word) < SHORTEST_STARRED:
        return None
    if not term.is_open and _count(longer := replace(term, is_exact=False, is_open=True), at):
        return longer
    nearest = _nearest(term.word, at)
    return Term((nearest,)) if nearest else None


def _nearest(word: str, at: datetime) -> str | None:
    """The word of public posts that is most like it, of those with the same first letter."""
    stem = word[:LETTERS]
    near = Word.objects.filter(word__gte=word[0], word__lt=word[0] + LAST_LETTER)
    stems = list(near.values_list("word", flat=True))
    like = process.extract(stem, stems, scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=None)
    rows = (
        Occurrence.objects.filter(published("post__", at), word__word__in=[one[0] for one in like])
        .order_by()
        .values_list("word__word", "forms")
        .annotate(n=Count("post"))
    )
    counts: Counter[str] = Counter()
    for known, forms, n in rows:
        for form in forms.split() or [known]:
            counts[form] += n
    likeness = {form: round(fuzz.ratio(word, form)) for form in counts}
    best = max(counts, key=lambda form: (likeness[form], counts[form], form), default=None)
    return best if best and likeness[best] >= LIKENESS else None
