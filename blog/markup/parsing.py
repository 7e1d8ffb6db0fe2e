"""parse(): a text becomes a Document."""

import hashlib
import re
from base64 import b32encode
from collections.abc import Iterator, Mapping, Sequence

from markdown_it.token import Token

from blog.markup import grammar
from blog.markup.marks import (
    Citation,
    Claim,
    Document,
    Flag,
    FlagReason,
    Link,
    Mark,
    Paragraph,
    Reference,
)
from blog.markup.passages import Passage
from blog.markup.reading import Flow, Found, NoteCall, read

WORD = re.compile(r"\w+(?:[-'’]\w+)*")
SURROGATES = re.compile(r"[\ud800-\udfff]")
Tokens = tuple[Token, ...]


def parse(text: str, *, with_marks: bool = True) -> Document:
    """Read a text once. Any text is a document: nothing an author types raises."""
    md = grammar.WITH_MARKS if with_marks else grammar.PLAIN
    tokens = md.parse(SURROGATES.sub("\ufffd", text), {})
    body, definitions, repeated = split_footnotes(tokens)
    flow = read(body)
    notes = {label: read(definition) for label, definition in definitions.items()}
    found, called = reading_order(flow, notes)
    flows = [flow, *(notes[label] for label in called)]
    passages = [passage for each in flows for passage in each.passages]
    name_paragraphs(passages)
    plain_text = "\n\n".join(filter(None, (passage.text.strip() for passage in passages)))
    return Document(
        text=text,
        marks=tuple(mark_of(each) for each in found),
        images=tuple(image for each in flows for image in each.images),
        flags=_flags(flows, repeated, definitions.keys() - set(called), definitions),
        paragraphs=tuple(
            Paragraph(each.id, each.text.strip(), each.line) for each in passages if each.id
        ),
        footnotes=len(called),
        words=sum(1 for _ in WORD.finditer(plain_text)),
        plain_text=plain_text,
        tokens=tuple(body),
        footnote_tokens={label: definitions[label] for label in called},
    )


def mark_of(found: Found) -> Mark:
    """The mark that a token stands for, complete with the sentence around it."""
    passage, meta = found.passage, found.token.meta
    sentence = passage.sentence(found.start, found.end)
    words = passage.words(found.start, found.end)
    mark: Mark
    if found.token.type == "reference_open":
        mark = Reference(
            slug=meta["slug"],
            kind=meta["kind"],
            words="" if meta["is_bare"] else words,
            target_paragraph=meta["target_paragraph"],
            source=meta["source"],
            line=found.line,
            sentence=sentence,
            paragraph=passage.id,
        )
    elif found.token.type == "claim_open":
        shown = "" if meta["is_bare"] else words
        mark = Claim(meta["slug"], shown, meta["source"], found.line, sentence, passage.id)
    elif found.token.type == "citation":
        mark = Citation(meta["items"], meta["source"], found.line, sentence, passage.id)
    else:
        mark = Link(found.url, words, found.line, sentence, passage.id, found.is_html)
    meta["mark"] = mark
    return mark


def split_footnotes(tokens: Sequence[Token]) -> tuple[Tokens, dict[str, Tokens], list[Token]]:
    """The body; each footnote's tokens by label; the openings of labels defined again."""
    flows: list[list[Token]] = [[]]
    openings: list[Token] = []
    definitions: dict[str, Tokens] = {}
    repeated = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            openings.append(token)
            flows.append([])
        elif token.type == "footnote_reference_close":
            opening, flow = openings.pop(), flows.pop()
            if opening.meta["label"] in definitions:
                repeated.append(opening)
            definitions.setdefault(opening.meta["label"], tuple(flow))
        else:
            flows[-1].append(token)
    return tuple(flows[0]), definitions, repeated


def reading_order(body: Flow, notes: Mapping[str, Flow]) -> tuple[list[Found], list[str]]:
    """All marks, a footnote's where it is first called; and the labels in that order."""
    found: list[Found] = []
    called: dict[str, None] = {}
    pending: list[Iterator[Found | NoteCall]] = [iter(body.found)]
    while pending:
        each = next(pending[-1], None)
        if each is None:
            pending.pop()
        elif isinstance(each, Found):
            found.append(each)
        elif each.label not in called:
            called[each.label] = None
            pending.append(iter(notes[each.label].found))
    return found, list(called)


def name_paragraphs(passages: Sequence[Passage]) -> None:
    """An id is made of the paragraph's own words, so that it outlives changes elsewhere."""
    seen: dict[str, int] = {}
    for passage in passages:
        if not passage.takes_id:
            continue
        text = passage.text.strip() or passage.source
        digest = hashlib.sha256(text.encode()).digest()
        name = "p-" + b32encode(digest).decode().lower()[:8]
        seen[name] = seen.get(name, 0) + 1
        passage.id = name if seen[name] == 1 else f"{name}-{seen[name]}"


def _flags(
    flows: Sequence[Flow],
    repeated: Sequence[Token],
    unused: set[str],
    definitions: Mapping[str, Tokens],
) -> tuple[Flag, ...]:
    flags = [flag for flow in flows for flag in flow.flags]
    for opening in repeated:
        source, line = f"[^{opening.meta['label']}]:", (opening.map or [0])[0] + 1
        remedy = "This footnote is defined twice; the first one counts."
        flags.append(Flag(FlagReason.REPEATED_FOOTNOTE, source, line, remedy))
    for label in unused:
        line = next((t.map[0] + 1 for t in definitions[label] if t.map), 1)
        remedy = f"Nothing refers to this footnote, so it is not shown: write [^{label}]."
        flags.append(Flag(FlagReason.UNUSED_FOOTNOTE, f"[^{label}]:", line, remedy))
    return tuple(sorted(flags, key=lambda flag: flag.line))
