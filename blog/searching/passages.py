"""Where a post says what was asked for: the best passage, with the words marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from blog.finding.excerpts import excerpt_around
from blog.models import Card
from blog.searching.asking import Question, Term
from publication.words import spans

# In characters; about two lines of a list of posts.
LENGTH = 220
# A title is shown whole.
WHOLE = 10_000
# What may stand between two words that are marked as one.
BETWEEN = " -\u2010\u2011–’'\xa0"
# What speaks for a post beside its words: that they stand together, and where they do.
IN_HEADLINE, IN_A_ROW, IN_A_PASSAGE = 200, 60, 30


@dataclass(frozen=True)
class Said:
    html: SafeString
    paragraph: str
    """Its id; empty for a standfirst."""


def nearness(question: Question, lines: str) -> int:
    """Points for words that stand near one another in a text of such lines."""
    row = " " + " ".join(question.words) + ("" if question.terms[-1].is_open else " ")
    headline, *rest = lines.split("\n")
    if headline.startswith(row):
        return IN_HEADLINE + IN_A_ROW
    if row in headline:
        return IN_HEADLINE
    if len(question.terms) < 2:
        return 0
    if row in lines:
        return IN_A_ROW
    return IN_A_PASSAGE if any(_has_all(question, line) for line in rest) else 0


def _has_all(question: Question, line: str) -> bool:
    return all(term.grade_of(line) for term in question.terms)


def said(question: Question, card: Card) -> Said | None:
    """The passage that has most of what was asked for; the first one where none has anything."""
    lines = card.lines.split("\n")
    weights = [sum(term.grade_of(line) for term in question.terms) for line in lines]
    if len(lines) < 2 or len(lines) != len(card.passages):
        return None
    best = max(range(1, len(lines)), key=lambda number: (weights[number], -number))
    paragraph, text = card.passages[best]
    return Said(marked(question, text, length=LENGTH), paragraph)


def marked(question: Question, text: str, *, length: int = WHOLE) -> SafeString:
    """As HTML, escaped, with what was asked for in <mark>."""
    return excerpt_around(text, _places(question, text), length=length)


def _places(question: Question, text: str) -> list[tuple[int, int, float]]:
    """Each stretch of words that were asked for, with how many they are."""
    words = list(spans(text))
    plain = [word for word, _, _ in words]
    hits = sorted({n for term in question.terms for n in _standing(term, plain)})
    stretches: list[tuple[int, int, float]] = []
    for n in hits:
        _, start, end = words[n]
        if stretches and not text[stretches[-1][1] : start].strip(BETWEEN):
            first, last, weight = stretches.pop()
            stretches.append((first, max(last, end), weight + 1))
        else:
            stretches.append((start, end, 1))
    return stretches


def _standing(term: Term, words: Sequence[str]) -> list[int]:
    """The numbers of the words that are the term's."""
    if not term.is_row:
        return [n for n, word in enumerate(words) if term.grade(word)]
    length = len(term.words)
    *firsts, last = term.words
    return [
        n + step
        for n in range(len(words) - length + 1)
        if words[n : n + length - 1] == firsts
        and (
            words[n + length - 1] == last
            or (term.is_open and words[n + length - 1].startswith(last))
        )
        for step in range(length)
    ]
