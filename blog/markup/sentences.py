"""The sentence around a mark."""

import re
from bisect import bisect_right

LIMIT = 400
END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|\n")


class Sentences:
    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(found.end() for found in END.finditer(text))]

    def around(self, start: int, end: int) -> str:
        at = start if end > start else max(start - 1, 0)
        index = bisect_right(self._starts, at) - 1
        first = self._starts[index]
        last = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
        return " ".join(self.text[first : max(last, end)].split())[:LIMIT]
