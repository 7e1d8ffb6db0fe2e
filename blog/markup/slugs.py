"""Slugs: which are allowed, how two are compared, how a headline becomes one."""

import re
import unicodedata

LONGEST = 200
PUNCTUATION = "._-"
# A letter or digit of any script, with the vowel signs and accents that some scripts need.
WORDLIKE = ("L", "M", "N")
APOSTROPHES = re.compile(r"(?<=\w)['’ʼ](?=\w)")


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def fold(slug: str) -> str:
    """The one way slugs are compared: canonical form, without case."""
    return nfc(unicodedata.normalize("NFD", slug).casefold())


def is_slug(text: str) -> bool:
    return slug_problem(text) is None


def slug_problem(text: str) -> str | None:
    """What an author should be told about a slug that is not allowed; None when it is."""
    if not text:
        return "A slug cannot be empty."
    if len(text) > LONGEST:
        return f"A slug has at most {LONGEST} characters; this one has {len(text)}."
    if text != nfc(text):
        return "A slug must be in Unicode’s composed form (NFC)."
    for character in text:
        if not _is_allowed(character):
            return f"A slug cannot hold {_shown(character)}: use letters, digits, “.”, “_” or “-”."
    if not _is_wordlike(text[0]) or unicodedata.category(text[0]).startswith("M"):
        return f"A slug begins with a letter or a digit, not with {_shown(text[0])}."
    return None


def slugify(headline: str) -> str:
    """A slug for a headline, in the headline's own script; "" when nothing is left."""
    text = APOSTROPHES.sub("", nfc(headline.lower()))
    spaced = "".join(character if _is_wordlike(character) else " " for character in text)
    return _shortened(nfc("-".join(filter(None, map(_beginning, spaced.split())))))


def _beginning(word: str) -> str:
    """The word without accents that belong to no letter."""
    while word and unicodedata.category(word[0]).startswith("M"):
        word = word[1:]
    return word


def _shortened(slug: str) -> str:
    if len(slug) <= LONGEST:
        return slug
    head = slug[: LONGEST + 1]
    return head.rsplit("-", 1)[0] if "-" in head else slug[:LONGEST]


def _is_wordlike(character: str) -> bool:
    return unicodedata.category(character).startswith(WORDLIKE)


def _is_allowed(character: str) -> bool:
    return character in PUNCTUATION or _is_wordlike(character)


def _shown(character: str) -> str:
    if character.isspace():
        return "a space"
    return f"“{character}”" if character.isprintable() else f"U+{ord(character):04X}"
