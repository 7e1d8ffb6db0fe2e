"""Which posts have what is asked for, and how much speaks for each.

The rows of words are read and counted here, in whole numbers: both databases find the same, in
the same order. What posts that nobody sees have in those rows is left out at the end, and never
decides about another.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, StrIndex

from blog.models import Card, Occurrence, Word
from blog.models.finding import Place
from blog.models.reading import AT_ONCE, PostQuerySet
from blog.searching.asking import BEGINS, EXACT, Question, Term
from blog.searching.hits import Hit, Kind
from publication.words import LETTERS

# A word in the headline counts for more than any number of them in a text, in whichever form.
BY_PLACE: Mapping[int, int] = {Place.TEXT: 10, Place.STANDFIRST: 30, Place.HEADLINE: 60}
# More of the same word breaks ties.
MOST_TIMES = 8
# So few posts are asked for by their ids, more are sorted out here.
FEW = 500
LAST_LETTER = chr(0x10FFFF)

Points = dict[int, int]


@dataclass
class Vocabulary:
    """The rows of the words that a question may mean, by their ids."""

    words: dict[int, str] = field(default_factory=dict)
    posts: dict[int, int] = field(default_factory=dict)
    """How many have it, hidden ones too: to read the rarest first, and for nothing else."""

    @classmethod
    def of(cls, terms: Iterable[Term]) -> "Vocabulary":
        wanted = Q(pk__in=())
        for term in terms:
            wanted |= _meant(term)
        rows = list(Word.objects.filter(wanted).values_list("pk", "word", "posts"))
        return cls({pk: word for pk, word, _ in rows}, {pk: posts for pk, _, posts in rows})

    def ids(self, term: Term) -> list[int]:
        return [pk for pk, word in self.words.items() if _may_be(term, word)]

    def rows(self, term: Term) -> int:
        """How many rows there are to read; for words in a row those of the rarest."""
        if not term.is_row:
            return sum(self.posts[pk] for pk in self.ids(term))
        return min((self.posts[pk] for pk in self._of_row(term)), default=0)

    def rarest(self, term: Term) -> int | None:
        """Of words in a row; None where one of them is nowhere."""
        ids = self._of_row(term)
        is_whole = len(ids) == len(_stems_of_row(term))
        return min(ids, key=lambda pk: self.posts[pk]) if is_whole else None

    def _of_row(self, term: Term) -> list[int]:
        stems = _stems_of_row(term)
        return [pk for pk, word in self.words.items() if word in stems]


def _stems_of_row(term: Term) -> frozenset[str]:
    """Of those words that end where they end."""
    return frozenset(word[:LETTERS] for word in term.words[: -1 if term.is_open else None])


def _meant(term: Term) -> Q:
    if term.is_row:
        return Q(word__in=_stems_of_row(term))
    meant = Q(word__in=term.stems)
    if term.is_open and len(term.word) < LETTERS:
        meant |= Q(word__gte=term.word, word__lt=term.word + LAST_LETTER)
    return meant


def _may_be(term: Term, word: str) -> bool:
    return word in term.stems or (term.is_open and word.startswith(term.word[:LETTERS]))


def post_hits(question: Question, posts: PostQuerySet) -> Iterator[Hit]:
    """Those of `posts` that have every term and none that is not wanted, in no order."""
    points = _points(question)
    is_few = points is not None and len(points) <= FEW
    wanted = posts.filter(pk__in=list(points or ())) if is_few else posts
    # Not in order: an index has all of it (post_public), and the texts stay unread.
    rows = wanted.order_by().values_list(
        "pk", "story_id", Cast("dated_on", CharField()), Cast("published_at", CharField())
    )
    unwanted = _unwanted(question, points)
    for pk, story, day, moment in rows.iterator(AT_ONCE):
        if (points is None or pk in points) and pk not in unwanted:
            yield Hit(Kind.POST, pk, 0 if points is None else points[pk], f"{day} {moment}", story)


def _points(question: Question) -> Points | None:
    """Of posts that have every term; None where no term is asked for."""
    if not question.terms:
        return None
    known = Vocabulary.of(question.terms)
    total: Points | None = None
    for term in sorted(question.terms, key=known.rows):
        found = _having(term, known, among=total)
        if total is None:
            total = found
        else:
            total = {pk: total[pk] + points for pk, points in found.items() if pk in total}
        if not total:
            break
    return total


def _unwanted(question: Question, points: Points | None) -> set[int]:
    if not question.without or points == {}:
        return set()
    known = Vocabulary.of(question.without)
    return {
        pk for term in question.without for pk in _having(term, known, among=points, least=BEGINS)
    }


def _having(
    term: Term, known: Vocabulary, *, among: Points | None = None, least: int = 1
) -> Points:
    """Points of the posts that have a term; `among` a few, where few are left."""
    few = list(among) if among is not None and len(among) <= FEW else None
    if term.is_row:
        return _having_row(term, known, few)
    grades: dict[tuple[int, str], int] = {}
    found: Points = defaultdict(int)
    rows = Occurrence.objects.filter(word__in=known.ids(term), **_among(few))
    fields = rows.values_list("word_id", "post_id", "count", "place", "forms")
    for word, post, count, place, forms in fields.iterator(AT_ONCE):
        grade = grades.get((word, forms))
        if grade is None:
            grade = max(map(term.grade, forms.split() or [known.words[word]]))
            grades[word, forms] = grade
        if grade >= least:
            points = grade * BY_PLACE[place] + (count if count < MOST_TIMES else MOST_TIMES)
            if points > found[post]:
                found[post] = points
    return found


def _having_row(term: Term, known: Vocabulary, few: Sequence[int] | None) -> Points:
    rarest = known.rarest(term)
    if rarest is None:
        return {}
    having = Occurrence.objects.filter(word=rarest, **_among(few)).values("post")
    rows = (
        Card.objects.filter(pk__in=having)
        .annotate(stands_at=StrIndex(F("lines"), Value(term.row)))
        .annotate(headline_ends_at=StrIndex(F("lines"), Value("\n")))
        .filter(stands_at__gt=0)
        .values_list("pk", "stands_at", "headline_ends_at")
    )
    return {
        pk: EXACT * BY_PLACE[Place.HEADLINE if at < end or not end else Place.TEXT] + 1
        for pk, at, end in rows
    }


def _among(few: Sequence[int] | None) -> Mapping[str, object]:
    return {} if few is None else {"post__in": few}
