"""The post that is measured: 900 words with nine marks, whatever posts there are."""

from datetime import UTC, datetime
from itertools import cycle, islice

from blog.markup import parse
from blog.models import Author, Byline, Post, Story
from sources.models import Claim, Source

SLUG = "what-is-measured"
WORDS = 900
WORDS_OF_A_PARAGRAPH = 90
MARKS = (
    "As [[{0}|we wrote]], and [[updates::{1}|wrote again]].",
    "It was reported [@bench1] and confirmed [see @bench2, p. 3].",
    "All of it rests on [[claim::bench-claim|what they said]].",
    "See [[{2}|here]] and [the report](https://example.org/bench).",
    "The figures are in [@bench3]; it began with [[{3}|the first of them]].",
)
SENTENCES = (
    "Nobody who read the first report could say on whose word it stood, and few asked.",
    "The ministry spoke on Monday, its spokesman on Tuesday, and they did not say the same.",
    "What was a rumour in October had become a figure by the middle of November.",
    "A careful reader will want to know who counted, and where, and when.",
    "It is possible that both accounts are true of different days.",
    "None of this makes the claim false; it makes it somebody's claim.",
    "The second source had the number from the first, as so often.",
    "That is a reason to wait, and not a reason to look away.",
)


def typical_post() -> Post:
    """Made once in a site; then as it is."""
    if post := Post.objects.filter(slug=SLUG).first():
        return post
    for number in (1, 2, 3):
        Source.objects.create(citekey=f"bench{number}", title=f"The record, part {number}")
    Claim.objects.create(slug="bench-claim", statement="They are there.")
    post = Post(
        slug=SLUG,
        headline="What is measured",
        standfirst="As long as a column, with as many marks as one.",
        body=text([one.slug for one in Post.objects.published()[:4]]),
        published_at=datetime(2024, 11, 18, 12, tzinfo=UTC),
        story=Story.objects.create(name="What is measured"),
    )
    post.save()
    Byline.objects.create(post=post, author=Author.objects.create(name="A Writer"), position=0)
    return post


def text(slugs: list[str]) -> str:
    """Paragraphs of whole sentences, no two alike, each of the first with its marks."""
    marks = [mark.format(*islice(cycle(slugs), 4)) for mark in MARKS]
    sentences, paragraphs, count = cycle(SENTENCES), list[str](), 0
    while count < WORDS:
        words: list[str] = []
        while len(words) < WORDS_OF_A_PARAGRAPH:
            words += next(sentences).split()
        lead = f"{marks.pop(0)} " if marks else f"This is the paragraph of {count} words. "
        paragraph = lead + " ".join(words[: WORDS - count])
        paragraphs.append(paragraph)
        count += len(parse(paragraph).paragraphs[0].text.split())
    return "\n\n".join(paragraphs)
