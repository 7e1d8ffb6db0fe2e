"""How much speaks for a post: the evidence, and what each piece of it counts.

Pure arithmetic on words. What was learned from is told in docs/decisions.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# How fast more of the same word stops counting, and how much a long post is held back (bm25).
SATURATION, LENGTH = 1.2, 0.75
# Keeps a passage of three words from counting as the very thing that is spoken of.
SHORT_PASSAGE = 5.0
# The same for the words of a link, in words.
SHORT_ANCHOR = 2.5
A_MONTH = 30 * 86400

# A word that stands there twice says more, but not twice as much.
MOST_TIMES = 100
TIMES = (0.0, *(1 + math.log(times) for times in range(1, MOST_TIMES + 1)))

Vector = Mapping[str, float]


@dataclass(frozen=True)
class Corpus:
    """How rare words are among all posts."""

    posts: int
    posts_with: Mapping[str, int]

    def rarity(self, word: str) -> float:
        count = min(self.posts_with.get(word, 0), self.posts)
        return math.log(1 + (self.posts - count + 0.5) / (count + 0.5))

    def weights(self, words: Iterable[str]) -> dict[str, float]:
        """Words that some post has, each with its rarity."""
        return {word: self.rarity(word) for word in set(words) if self.posts_with.get(word)}


@dataclass(frozen=True)
class Mention:
    """The words with which an earlier post referred to this one."""

    anchor: frozenset[str]
    sentence: Counter[str]


@dataclass(frozen=True)
class Subject:
    """What is being written: the paragraph, what stands next to it, and the whole text."""

    paragraph: Counter[str]
    beside: Counter[str]
    whole: Counter[str]


@dataclass(frozen=True)
class Candidate:
    """An own post that may be meant."""

    names: frozenset[str]
    words: Mapping[str, int]
    length: int
    mentions: Sequence[Mention] = ()
    seconds_before: float = 0
    topics_shared: float = 0
    """Of the topics (and the stories) of both, the part that both have."""
    is_by_the_same: bool = False


@dataclass(frozen=True)
class Evidence:
    """Each piece between 0 and about 1, except `recency`, which is at most 0."""

    says: float
    """The post has the paragraph's words."""
    name: float
    """The paragraph has the headline's words."""
    whole: float
    """The post speaks of what the whole text speaks of."""
    beside: float
    """… of what the neighbouring paragraphs speak of."""
    anchor: float
    """Earlier posts referred to it by words that the paragraph has …"""
    sentence: float
    """… or in such sentences."""
    recency: float
    topics: float
    author: float

    def score(self, weights: "Evidence") -> float:
        return sum((float(getattr(self, n)) * float(getattr(weights, n)) for n in NAMES), 0.0)


NAMES = tuple(Evidence.__dataclass_fields__)
WEIGHTS = Evidence(
    says=4.5,
    name=4.2,
    whole=2.8,
    beside=1.3,
    anchor=1.4,
    sentence=2.4,
    recency=0.48,
    topics=1.6,
    author=0.9,
)


class Scales:
    """Weighs candidates against one subject."""

    def __init__(self, subject: Subject, corpus: Corpus, usual_length: float) -> None:
        self.usual_length = usual_length or 1
        self.asked = corpus.weights(subject.paragraph)
        self.beside = corpus.weights(subject.beside)
        self.vector = unit(corpus, subject.paragraph)
        whole = unit(corpus, subject.whole)
        self.whole = {word: value * corpus.rarity(word) for word, value in whole.items()}
        self.most_asked = sum(self.asked.values()) or 1
        # Stands for the rarity of words that were not looked up.
        self.usual = self.most_asked / (len(self.asked) or 1)
        self.most_beside = sum(self.beside.values()) or 1

    def weigh(self, candidate: Candidate) -> Evidence:
        words, length = candidate.words, candidate.length
        return Evidence(
            says=self._bm25(self.asked, words, length) / self.most_asked,
            name=self._name(candidate.names),
            whole=self._whole(words, length),
            beside=self._bm25(self.beside, words, length) / self.most_beside,
            anchor=max((self._anchor(mention.anchor) for mention in candidate.mentions), default=0),
            sentence=max((self._sentence(m.sentence) for m in candidate.mentions), default=0),
            recency=-math.log1p(max(candidate.seconds_before, 0) / A_MONTH),
            topics=candidate.topics_shared,
            author=float(candidate.is_by_the_same),
        )

    def of_passage(self, passage: Sequence[str]) -> float:
        """How near a passage comes to the paragraph."""
        shared = self.vector.keys() & set(passage)
        if not shared:
            return 0
        counts = Counter(word for word in passage if word in shared)
        found = sum(self.vector[w] * self.asked[w] * (1 + math.log(counts[w])) for w in shared)
        return found / (self._norm(len(passage)) + SHORT_PASSAGE)

    def _bm25(self, asked: Vector, words: Mapping[str, int], length: int) -> float:
        hold = SATURATION * (1 - LENGTH + LENGTH * length / self.usual_length)
        shared = asked.keys() & words.keys()
        return sum(asked[w] * words[w] * (SATURATION + 1) / (words[w] + hold) for w in shared)

    def _name(self, names: frozenset[str]) -> float:
        found = sum(self.asked[word] for word in names if word in self.asked)
        return found / (found + self.usual * len(names - self.asked.keys()) or 1)

    def _whole(self, words: Mapping[str, int], length: int) -> float:
        shared = self.whole.keys() & words.keys()
        found = sum(self.whole[w] * TIMES[min(words[w], MOST_TIMES)] for w in shared)
        return found / (self._norm(length) or 1)

    def _norm(self, length: int) -> float:
        """About how long the vector of so many words is, without asking how rare each one is."""
        return self.usual * math.sqrt(length * 0.7)

    def _anchor(self, anchor: frozenset[str]) -> float:
        found = sum(self.asked.get(word, 0) for word in anchor)
        most = found + self.usual * len(anchor - self.asked.keys())
        return found / max(most, SHORT_ANCHOR * self.usual)

    def _sentence(self, sentence: Counter[str]) -> float:
        shared = self.vector.keys() & sentence.keys()
        found = sum(self.vector[w] * self.asked[w] for w in shared)
        return found / (self._norm(sum(sentence.values())) or 1)


def unit(corpus: Corpus, words: Counter[str]) -> dict[str, float]:
    """The words' weights, rare ones and repeated ones more, as a vector of length 1."""
    weights = corpus.weights(words)
    vector = {word: weight * (1 + math.log(words[word])) for word, weight in weights.items()}
    length = math.sqrt(sum(value * value for value in vector.values())) or 1
    return {word: value / length for word, value in vector.items()}
