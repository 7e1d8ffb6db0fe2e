"""The piece of a passage that says it, with the words that match marked."""

from collections.abc import Collection, Mapping

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from publication.words import LETTERS, spans

# In characters; about three lines in the editor's margin.
LENGTH = 240


def excerpt(text: str, weights: Mapping[str, float], *, length: int = LENGTH) -> SafeString:
    """The stretch of the text that holds the weightiest words, as HTML, escaped."""
    found = [
        (start, end, weights[word[:LETTERS]])
        for word, start, end in spans(text)
        if word[:LETTERS] in weights
    ]
    return excerpt_around(text, found, length=length)


def excerpt_around(
    text: str, found: list[tuple[int, int, float]], *, length: int = LENGTH
) -> SafeString:
    """The stretch of the text that holds the weightiest of these places, each of them marked."""
    start, end = _window(text, found, length)
    inside = [(a, b) for a, b, _ in found if a >= start and b <= end]
    return _marked(text, inside, start, end)


def marked_words(text: str, beginnings: Collection[str]) -> SafeString:
    """The whole text, with the words marked that begin so."""
    found = [(a, b) for word, a, b in spans(text) if word.startswith(tuple(beginnings))]
    return _marked(text, found, 0, len(text))


def _window(text: str, found: list[tuple[int, int, float]], length: int) -> tuple[int, int]:
    """From a word's beginning to a word's end, as much as fits around the best words."""
    if len(text) <= length:
        return 0, len(text)
    best, first = -1.0, 0
    for place, (start, _, _) in enumerate(found):
        weight = sum(w for a, b, w in found[place:] if b <= start + length)
        if weight > best:
            best, first = weight, place
    last = max((b for a, b, _ in found[first:] if b <= found[first][0] + length), default=0)
    start = max(0, (found[first][0] if found else 0) - max(0, (length - last) // 2, length // 8))
    start = text.rfind(" ", 0, start) + 1
    end = text.find(" ", start + length)
    return start, end if end > 0 else len(text)


def _marked(text: str, found: list[tuple[int, int]], start: int, end: int) -> SafeString:
    html, at = ["… "] if start else [], start
    for a, b in found:
        if a >= at:
            html += [escape(text[at:a]), "<mark>", escape(text[a:b]), "</mark>"]
            at = b
    html += [escape(text[at:end]), " …" if end < len(text) else ""]
    return mark_safe("".join(html))  # noqa: S308 - every piece of text is escaped above
