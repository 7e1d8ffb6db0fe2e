"""Finding posts by a few letters, as in `[[`, and paragraphs of one, as in `[[slug#`."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from rapidfuzz import fuzz, process

from blog.finding.excerpts import excerpt, marked_words
from blog.finding.suggestions import date_words
from blog.finding.weighing import SATURATION
from blog.markup import parse
from blog.models import Card, CrossReference, Occurrence, Post, Story, Word
from blog.models.reading import PostQuerySet
from blog.models.references import UNLISTED
from blog.roles import seen_by, type_of_user
from publication.words import LETTERS, stems, whole_words

LIMIT = 8
# A few letters fit many posts: of those, the latest are weighed.
MOST = 400
# Words of the vocabulary that a beginning stands for, the commonest.
MOST_WORDS = 100
# Shorter beginnings are looked up in names, not in texts.
SHORTEST_IN_TEXT = 3
# From this likeness (0 to 100) on, one word is taken for another mistyped.
LIKENESS = 75
# What a word of the query counts: as a word of the name, as the beginning of one, in a story's.
IN_NAME, BEGINS_IN_NAME, IN_STORY = 4.0, 3.0, 2.0


@dataclass(frozen=True)
class FoundPost:
    slug: str
    headline_html: str
    """Escaped; what matches is in <mark>."""
    headline: str
    date_words: str
    story: str
    state: str
    excerpt_html: str
    """Where the text says it; empty when the headline does."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class FoundParagraph:
    paragraph: str
    excerpt_html: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def find_posts(
    query: str, user: type_of_user, *, besides: Post | None = None, limit: int = LIMIT
) -> list[FoundPost]:
    """Posts that the user may refer to, likeliest first; every word must be found.

    Words count by how they begin, a mistyped one as the nearest that is known. An empty query
    finds the latest posts and those most referred to.
    """
    posts = seen_by(user).exclude(pk=(besides.pk if besides else None) or 0)
    words = whole_words(query)
    scores = _scores(words, posts) if words else {}
    if words and not scores and (nearest := _corrected(words)) != words:
        words = nearest
        scores = _scores(words, posts)
    ranked = sorted(scores, key=lambda pk: (-round(scores[pk], 9), -pk))[:limit]
    shown = ranked if words else _usual(posts, limit)
    found = posts.select_related("story", "card").defer(*UNLISTED).in_bulk(shown)
    return [_found_post(found[pk], words) for pk in shown]


def find_paragraphs(
    post: Post, query: str, user: type_of_user, *, limit: int = LIMIT
) -> list[FoundParagraph]:
    """Paragraphs of a post, in its order; those that have the words first. Empty: the first."""
    if not seen_by(user).filter(pk=post.pk).exists():
        return []
    words = whole_words(query)
    ranked: list[tuple[int, int, FoundParagraph]] = []
    for place, paragraph in enumerate(parse(post.body).paragraphs):
        having = whole_words(paragraph.text)
        hits = sum(any(one.startswith(word) for one in having) for word in words)
        if hits or not words:
            html = excerpt(paragraph.text, dict.fromkeys(_beginning(words, having), 1.0))
            ranked.append((-hits, place, FoundParagraph(paragraph.id, html)))
    return [found for _, _, found in sorted(ranked, key=lambda one: one[:2])[:limit]]


