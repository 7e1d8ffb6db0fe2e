"""for_readers(): an author's text, cut down to what its page shows. Still Markdown.

Marks that lead to nothing public become plain words, as on the page. What no reader sees is left
out: comments, declarations, the insides of scripts and templates, footnotes that nothing calls.
Code stays as it is.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from blog.markup import grammar
from blog.markup.marks import Document
from blog.markup.raw_html import DECLARATION, SILENT, TAG, Tag, opening, pieces
from blog.markup.references import CLAIM, MARK
from blog.markup.sanitising import raw_attributes
from blog.markup.slugs import fold
from blog.markup.targets import LinkState, Targets

CODE = r"(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)"
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# To the end of its block, where nothing closes it.
UNSEEN_IN_BLOCK = re.compile(
    rf"<!--.*?(?:-->|\Z)|<(?P<name>{'|'.join(sorted(SILENT))})\b[^>]*>.*?(?:</(?P=name)\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
LINK = re.compile(
    r"(?<!!)\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"\(\s*(?P<url><[^<>\n]*>|(?:[^\s()<>]|\([^\s()]*\))*)"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
ADDRESS = re.compile(r"<?(?P<url>(?:https?://|/)[^\s<>\"'()\[\]]+)>?", re.IGNORECASE)
# The usual way to hide a remark in Markdown: [//]: # (…)
REMARK = re.compile(r"^ {0,3}\[[^\[\]\n]+\]:[ \t]*(?:#|<#?>)[ \t].*\n?", re.MULTILINE)
Lines = set[int]
Replace = Callable[[re.Match[str]], str]


def for_readers(document: Document, targets: Targets) -> str:
    """`targets` as for the page: what has none there, or no address, is not to be named."""
    text = document.text.replace("\r\n", "\n").replace("\r", "\n")
    tokens = grammar.WITH_MARKS.parse(text, {})
    code, blocks = _lines(tokens, "fence", "code_block"), _lines(tokens, "html_block")
    uncalled = _uncalled(tokens, document)
    cut = Cut(document, targets)
    parts = []
    kinds = (
        (number in code, number in blocks, line)
        for number, line in enumerate(text.split("\n"))
        if number not in uncalled
    )
    for (is_code, is_html), lines in groupby(kinds, key=lambda each: each[:2]):
        part = "\n".join(line for *_, line in lines)
        parts.append(part if is_code else cut.html(part) if is_html else cut.prose(part))
    return "\n".join(parts).strip("\n")


class Cut:
    """What one text may not name, and how it is taken out."""

    def __init__(self, document: Document, targets: Targets) -> None:
        self.posts = {
            fold(mark.slug)
            for mark in document.references
            if targets.reference(mark.slug).url is None
        }
        self.claims = {fold(mark.slug) for mark in document.claims} - targets.claims.keys()
        self.dead = {
            link.url
            for link in document.links
            if (target := targets.links.get(link.url)) and target.state is LinkState.DEAD
        }

    def html(self, part: str) -> str:
        part = DECLARATION.sub("", UNSEEN_IN_BLOCK.sub("", part))
        return self._addresses(TAG.sub(_seen, part))

    def prose(self, part: str) -> str:
        for pattern, replace in (
            (COMMENT, _nothing),
            (DECLARATION, _nothing),
            (REMARK, _nothing),
            (TAG, _seen),
            (MARK, self._mark),
            (LINK, self._link),
        ):
            part = _outside_code(pattern, replace, part)
        return self._addresses(part)

    def _mark(self, found: re.Match[str]) -> str:
        slug = fold(found["slug"].strip())
        hidden = self.claims if (found["kind"] or "").lower() == CLAIM else self.posts
        if slug not in hidden:
            return found[0]
        return (found["words"] or "").strip() or found["slug"].strip()

    def _link(self, found: re.Match[str]) -> str:
        return found["words"] if self._is_dead(found["url"].strip("<>")) else found[0]

    def _addresses(self, part: str) -> str:
        """Those of pictures, definitions, raw HTML."""
        return ADDRESS.sub(lambda found: "" if self._is_dead(found["url"]) else found[0], part)

    def _is_dead(self, url: str) -> bool:
        return bool(self.dead) and (
            url in self.dead or grammar.WITH_MARKS.normalizeLink(unescapeAll(url)) in self.dead
        )


def _nothing(found: re.Match[str]) -> str:
    return ""


def _seen(found: re.Match[str]) -> str:
    """A tag without the attributes that the page leaves out."""
    tag = next(pieces(found[0]), None)
    if not isinstance(tag, Tag) or tag.is_closing:
        return found[0]
    kept = raw_attributes(tag.name, tag.attrs)
    return found[0] if kept == tag.attrs else opening(tag.name, kept)


def _outside_code(pattern: re.Pattern[str], replace: Replace, text: str) -> str:
    """Code is found in the same walk, so that whichever begins first counts, as in CommonMark."""
    code = re.compile(CODE, re.DOTALL)
    parts, position = [], 0
    while found := pattern.search(text, position):
        span = next(
            (each for each in code.finditer(text, position) if each.end() > found.start()), None
        )
        if span and span.start() < found.start():
            parts.append(text[position : span.end()])
            position = span.end()
            continue
        parts += [text[position : found.start()], replace(found)]
        position = found.end()
    return "".join([*parts, text[position:]])


def _lines(tokens: Iterable[Token], *types: str) -> Lines:
    maps = (token.map for token in tokens if token.type in types and token.map)
    return {line for first, last in maps for line in range(first, last)}


def _uncalled(tokens: Sequence[Token], document: Document) -> Lines:
    """The lines of footnotes that the page does not show: nothing calls them, or not these."""
    known: set[str] = set()
    lines: Lines = set()
    for label, inside in _footnotes(tokens):
        if label in known or label not in document.footnote_tokens:
            maps = [token.map for token in inside if token.map]
            if maps:
                lines |= set(range(min(m[0] for m in maps), max(m[1] for m in maps)))
        known.add(label)
    return lines


def _footnotes(tokens: Sequence[Token]) -> Iterator[tuple[str, list[Token]]]:
    inside: list[list[Token]] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            inside.append([])
        for each in inside:
            each.append(token)
        if token.type == "footnote_reference_close":
            yield inside[-1][0].meta["label"], inside.pop()
