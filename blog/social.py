"""The picture that stands for a page elsewhere: its words, set in the site's own type.

Drawn when it is first asked for. Its address carries a digest of all that it says, so that it may
be kept for ever and is another when anything of it changes.
"""

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import groupby

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.formats import date_format
from PIL import Image, ImageDraw, ImageFont

from blog.models import Post
from blog.models.addresses import path_of
from publication.models import Publication

WIDTH, HEIGHT = 1200, 630
MARGIN = 84
# Raise it when the same words come to be drawn otherwise.
DRAWING = "1"
A_WEEK = 7 * 24 * 3600

# As in static/css/pages.css, in light.
PAPER, INK, INK_2, RULE, PENCIL = "#fdfdfc", "#16181c", "#434950", "#cdd1d6", "#2348a5"
SERIF, SANS = "brygada", "franklin"
# The faces of pages.css are cut by script; what is in neither of these is in the first file.
SCRIPTS: Sequence[tuple[str, Sequence[tuple[int, int]]]] = (
    ("cyrillic", ((0x301, 0x301), (0x400, 0x45F), (0x490, 0x491), (0x2116, 0x2116))),
    ("latin-ext", ((0x100, 0x130), (0x132, 0x151), (0x154, 0x2BA), (0x1E80, 0x1EF3))),
)
# The sans has Latin and Cyrillic in one: where there is Cyrillic, its labels need both.
FILES = {("franklin", "latin"): "franklin", ("franklin", "cyrillic"): "franklin"}
# The largest size in which the headline takes no more than so many lines is the one it gets.
SIZES = ((96, 2), (84, 3), (72, 4), (58, 5), (47, 6))


@dataclass(frozen=True)
class Words:
    """All that one picture says."""

    headline: str
    publication: str
    byline: str = ""
    day: str = ""

    @property
    def digest(self) -> str:
        inputs = (DRAWING, self.headline, self.publication, self.byline, self.day)
        return hashlib.sha256(repr(inputs).encode()).hexdigest()[:16]


def words_of_post(post: Post, publication: Publication) -> Words:
    """Of a public post; its bylines are looked up already."""
    names = [byline.author.name for byline in post.bylines.all()]
    at = timezone.localtime(post.published_at, publication.zone)
    return Words(post.headline, publication.name, _listed(names), date_format(at, "j F Y"))


def words_of_site(publication: Publication) -> Words:
    return Words(publication.tagline or publication.name, publication.name)


def path_of_post(post: Post, publication: Publication) -> str:
    return path_of("post_picture", str(post.uid), words_of_post(post, publication).digest)


def path_of_site(publication: Publication) -> str:
    return path_of("site_picture", words_of_site(publication).digest)


def picture(words: Words) -> bytes:
    """The PNG, drawn once in a while."""
    key = f"social-{words.digest}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = _drawn(words)
        cache.set(key, kept, A_WEEK)
    return kept


def _listed(names: Sequence[str]) -> str:
    if len(names) > 3:
        return f"{names[0]} and others"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _drawn(words: Words) -> bytes:
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    _write(draw, (MARGIN, 108), words.publication, Face(SANS, 34, 500), INK)
    draw.line((MARGIN, 142, WIDTH - MARGIN, 142), fill=RULE, width=2)
    face, lines = _set(_settable(words.headline, SERIF) or _settable(words.publication, SERIF))
    for number, line in enumerate(lines):
        _write(draw, (MARGIN, 142 + 34 + face.lead * (number + 1)), line, face, INK)
    draw.line((MARGIN, 534, MARGIN + 64, 534), fill=PENCIL, width=4)
    foot = ", ".join(filter(None, [words.byline, words.day]))
    _write(draw, (MARGIN, 584), foot, Face(SANS, 30, 400), INK_2)
    out = BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


# --- Setting type ---------------------------------------------------------------------


@dataclass(frozen=True)
class Face:
    """A family in a size and a weight; which of its files a letter is in is found here."""

    family: str
    size: int
    weight: int

    @property
    def lead(self) -> int:
        return round(self.size * 1.12)

    def runs(self, text: str) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
        for script, letters in groupby(text, key=_script):
            yield "".join(letters), _font(self.family, script, self.size, self.weight)

    def length(self, text: str) -> float:
        return sum(font.getlength(run) for run, font in self.runs(text))


def _script(letter: str) -> str:
    for script, ranges in SCRIPTS:
        if any(first <= ord(letter) <= last for first, last in ranges):
            return script
    return "latin"


@lru_cache(maxsize=64)
def _font(family: str, script: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    name = FILES.get((family, script), f"{family}-{script}")
    file = settings.BASE_DIR / "static" / "fonts" / f"{name}.woff2"
    font = ImageFont.truetype(str(file), size)
    font.set_variation_by_axes([weight])
    return font


def _write(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, face: Face, ink: str
) -> None:
    """From a point on the base line, cut where the margin is."""
    x, y = at
    text = _settable(text, face.family)
    while face.length(text) > WIDTH - 2 * MARGIN:
        text = text.rstrip("…")[:-1].rstrip() + "…"
    for run, font in face.runs(text):
        draw.text((x, y), run, font=font, fill=ink, anchor="ls")
        x += font.getlength(run)


def _settable(text: str, family: str) -> str:
    """What our faces have letters for; nothing, where a word would lose some of its own."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    missing = {letter for letter in set(text) if not _has(family, letter)}
    if any(unicodedata.category(letter)[0] in "LMN" for letter in missing):
        return ""
    return " ".join("".join(letter for letter in text if letter not in missing).split())


@lru_cache(maxsize=2000)
def _has(family: str, letter: str) -> bool:
    """Whether the letter is drawn as anything but the box that stands for what is not there."""
    font = _font(family, _script(letter), 24, 400)
    return letter == " " or bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))


def _set(text: str) -> tuple[Face, list[str]]:
    for size, most in SIZES:
        face = Face(SERIF, size, 500)
        lines = _lines(text, face, WIDTH - 2 * MARGIN)
        if len(lines) <= most:
            return face, _balanced(text, face, len(lines))
    return face, [*lines[: most - 1], lines[most - 1].rstrip(" ,;:.") + "…"]


def _lines(text: str, face: Face, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        for part in _parts(word, face):
            longer = f"{lines[-1]} {part}".strip()
            if face.length(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(part)
    return [line for line in lines if line]


def _parts(word: str, face: Face) -> Iterator[str]:
    """A word that no line can hold is broken where it must be."""
    while len(word) > 1 and face.length(word) > WIDTH - 2 * MARGIN:
        cut = next(n for n in range(len(word), 0, -1) if face.length(word[:n]) < WIDTH - 2 * MARGIN)
        yield word[:cut]
        word = word[cut:]
    yield word


def _balanced(text: str, face: Face, count: int) -> list[str]:
    """As many lines, of nearly one length: no single word is left to the last."""
    widths = range(WIDTH - 2 * MARGIN, 300, -12)
    fitting = [lines for width in widths if len(lines := _lines(text, face, width)) == count]
    return fitting[-1] if fitting else []
