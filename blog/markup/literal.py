"""Places in which marks stay as typed, and the flags that say so."""

import re
from collections.abc import Iterator

from markdown_it.rules_inline import StateInline

from blog.markup.marks import FlagReason

BRACKETS = re.compile(r"\[\[[^\[\]\n]*\w[^\[\]\n]*\]\]|\[[^\[\]\n]*@[^\[\]\n]*\]")
CITED = re.compile(r"(?:^|[\s;\[-])@[\w{]")
REMEDIES = {
    FlagReason.IN_LINK_TEXT: "A mark inside a link’s text stays as typed; put it beside the link.",
    FlagReason.IN_ALT_TEXT: "A mark inside a picture’s description stays as typed.",
    FlagReason.IN_CODE: "A mark inside code stays as typed.",
    FlagReason.IN_HTML: "A mark inside a block of HTML stays as typed.",
}


def flag(state: StateInline, reason: FlagReason, remedy: str, source: str) -> bool:
    """Leave a token of no width for the editor; False, so that the text stays text."""
    token = state.push("flag", "", 0)
    token.hidden = True
    token.meta = {"at": state.pos, "reason": reason, "remedy": remedy, "source": source}
    return False


def is_literal(state: StateInline, source: str) -> bool:
    """Whether a mark found here must stay as typed; if so it is flagged."""
    reason = None
    if state.env.get("in_alt_text"):
        reason = FlagReason.IN_ALT_TEXT
    elif state.linkLevel > 0:
        reason = FlagReason.IN_LINK_TEXT
    if reason is not None:
        flag(state, reason, REMEDIES[reason], source)
    return reason is not None


def marks_in(text: str) -> Iterator[tuple[int, str]]:
    """What looks like a mark in code or raw HTML: where, and as typed."""
    for found in BRACKETS.finditer(text):
        if found[0].startswith("[[") or CITED.search(found[0]):
            yield found.start(), found[0]
