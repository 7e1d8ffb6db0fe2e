"""Where the figure of a note stands: after the punctuation that follows its mark.

Authors write `so it is [@key].`, as Pandoc has it; readers see the full stop first and
the figure behind it, as printers set it (Pandoc's notes-after-punctuation).
"""

import re
from collections.abc import Callable, Sequence
from copy import copy

from markdown_it.token import Token

PUNCTUATION = re.compile(r"[.,;:!?…]+")


def after_punctuation(
    tokens: Sequence[Token], is_figure: Callable[[Token], bool]
) -> Sequence[Token]:
    """The same run of text with each figure, or row of figures, behind what it stood before."""
    settled: list[Token] = []
    figures: list[Token] = []
    for token in tokens:
        if is_figure(token):
            figures.append(token)
            continue
        start = PUNCTUATION.match(token.content) if token.type == "text" and figures else None
        if start:
            settled.append(_text(token, start[0]))
        settled += figures
        figures = []
        settled.append(_text(token, token.content[start.end() :]) if start else token)
    return settled + figures


def _text(token: Token, content: str) -> Token:
    """A copy: the document that holds the token may be rendered again."""
    made = copy(token)
    made.content = content
    return made
