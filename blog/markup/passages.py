"""The plain text of a block, with the places of its marks."""

import re
from dataclasses import dataclass, field

from blog.markup.sentences import Sentences

SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Passage:
    """Built piece by piece; white space is folded as it comes, a line break divides sentences."""

    line: int
    takes_id: bool = True
    source: str = ""
    id: str = ""
    length: int = 0
    _pieces: list[str] = field(default_factory=list)
    _ends_open: bool = False
    _sentences: Sentences | None = None

    def add(self, text: str) -> None:
        folded = SPACE.sub(" ", text)
        if not self._ends_open:
            folded = folded.lstrip()
        if folded:
            self._append(folded)
            self._ends_open = not folded.endswith(" ")

    def divide(self) -> None:
        """End the sentence here, whatever it looks like: the row of a table, a line break."""
        if self.length:
            self._append("\n")
            self._ends_open = False

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def words(self, start: int, end: int) -> str:
        return self._read().text[start:end].strip()

    def sentence(self, start: int, end: int) -> str:
        return self._read().around(start, end)

    def _append(self, text: str) -> None:
        self._pieces.append(text)
        self.length += len(text)

    def _read(self) -> Sentences:
        if self._sentences is None:
            self._sentences = Sentences(self.text)
        return self._sentences
