"""The mark `[see @a, para. 4; @b]`: Pandoc's bracketed citations, as an inline rule."""

import re
from collections.abc import Iterator

from markdown_it.rules_inline import StateInline

from blog.markup.literal import flag, is_literal
from blog.markup.locators import split_locator
from blog.markup.marks import CitedItem, FlagReason
from blog.markup.references import is_link
from blog.markup.slugs import nfc

MARK = re.compile(r"\[(?!\^)(?P<inside>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])++)\]", re.DOTALL)
# A key follows the start, a space, or the "-" that suppresses the author: me@example.org is text.
KEY = re.compile(
    r"(?:^|(?<=\s))(?P<suppress>-?)@(?:\{(?P<braced>[^{}\s]+)\}"
    r"|(?P<plain>\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*))"
)
NESTED = re.compile(r"\[[^\[\]]*\]")
SEMICOLON = re.compile(r"\\.|\{[^{}]*\}|(?P<splits>;)", re.DOTALL)


def citation_rule(state: StateInline, silent: bool) -> bool:
    """Turn a bracket that cites into one token."""
    if silent or state.src[state.pos] != "[":
        return False
    found = MARK.match(state.src, state.pos, state.posMax)
    if found is None or "@" not in found["inside"] or not _cites(found["inside"]):
        return False
    if is_literal(state, found[0]) or is_link(state):
        return False
    items = read_items(found["inside"])
    if items is None:
        remedy = "Each part between semicolons needs one @key: [see @a, p. 3; @b]."
        return flag(state, FlagReason.BAD_CITATION, remedy, found[0])
    gap = drop_gap(state)
    token = state.push("citation", "", 0)
    token.meta = {"at": found.start(), "source": found[0], "items": items, "gap": gap}
    state.pos = found.end()
    return True


def drop_gap(state: StateInline) -> str:
    """A note's figure stands against the word before it; the gap that was typed is returned."""
    if state.pending:
        kept = state.pending.rstrip(" ")
        gap = state.pending[len(kept) :]
        state.pending = kept
        return gap
    if state.tokens and state.tokens[-1].type == "softbreak":
        state.tokens.pop()
        state.tokens_meta.pop()
        return " "
    return ""


def read_items(inside: str) -> tuple[CitedItem, ...] | None:
    """The sources in a bracket's text; None when one of its parts has no key."""
    items = [_item(part) for part in _parts(nfc(inside))]
    known = tuple(item for item in items if item is not None)
    return known if len(known) == len(items) else None


def _parts(inside: str) -> Iterator[str]:
    """Split at semicolons, but not within braces: a URL may be a key."""
    start = 0
    for found in SEMICOLON.finditer(inside):
        if found["splits"]:
            yield inside[start : found.start()].strip()
            start = found.end()
    yield inside[start:].strip()


def _item(part: str) -> CitedItem | None:
    found = KEY.search(_outer(part))
    if found is None:
        return None
    locator, suffix = split_locator(part[found.end() :])
    return CitedItem(
        key=found["braced"] or found["plain"],
        prefix=part[: found.start()].strip(),
        suffix=suffix,
        locator=locator.value,
        label=locator.label,
        locator_shown=locator.shown,
        suppress_author=bool(found["suppress"]),
    )


def _cites(inside: str) -> bool:
    # A key may also stand right after a semicolon.
    return KEY.search(_outer(inside).replace(";", "; ")) is not None


def _outer(text: str) -> str:
    """The text with its inner brackets blotted out: what stands in them is read by itself."""
    return NESTED.sub(lambda inner: "]" * len(inner[0]), text)
