"""The sentence around a mark: small rules, which would rather join two sentences than cut one."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from blog.markup.abbreviations import (
    AFTER_AN_ORDINAL,
    BEFORE_A_NUMBER,
    BEFORE_A_WORD,
    FIRST_WORDS,
    MAY_END,
)

LIMIT = 400
# A quotation or bracket up to this long stays with its sentence, stops and all.
WHOLE = 240
STOP = re.compile(r"\n|(?P<stop>[.!?…؟۔।]+)[\"'”’»«“)\]]*(?=\s)|[。！？｡]+[\"”’»)\]」』）]*")
NEXT = re.compile(r"\s*[\"'“”„«»‘(\[¿¡—–-]*\s*(?P<word>[^\W\d_]*)(?P<digit>\d?)")
LAST = re.compile(r"[^\s\"'“”„«»‘’()\[\]]{1,30}$")
DOTTED = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
QUOTES = re.compile(r"[«»“”„\"()\[\]「」『』（）\n]")
# Which openings a mark can close; «…» and »…«, “…” and „…“ are all in use.
CLOSES = {
    "»": "«",
    "«": "»",
    "”": "“„",
    "“": "„",
    '"': '"',
    ")": "(",
    "]": "[",
    "」": "「",
    "』": "『",
    "）": "（",
}
DEEPEST = 8


class Sentences:
    """The sentences of one text, in which line breaks divide whatever stands around them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *boundaries(text)]

    def around(self, start: int, end: int) -> str:
        """The sentence that holds a mark; a note's figure belongs to the word before it."""
        if start == end:
            start = end = max(start - 1, 0)
        first = self.starts[self._index(start)]
        after = self._index(max(end - 1, start)) + 1
        last = self.starts[after] if after < len(self.starts) else len(self.text)
        return " ".join(self._fitted(first, last, start, end).split())

    def _index(self, at: int) -> int:
        return bisect_right(self.starts, at) - 1

    def _fitted(self, first: int, last: int, start: int, end: int) -> str:
        """The sentence, or as many whole words around the mark as the limit allows."""
        if last - first <= LIMIT:
            return self.text[first:last]
        room = max(LIMIT - 2 - (end - start), 0)
        left = max(first, min(start - room // 2, last - room))
        right = min(last, left + LIMIT - 2)
        words = self.text[left:right]
        if left > first:
            words = "…" + (words.partition(" ")[2] if " " in words[: start - left] else words)
        if right < last:
            words = (words.rpartition(" ")[0] or words) + "…"
        return words


def boundaries(text: str) -> Iterator[int]:
    """Where each sentence but the first begins."""
    spans = whole_spans(text)
    starts = [start for start, _ in spans]
    for found in STOP.finditer(text):
        if found[0] == "\n" or (
            not _is_within(found.end() - 1, spans, starts) and _divides(text, found)
        ):
            yield found.end()


def _divides(text: str, found: re.Match[str]) -> bool:
    """Whether a stop ends its sentence; that of Chinese and Japanese always does."""
    if found["stop"] is None:
        return True
    following = NEXT.match(text, found.end())
    word = following["word"] if following else ""
    if word[:1].islower():
        return False
    if found["stop"] != ".":
        return True
    before = LAST.search(text, max(found.start() - 30, 0), found.start())
    if before is None:
        return True
    is_number_next = bool(following and following["digit"] and not word)
    return not _is_abbreviation(before[0], word.casefold(), is_number_next, before.start() == 0)


def _is_abbreviation(last: str, following: str, is_number_next: bool, is_first: bool) -> bool:
    """Whether the full stop after `last` is only that of an abbreviation or a number."""
    folded = last.casefold()
    if folded in BEFORE_A_WORD or (is_number_next and folded in BEFORE_A_NUMBER):
        return True
    if folded.isdigit():
        return is_first or (len(folded) < 3 and following in AFTER_AN_ORDINAL)
    if folded in MAY_END or (DOTTED.fullmatch(folded) and last != "I"):
        return following not in FIRST_WORDS
    return False


def whole_spans(text: str) -> list[tuple[int, int]]:
    """Where quotations and brackets open and close, the outermost of the short ones, in order."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted(_pairs(text)):
        if end - start <= WHOLE and (not spans or start > spans[-1][1]):
            spans.append((start, end))
    return spans


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    pending: list[tuple[str, int]] = []
    for found in QUOTES.finditer(text):
        mark, at = found[0], found.start()
        if mark == "\n":
            pending.clear()
            continue
        openings = CLOSES.get(mark, "")
        for index in range(len(pending) - 1, max(len(pending) - 1 - DEEPEST, -1), -1):
            if pending[index][0] in openings:
                yield pending[index][1], at
                del pending[index:]
                break
        else:
            pending.append((mark, at))


def _is_within(at: int, spans: list[tuple[int, int]], starts: list[int]) -> bool:
    index = bisect_right(starts, at) - 1
    return index >= 0 and spans[index][0] < at < spans[index][1]
