"""The marks `[[kind::slug#paragraph|words]]` and `[[claim::slug|words]]`, as one inline rule."""

import difflib
import re

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.link import link

from blog.markup.literal import flag, is_literal
from blog.markup.marks import FlagReason, Kind
from blog.markup.slugs import nfc, slug_problem

MARK = re.compile(
    r"""
    \[\[ \s*
    (?: (?P<kind> [\w-]{1,40} ) \s* :: \s* )?
    (?P<slug> [^\s\[\]|\#\\:] [^\[\]|\#\\:\n]{0,250}? ) \s*
    (?: \# (?P<paragraph> [\w-]{1,100} ) \s* )?
    (?: \\?\| (?P<words> (?: [^\[\]\\] | \\. | \[[^\[\]]*\] )*+ ) )?
    \]\]
    """,
    re.VERBOSE | re.DOTALL,
)
# In the place of a kind: what is named then is a claim, not a post.
CLAIM = "claim"
LOOKS_LIKE = re.compile(r"\[\[[^\[\]\n]*\w[^\[\]\n]*\]\]")
BEGINS_LIKE = re.compile(r"\[\[[\w.-]{1,250}+(?:\||::|#|$)")
# `a[[0]]` is an index, as in R: a bare mark does not stand against a letter, digit or bracket.
GLUE = re.compile(r"[A-Za-z0-9_)\]]")


def reference_rule(state: StateInline, silent: bool) -> bool:
    """Turn a mark into reference_open, the tokens of its words, reference_close."""
    # Silent means that a link looks for its closing bracket: inside its text marks are literal.
    if silent or not state.src.startswith("[[", state.pos):
        return False
    found = MARK.match(state.src, state.pos, state.posMax)
    if found is None:
        return _flag_malformed(state)
    if is_literal(state, found[0]) or is_link(state):
        return False
    if problem := _problem(state, found):
        return flag(state, *problem, found[0])
    _push(state, found)
    return True


def is_link(state: StateInline) -> bool:
    """What CommonMark reads as a link from this bracket on stays a link."""
    start, end = state.pos, state.posMax
    matched = link(state, True)
    state.pos, state.posMax = start, end
    return matched


def _problem(state: StateInline, found: re.Match[str]) -> tuple[FlagReason, str] | None:
    kind = (found["kind"] or "").lower()
    if kind and kind != CLAIM and kind not in set(Kind):
        return FlagReason.UNKNOWN_KIND, unknown_kind(kind)
    if kind == CLAIM and found["paragraph"]:
        return FlagReason.BAD_SLUG, "A claim has no paragraphs: [[claim::slug|words]]."
    if problem := slug_problem(nfc(found["slug"].strip())):
        return FlagReason.BAD_SLUG, problem
    before = state.src[state.pos - 1] if state.pos else ""
    if not kind and not found["words"] and GLUE.fullmatch(before):
        return FlagReason.GLUED, "Put a space before it, or give it words: [[slug|words]]."
    return None


def unknown_kind(kind: str) -> str:
    near = difflib.get_close_matches(kind, [*Kind, CLAIM], n=1, cutoff=0.5)
    if near:
        return f"“{kind}” is not a kind of reference; the nearest is “{near[0]}”."
    return f"“{kind}” is not a kind of reference; use one of {', '.join(Kind)}, or claim."


def _push(state: StateInline, found: re.Match[str]) -> None:
    kind = (found["kind"] or Kind.BACKGROUND).lower()
    name = "claim" if kind == CLAIM else "reference"
    opening = state.push(f"{name}_open", "a", 1)
    opening.meta = {
        "at": found.start(),
        "source": found[0],
        "slug": nfc(found["slug"].strip()),
        "is_bare": not (found["words"] or "").strip(),
    }
    if kind != CLAIM:
        opening.meta |= {"kind": Kind(kind), "target_paragraph": found["paragraph"] or ""}
    if not opening.meta["is_bare"]:
        _tokenize_words(state, *_stripped(state.src, *found.span("words")))
    state.push(f"{name}_close", "a", -1)
    state.pos = found.end()


def _tokenize_words(state: StateInline, start: int, end: int) -> None:
    """Words are read as a link's text is: emphasis and code work, marks stay literal."""
    outer_end, state.pos, state.posMax = state.posMax, start, end
    state.linkLevel += 1
    state.md.inline.tokenize(state)
    state.linkLevel -= 1
    state.posMax = outer_end
    # The library's rule of text reads on to the next sign that may mean something.
    if state.tokens and state.tokens[-1].type == "text":
        state.tokens[-1].content = state.tokens[-1].content.rstrip()


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _flag_malformed(state: StateInline) -> bool:
    if found := LOOKS_LIKE.match(state.src, state.pos, state.posMax):
        if is_literal(state, found[0]) or is_link(state):
            return False
        inner = found[0][2:-2]
        problem = slug_problem(inner) or "A reference is [[slug]] or [[slug|words]]."
        return flag(state, FlagReason.BAD_SLUG, problem, found[0])
    if found := BEGINS_LIKE.match(state.src, state.pos, state.posMax):
        remedy = "Close it with ]]; inside a table write \\| for its bar."
        return flag(state, FlagReason.UNCLOSED, remedy, found[0])
    return False
