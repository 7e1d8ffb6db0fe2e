"""Words as they are compared when something is looked for: one function for text and query alike.

Knows no language by heart. A word is folded (case, accents, ё, Ł) and cut to its first letters,
so that "missile" and "missiles", "ракета" and "ракети" meet, in any language that inflects at
the end.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

# Letters kept of a word. Fewer join what differs, more part what belongs together; measured.
LETTERS = 7
# Letters that Unicode does not take apart into a letter and an accent.
APART = str.maketrans(
    dict(zip("łđøħıŋґ", "ldohinг", strict=True)) | {"æ": "ae", "œ": "oe", "þ": "th"}
)
WORD = re.compile(r"(?:[^\W_ʼ]|[\u0300-\u036f])+(?:['’ʼ](?:[^\W_ʼ]|[\u0300-\u036f])+)*")
# Most text in Latin letters is plain but for its quotes and dashes, and is read ten times as fast.
PLAIN_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
TYPOGRAPHY = str.maketrans(dict.fromkeys("“”‘–—…•\xa0", " ") | dict.fromkeys("’ʼ", "'"))
APOSTROPHE = re.compile(r"['’ʼ]")
# Scripts written without spaces: two characters at a time stand for a word.
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def folded(text: str) -> str:
    """The text without case and accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return plain.casefold().translate(APART)


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word as it is compared, whole, with its place in the text."""
    for match in WORD.finditer(text):
        word = _without_apostrophes(folded(match[0]))
        if UNSPACED.search(word) and len(word) > 1:
            for place, (one, two) in enumerate(pairwise(word)):
                start = min(match.start() + place, match.end() - 1)
                yield one + two, start, min(start + 2, match.end())
        elif word:
            yield word, match.start(), match.end()


def whole_words(text: str) -> list[str]:
    plain = text.translate(TYPOGRAPHY)
    if not plain.isascii():
        return [word for word, _, _ in spans(text)]
    words = PLAIN_WORD.findall(plain.lower())
    return [_without_apostrophes(word) if "'" in word else word for word in words]


def stems(text: str) -> list[str]:
    """Each word cut to what counts of it."""
    return [word[:LETTERS] for word in whole_words(text)]


def line(text: str) -> str:
    """Its words with a space around each, so that a row of them is found as it is written."""
    return "".join(f" {word}" for word in whole_words(text)) + " "


def _without_apostrophes(word: str) -> str:
    """people's → people, l'école → ecole, об'єкт → обєкт."""
    first, *rest = APOSTROPHE.split(word)
    if not rest:
        return word
    if rest[-1] == "s" and len(rest) == 1:
        return first
    if len(first) == 1 and first.isascii():
        return "".join(rest)
    return "".join((first, *rest))
