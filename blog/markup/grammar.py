"""The two parsers: plain CommonMark, and CommonMark with tables, footnotes and our marks."""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.autolink import autolink
from markdown_it.rules_inline.backticks import backtick
from markdown_it.rules_inline.html_inline import html_inline
from markdown_it.rules_inline.image import image
from markdown_it.rules_inline.link import link
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

from blog.markup.citations import citation_rule, drop_gap
from blog.markup.literal import flag, is_literal
from blog.markup.marks import FlagReason
from blog.markup.references import reference_rule

Rule = Callable[[StateInline, bool], bool]
FOOTNOTE = re.compile(r"\[\^(?P<label>[^\s\[\]]+)\]")


def plain() -> MarkdownIt:
    return MarkdownIt("commonmark")


def with_marks() -> MarkdownIt:
    md = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # Footnotes stay where they are defined: our own numbering is shared with citations.
    footnote_plugin(md, inline=False, move_to_end=False)
    inline = md.inline.ruler
    inline.before("link", "reference", reference_rule)
    inline.before("link", "citation", citation_rule)
    inline.at("backticks", located(backtick))
    inline.at("link", located(link))
    inline.at("image", located(with_literal_alt(image)))
    inline.at("autolink", located(autolink))
    inline.at("html_inline", located(html_inline))
    inline.at("footnote_ref", located(against_the_word(footnote_ref)))
    inline.after("footnote_ref", "undefined_footnote", undefined_footnote)
    return md


def located(rule: Rule) -> Rule:
    """Make a rule of the library note on its tokens where in the text it found them."""

    def noting(state: StateInline, silent: bool) -> bool:
        start, known = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            for token in state.tokens[known:]:
                token.meta.setdefault("at", start)
        return True

    return noting


def with_literal_alt(rule: Rule) -> Rule:
    """Marks in a picture's description stay as typed."""

    def guarding(state: StateInline, silent: bool) -> bool:
        outer = state.env.get("in_alt_text", False)
        state.env["in_alt_text"] = True
        try:
            return rule(state, silent)
        finally:
            state.env["in_alt_text"] = outer

    return guarding


def against_the_word(rule: Rule) -> Rule:
    """A footnote's figure stands, like a citation's, against the word, and in no link's text."""

    def closing(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if silent or not rule(state, True):
            return False
        source, state.pos = state.src[start : state.pos], start
        if is_literal(state, source):
            return False
        drop_gap(state)
        return rule(state, False)

    return closing


def undefined_footnote(state: StateInline, silent: bool) -> bool:
    if not silent and (found := FOOTNOTE.match(state.src, state.pos, state.posMax)):
        defined = state.env.get("footnotes", {}).get("refs", {})
        if f":{found['label']}" not in defined:
            remedy = f"Nothing defines it: add a line that begins {found[0]}: or remove it."
            flag(state, FlagReason.UNDEFINED_FOOTNOTE, remedy, found[0])
    return False


PLAIN = plain()
WITH_MARKS = with_marks()
