"""Citekeys: short names for sources, made once in the manner of Better BibTeX and then kept.

`auth.lower + shorttitle(3,3) + year`, with a letter on clash: "plokhyMissileDecisionReported2024a".
Keys are plain keys of Pandoc's citation syntax, so that `[@key]` works in any of its tools.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import count, product
from string import ascii_lowercase

from sources.wordlists import words

MAX_LENGTH = 100
# Leaves room for the letters put behind a key that is taken.
_MAX_BASE = 90
_MAX_WORD = 24

# Pandoc: starts with a letter, digit or _; then those, with single punctuation inside.
PLAIN_KEY = re.compile(r"\w+(?:[:.#$%&\-+?<>~/]\w+)*")

# Words too common to tell titles apart, in the languages we are read in.
_FUNCTION_WORDS = words(
    "a an the of in on at to for from by with and or but nor as is are was were be that this "
    "it its der die das ein eine und im am zu von mit auf für la le les un une de du des et "
    "en el los las в у на і й та з із зі до від за про по и с к о об от для не w z na do od i "
    "o po ze we"
)

# Ukrainian first (the passport table of 2010, without its rule for initial letters), then the
# letters of Russian, Belarusian and the South Slavic languages.
_CYRILLIC = dict(
    pair.split("=")
    for pair in words(
        "а=a б=b в=v г=h ґ=g д=d е=e є=ie ж=zh з=z и=y і=i ї=i й=i к=k л=l м=m н=n о=o п=p р=r "
        "с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ь= ю=iu я=ia ё=e ъ= ы=y э=e ў=u ђ=dj ј=j "
        "љ=lj њ=nj ћ=c џ=dz ѓ=g ќ=k ѕ=dz"
    )
)
_LATIN = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
}
_TRANSLITERATED = {ord(letter): latin for letter, latin in (_CYRILLIC | _LATIN).items()}


def is_citekey(text: str) -> bool:
    """Whether Pandoc reads all of the text as one plain key."""
    return len(text) <= MAX_LENGTH and PLAIN_KEY.fullmatch(text) is not None


def citekey_base(
    *, family: str = "", outlet: str = "", title: str = "", year: int | None = None
) -> str:
    """The key a source would have if nobody else had it.

    The outlet stands in where there is no author. Never empty, always a plain key.
    """
    who = _letters(family or outlet).lower()[:_MAX_WORD]
    words = [w[:_MAX_WORD] for w in map(_letters, _telling_words(title)) if w][:3]
    what = "".join(word[:1].upper() + word[1:] for word in words)
    when = str(abs(year)) if year is not None else ""
    return (who + what)[: _MAX_BASE - len(when)] + when or "source"


def candidates(base: str) -> Iterator[str]:
    """The base, then the base with a, b … z, aa, ab … behind it, without end."""
    yield base
    for length in count(1):
        for letters in product(ascii_lowercase, repeat=length):
            yield base + "".join(letters)


def _telling_words(title: str) -> list[str]:
    words = re.findall(r"[^\W_]+(?:['’][^\W_]+)*", unicodedata.normalize("NFC", title))
    return [w for w in words if w.lower() not in _FUNCTION_WORDS] or words


def _letters(text: str) -> str:
    """Letters and digits only; Cyrillic and accented Latin in plain Latin, other scripts kept."""
    kept = []
    for character in unicodedata.normalize("NFC", text):
        latin = character.lower().translate(_TRANSLITERATED)
        plain = latin if latin != character.lower() else _without_accent(character)
        kept.append(plain.capitalize() if character.isupper() else plain)
    return "".join(c for c in "".join(kept) if c.isalnum())


def _without_accent(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[0]
    return base if base.isascii() else character