def _usual(posts: PostQuerySet, limit: int) -> list[int]:
    """Half of them the latest, half the most referred to."""
    latest = posts.order_by(Coalesce("published_at", "edited_at").desc(), "-pk")[:limit]
    referred = (
        CrossReference.objects.public()
        .order_by()
        .values("target")
        .annotate(n=Count("post", distinct=True))
        .order_by("-n", "-target")
        .values_list("target", flat=True)[: 2 * limit]
    )
    first = list(latest.values_list("pk", flat=True))
    seen = set(posts.filter(pk__in=list(referred)).values_list("pk", flat=True))
    much = [pk for pk in referred if pk in seen and pk not in first[: limit // 2]]
    return list(dict.fromkeys([*first[: limit - limit // 2], *much, *first]))[:limit]


def _scores(words: Sequence[str], posts: PostQuerySet) -> dict[int, float]:
    """Posts that have every word, by their ids."""
    by_word = [_having(word, posts, is_last=word is words[-1]) for word in words]
    common = set.intersection(*(set(scores) for scores in by_word))
    seen = set(posts.filter(pk__in=common).values_list("pk", flat=True))
    return {pk: sum(scores[pk] for scores in by_word) for pk in seen}


def _having(word: str, posts: PostQuerySet, *, is_last: bool) -> dict[int, float]:
    scores: dict[int, float] = defaultdict(float)
    for pk, count in _in_texts(word, is_last=is_last):
        scores[pk] = max(scores[pk], count / (count + SATURATION))
    stories = [
        pk
        for pk, name in Story.objects.values_list("pk", "name")
        if any(one.startswith(word) for one in whole_words(name))
    ]
    if stories:
        rows = posts.filter(story__in=stories).order_by("-pk").values_list("pk", flat=True)
        for pk in rows[:MOST]:
            scores[pk] += IN_STORY
    # The words of a card stand each after a space, so that a beginning is " mis".
    names = Card.objects.filter(names__contains=f" {word}").order_by("-pk")
    for pk, name in names.values_list("pk", "names")[:MOST]:
        is_whole = f"{name} ".find(f" {word} ") >= 0
        is_first = name.startswith(f" {word}")
        scores[pk] += (IN_NAME if is_whole else BEGINS_IN_NAME) + is_first / 2
    return scores


def _in_texts(word: str, *, is_last: bool) -> Iterable[tuple[int, int]]:
    """Ids of posts in whose texts the word stands, and how often; the last one may go on."""
    stem = word[:LETTERS]
    if not is_last or len(stem) == LETTERS:
        wanted = Q(word=stem)
    elif len(stem) >= SHORTEST_IN_TEXT:
        wanted = Q(word__gte=stem, word__lt=stem + chr(0x10FFFF))
    else:
        return ()
    known = Word.objects.filter(wanted, posts__gt=0).order_by("-posts", "word")[:MOST_WORDS]
    ids = list(known.values_list("pk", flat=True))
    rows = Occurrence.objects.filter(word__in=ids).order_by("-post_id")
    return rows.values_list("post_id", "count")[: MOST * 5]


def _corrected(words: Sequence[str]) -> list[str]:
    """Each word that no text has, as the nearest one with the same beginning that some has."""
    return [_nearest(word) for word in words]


def _nearest(word: str) -> str:
    stem = word[:LETTERS]
    like = Word.objects.filter(word__gte=stem[0], word__lt=stem[0] + chr(0x10FFFF), posts__gt=0)
    known = dict(like.values_list("word", "posts"))
    if not known or stem in known:
        return word
    found = process.extract(stem, list(known), scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=5)
    best = max(found, key=lambda one: (one[1], math.log(known[one[0]])), default=None)
    return best[0] if best else word


def _found_post(post: Post, words: Sequence[str]) -> FoundPost:
    name = set(whole_words(post.headline))
    is_named = all(any(one.startswith(word) for one in name) for word in words)
    return FoundPost(
        slug=post.slug,
        headline_html=marked_words(post.headline, words),
        headline=post.headline,
        date_words=date_words(post),
        story=post.story.name if post.story else "",
        state=post.state().value,
        excerpt_html="" if is_named else _said(post, words),
    )


def _said(post: Post, words: Sequence[str]) -> str:
    """The passage that has most of the words."""
    if not hasattr(post, "card"):
        return ""
    weights = dict.fromkeys(_beginning(words, post.card.words), 1.0)
    best = max(
        (text for _, text in post.card.passages[1:]),
        key=lambda text: len(weights.keys() & set(stems(text))),
        default="",
    )
    return excerpt(best, weights) if weights.keys() & set(stems(best)) else ""


def _beginning(words: Sequence[str], known: Iterable[str] | Mapping[str, int]) -> set[str]:
    """What is known, cut as words are compared, that begins like one of the words."""
    beginnings = tuple(word[:LETTERS] for word in words)
    return {one[:LETTERS] for one in known if beginnings and one.startswith(beginnings)}
