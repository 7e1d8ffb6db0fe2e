"""Authors, stories and topics by their names, beside what is found in texts."""

from collections.abc import Iterable
from itertools import chain

from blog.models import Author, Story, Topic
from blog.searching.asking import Question
from publication.words import line

MOST = 6


def named(
    question: Question, *lists: Iterable[Author | Story | Topic]
) -> list[Author | Story | Topic]:
    """Those of the lists whose names have every word that is asked for; the nearest first."""
    graded = [
        (grade, one)
        for one in chain(*lists)
        if question.terms and (grade := _grade(question, line(str(one))))
    ]
    graded.sort(key=lambda pair: -pair[0])
    return [one for _, one in graded[:MOST]]


def _grade(question: Question, name: str) -> int:
    """0 where a word is missing, or one is there that is not wanted."""
    if any(term.grade_of(name) for term in question.without):
        return 0
    grades = [term.grade_of(name) for term in question.terms]
    return sum(grades) if all(grades) else 0
