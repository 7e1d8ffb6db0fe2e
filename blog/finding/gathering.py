"""From the rows: the posts that may be meant, with everything that speaks for them.

The number of queries is constant, and so is, nearly, the number of rows read: the rarest words
are asked for first, until enough posts have been seen.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from blog.finding.weighing import SATURATION, Candidate, Corpus, Mention, Subject
from blog.finding.writing import Writing
from blog.models import Byline, Card, CrossReference, Occurrence, Post, Word
from blog.models.references import UNLISTED, published
from blog.roles import seen_by, type_of_user
from publication.words import stems

# Rows of words read for the paragraph, and again for the text around it.
ROWS_FOR_PARAGRAPH = 6000
ROWS_FOR_WHOLE = 4000
# Posts whose cards are read.
CANDIDATES = 120
# Of the references to them, the latest.
MENTIONS = 200
# The text around counts less than the paragraph when candidates are chosen.
SHARE_OF_WHOLE = 0.5


@dataclass(frozen=True)
class Gathered:
    """A candidate, with the post it stands for."""

    post: Post
    candidate: Candidate


def corpus_of(words: Iterable[str], post_id: int | None) -> tuple[Corpus, dict[str, int]]:
    """How rare these words are in other posts than this one, and their rows' ids."""
    rows = list(
        Word.objects.filter(word__in=set(words), posts__gt=0).values_list("word", "pk", "posts")
    )
    own = Card.objects.filter(pk=post_id).values_list("words", flat=True).first() or {}
    others = {word: posts - (word in own) for word, _, posts in rows}
    corpus = Corpus(Card.objects.count() - bool(own), others)
    return corpus, {word: pk for word, pk, _ in rows}


def gather(writing: Writing, subject: Subject, user: type_of_user) -> tuple[Corpus, list[Gathered]]:
    """The likeliest posts, earlier ones that the user may see, and how rare the words are."""
    words = {*subject.paragraph, *subject.beside, *subject.whole}
    corpus, ids = corpus_of(words, writing.post_id)
    scores = _scores(subject, corpus, ids)
    posts = _visible(scores, writing, user)
    return corpus, _with_evidence(posts, writing)


def _scores(subject: Subject, corpus: Corpus, ids: Mapping[str, int]) -> dict[int, float]:
    """A first guess by words alone, of posts by their ids."""
    asked = _affordable(corpus.weights(subject.paragraph), corpus, ROWS_FOR_PARAGRAPH)
    around = corpus.weights({*subject.whole, *subject.beside} - asked.keys())
    for word in around:
        around[word] *= min(subject.whole[word] + subject.beside[word], 4) * SHARE_OF_WHOLE / 4
    wanted = asked | _affordable(around, corpus, ROWS_FOR_WHOLE)
    weights = {ids[word]: weight for word, weight in wanted.items()}
    scores: dict[int, float] = defaultdict(float)
    rows = Occurrence.objects.filter(word__in=list(weights))
    for pk, post, count in rows.values_list("word_id", "post_id", "count").iterator():
        scores[post] += weights[pk] * count / (count + SATURATION)
    return scores


def _affordable(weights: Mapping[str, float], corpus: Corpus, rows: int) -> dict[str, float]:
    """The weightiest words, as many as can be looked up within so many rows."""
    chosen: dict[str, float] = {}
    for word, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        rows -= corpus.posts_with[word]
        if rows < 0 and chosen:
            break
        chosen[word] = weight
    return chosen


def _visible(scores: Mapping[int, float], writing: Writing, user: type_of_user) -> list[Post]:
    """The best of them that may be offered. A few are looked at in vain, hence the reserve."""
    best = _allowed(scores, writing)
    ranked = sorted(best, key=lambda pk: (-scores[pk], pk))[: 2 * CANDIDATES]
    seen = set(seen_by(user).filter(pk__in=ranked).values_list("pk", flat=True))
    chosen = [pk for pk in ranked if pk in seen][:CANDIDATES]
    rows = Post.objects.filter(card__isnull=False).select_related("story", "card")
    posts = rows.defer(*UNLISTED, "card__passages").in_bulk(chosen)
    return [posts[pk] for pk in chosen if pk in posts]


def _allowed(scores: Mapping[int, float], writing: Writing) -> Iterable[int]:
    forbidden = {*writing.referred, writing.post_id}
    if writing.at is None or writing.at > timezone.now():
        return scores.keys() - forbidden
    earlier = Post.objects.filter(published_at__lte=writing.at).order_by("published_at")
    return scores.keys() & set(earlier.values_list("pk", flat=True)) - forbidden


def _with_evidence(posts: Sequence[Post], writing: Writing) -> list[Gathered]:
    ids = [post.pk for post in posts]
    now = writing.at or timezone.now()
    mentions = _mentions(ids, now, writing)
    topics, authors = _topics(ids), _authors(ids)
    return [
        Gathered(
            post,
            Candidate(
                names=frozenset(stems(post.headline)),
                words=post.card.words,
                length=post.card.length,
                mentions=mentions[post.pk],
                seconds_before=(now - (post.published_at or now)).total_seconds(),
                topics_shared=_share(
                    _filed(topics[post.pk], post.story_id), _filed(writing.topics, writing.story)
                ),
                is_by_the_same=not authors[post.pk].isdisjoint(writing.authors),
            ),
        )
        for post in posts
    ]


def _mentions(ids: list[int], now: datetime, writing: Writing) -> dict[int, list[Mention]]:
    """How posts earlier than the one written referred to these."""
    found: dict[int, list[Mention]] = defaultdict(list)
    rows = (
        CrossReference.objects.filter(published("post__", now), target__in=ids)
        .exclude(post=writing.post_id)
        .order_by("-post__published_at", "-pk")
        .values_list("target_id", "anchor", "sentence")
    )
    for target, anchor, sentence in rows[:MENTIONS]:
        found[target].append(Mention(frozenset(stems(anchor)), Counter(stems(sentence))))
    return found


def _topics(ids: list[int]) -> dict[int, set[int]]:
    rows = Post.topics.through.objects.filter(post__in=ids).values_list("post_id", "topic_id")
    return _grouped(rows)


def _authors(ids: list[int]) -> dict[int, set[int]]:
    return _grouped(Byline.objects.filter(post__in=ids).values_list("post_id", "author_id"))


def _grouped(rows: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    groups: dict[int, set[int]] = defaultdict(set)
    for post, other in rows:
        groups[post].add(other)
    return groups


def _filed(topics: Iterable[int], story: int | None) -> set[int]:
    """Under what a post is filed; a story counts like a topic (and cannot be taken for one)."""
    return {*topics, -story} if story else set(topics)


def _share(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other) if other else 0.0
