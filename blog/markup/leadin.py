"""The first words of a post, set in small capitals."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

FEWEST, MOST = 3, 5
SHORT = 3
WORD = re.compile(r"(?P<word>[^\W_][\w'’-]*)(?P<stop>[,;:.!?…—]*)(?:\s+|$)")


def with_lead_in(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens with the lead-in marked, where the text begins with plain words."""
    if len(tokens) < 2 or tokens[0].type != "paragraph_open":
        return tokens
    inline = tokens[1]
    first = (inline.children or [Token("none", "", 0)])[0]
    end = lead_in_end(first.content) if first.type == "text" else 0
    if not end:
        return tokens
    lead = Token("lead_in", "", 0, content=first.content[:end])
    rest = first.copy(content=first.content[end:])
    begun = inline.copy(children=[lead, rest, *(inline.children or [])[1:]])
    return [tokens[0], begun, *tokens[2:]]


def lead_in_end(text: str) -> int:
    """Where the first three to five words end, short of any punctuation; 0 for no lead-in."""
    words: list[re.Match[str]] = []
    position = 0
    while len(words) < MOST and (found := WORD.match(text, position)):
        words.append(found)
        position = found.end()
        if found["stop"]:
            break
    # "Sunday began with sirens and" ends better before its "and".
    while len(words) > FEWEST and not words[-1]["stop"] and len(words[-1]["word"]) <= SHORT:
        words.pop()
    return words[-1].end("word") if len(words) >= FEWEST else 0
