"""“You wrote about this before”: own earlier posts that speak of what a paragraph speaks of."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.formats import date_format

from blog.finding.excerpts import excerpt
from blog.finding.gathering import Gathered, gather
from blog.finding.weighing import WEIGHTS, Scales
from blog.finding.writing import Writing, writing
from blog.models import Card, Post
from blog.roles import type_of_user
from publication.words import stems

LIMIT = 5
# Fewer words than this say nothing yet.
FEWEST_WORDS = 3
# A post that has less than this to do with the paragraph and the text around it is not offered.
LEAST = 0.2


@dataclass(frozen=True)
class Suggestion:
    """A post that the author may want to refer to, and the passage that says why."""

    slug: str
    headline: str
    date_words: str
    story: str
    state: str
    """Anything but "published" is not public, and is marked so."""
    paragraph: str
    """The id of the passage's paragraph; empty for headline and standfirst."""
    excerpt_html: str
    """Escaped; the words that match are in <mark>."""
    score: float

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def suggest(
    paragraph: str, *, post: Post, user: type_of_user, text: str | None = None, limit: int = LIMIT
) -> list[Suggestion]:
    """Posts for a paragraph, likeliest first. Reads only.

    `paragraph` is Markdown as it stands at the caret, `text` the whole text as it is in the
    editor (the saved one when left out); `post` is the post it belongs to, saved or not.
    Posts to which the text refers already are not offered, nor what came after the post.
    """
    return suggest_for(writing(paragraph, post.body if text is None else text, post), user, limit)


def suggest_for(writing: Writing, user: type_of_user, limit: int = LIMIT) -> list[Suggestion]:
    """The same for plain text."""
    subject = writing.subject
    if len(subject.paragraph) < FEWEST_WORDS:
        return []
    corpus, gathered = gather(writing, subject, user)
    scales = Scales(subject, corpus, _usual_length(gathered))
    weighed = [(scales.weigh(one.candidate), one.post) for one in gathered]
    likely = [
        (round(evidence.score(WEIGHTS), 9), post)
        for evidence, post in weighed
        if evidence.says + evidence.anchor + evidence.whole >= LEAST
    ]
    best = sorted(likely, key=lambda pair: (-pair[0], -pair[1].pk))[:limit]
    cards = Card.objects.in_bulk([post.pk for _, post in best])
    return [_suggestion(post, cards[post.pk].passages, scales, score) for score, post in best]


def _usual_length(gathered: Sequence[Gathered]) -> float:
    return sum(one.candidate.length for one in gathered) / (len(gathered) or 1)


def _suggestion(
    post: Post, passages: Sequence[Sequence[str]], scales: Scales, score: float
) -> Suggestion:
    """The first of the best passages says why."""
    paragraph, text = max(passages, key=lambda passage: scales.of_passage(stems(passage[1])))
    return Suggestion(
        slug=post.slug,
        headline=post.headline,
        date_words=date_words(post),
        story=post.story.name if post.story else "",
        state=post.state().value,
        paragraph=paragraph,
        excerpt_html=excerpt(text, scales.asked),
        score=round(score, 2),
    )


def date_words(post: Post) -> str:
    """The day in the post's address, in words; empty for a draft."""
    return date_format(post.dated_on, "j F Y") if post.dated_on else ""
