"""What a reader typed, and what it asks for. Pure; whatever is typed asks for something.

words                every one of them, in any form; the last one may go on
"as it is written"   these words, so, one after the other; so does long-range
missil*              words that begin so
-word  -"a phrase"   posts without
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from blog.searching.endings import inflected
from publication.words import LETTERS, UNSPACED, whole_words

# Of what was typed; more is not read.
LONGEST, MOST_TERMS = 300, 10
# Letters from which on a word may go on: the last one by itself, any with its star.
SHORTEST_LAST, SHORTEST_STARRED = 4, 3
# A word in another form may differ in so many of its last letters.
LAST_LETTERS = 3
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"') | {"−": "-"})
TOKEN = re.compile(r'(-(?=\S))?(?:"([^"]*)"?|([^\s"]+))')

# How near a word of a text comes to the one that is asked for.
EXACT, INFLECTED, BEGINS, CUT = 10, 8, 7, 5


@dataclass(frozen=True)
class Term:
    """A word that is asked for, or several in a row."""

    words: tuple[str, ...]
    is_exact: bool = False
    """In this form only."""
    is_open: bool = False
    """The last word may go on."""

    def __str__(self) -> str:
        return " ".join(self.words)

    def typed(self, *, is_last: bool = False) -> str:
        """As it could have been typed."""
        if self.is_open:
            goes_on = is_last and len(self.words[-1]) >= SHORTEST_LAST
            return "-".join(self.words) + ("" if goes_on else "*")
        return f'"{self}"' if self.is_exact else str(self)

    @property
    def word(self) -> str:
        return self.words[0]

    @property
    def is_row(self) -> bool:
        return len(self.words) > 1

    @property
    def row(self) -> str:
        """As it stands in a line of words (publication.words.line)."""
        return f" {self}" if self.is_open else f" {self} "

    @cached_property
    def beginning(self) -> str:
        """What words share that say the same in a longer form; empty for short ones."""
        is_long = len(self.word) >= LETTERS and not self.is_exact
        return self.word[: max(LETTERS, len(self.word) - LAST_LETTERS)] if is_long else ""

    @cached_property
    def forms(self) -> frozenset[str]:
        return frozenset() if self.is_exact or self.is_row else inflected(self.word)

    @cached_property
    def stems(self) -> frozenset[str]:
        """As words are kept, cut; those that only begin like an open one are not among them."""
        return frozenset(form[:LETTERS] for form in {self.word, *self.forms})

    @cached_property
    def common(self) -> str:
        """What a line of words has in it wherever it has the term in any form."""
        if self.is_row or self.is_exact:
            return self.row
        forms = {self.word, self.beginning or self.word, *self.forms}
        pairs = zip(min(forms), max(forms), strict=False)
        return " " + "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

    def grade(self, word: str) -> int:
        """How near a word of a text comes; 0 when it is another."""
        if word == self.word:
            return EXACT
        if word in self.forms:
            return INFLECTED
        if self.is_open and word.startswith(self.word):
            return BEGINS
        return CUT if self.beginning and word.startswith(self.beginning) else 0

    def grade_of(self, line: str) -> int:
        """How near a line of words comes, at its best."""
        if self.common not in line:
            return 0
        if self.is_row:
            return EXACT
        if f" {self.word} " in line:
            return EXACT
        return max(map(self.grade, line.split()), default=0)


@dataclass(frozen=True)
class Question:
    """What is asked for, and what is not wanted."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()

    def __str__(self) -> str:
        """As it could have been typed."""
        shown = [term.typed(is_last=term is self.terms[-1]) for term in self.terms]
        return " ".join([*(f"-{term.typed()}" for term in self.without), *shown])

    def __bool__(self) -> bool:
        return bool(self.terms or self.without)

    @property
    def words(self) -> list[str]:
        return [word for term in self.terms for word in term.words]


def asked(typed: str) -> Question:
    tokens = list(TOKEN.finditer(typed[:LONGEST].translate(QUOTES)))
    terms: dict[Term, None] = {}
    without: dict[Term, None] = {}
    for token in tokens:
        minus, quoted, bare = token.groups()
        is_last = token is tokens[-1] and not minus
        if term := _quoted(quoted) if bare is None else _bare(bare, is_last=is_last):
            (without if minus else terms)[term] = None
    return Question(tuple(terms)[:MOST_TERMS], tuple(without)[:MOST_TERMS])


def _quoted(text: str) -> Term | None:
    words = tuple(whole_words(text))
    return Term(words, is_exact=True) if words else None


def _bare(text: str, *, is_last: bool) -> Term | None:
    """The last word may not be typed to its end, and goes on by itself."""
    words = tuple(whole_words(text))
    if not words:
        return None
    shortest = SHORTEST_STARRED if text.endswith("*") else SHORTEST_LAST if is_last else LONGEST
    is_open = len(words[-1]) >= shortest or (is_last and bool(UNSPACED.search(words[-1])))
    return Term(words, is_exact=len(words) > 1, is_open=is_open)
