"""Reads language.md: prose, and between dots an input and what must come of it.

    The title of a case
    .
    what the author types
    . html
    what must come out
    .

The word after the second dot says what is compared: see `SHOWN`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from blog.markup import (
    Citation,
    CitationTarget,
    Claim,
    ClaimTarget,
    Document,
    Link,
    LinkState,
    LinkTarget,
    Mark,
    Reference,
    ReferenceTarget,
    Rendered,
    Targets,
    fold,
    parse,
    render,
)

LANGUAGE = Path(__file__).with_name("language.md")
CASE = re.compile(r"^([^\n]+)\n\.\n(.*?)^\. (\w+)\n(.*?)^\.$", re.MULTILINE | re.DOTALL)
OWN_IDS = re.compile(r' id="(?:p-[^"]*)"')

TARGETS = Targets(
    references={
        fold("asking-for-range"): ReferenceTarget(
            "/2024/09/02/asking-for-range/", "Asking for range"
        ),
        fold("the-case"): ReferenceTarget("/2024/09/23/the-case/", "The case <Kyiv> keeps making"),
        fold("про-дальність"): ReferenceTarget("/2024/10/01/про-дальність/", "Про дальність"),
        fold("draft"): ReferenceTarget(None, "A secret title"),
    },
    citations={
        "cl": CitationTarget(
            "A. Reporter, <cite>Capital Ledger</cite>, 17 November 2024",
            "<cite>Capital Ledger</cite>, 17 November 2024",
            after_html='<span class="prov">Newspaper; unnamed US officials.</span>',
        ),
        "dm": CitationTarget("<cite>Dnipro Monitor</cite>, 17 November 2024."),
        "https://example.org/a?b=c": CitationTarget("A page"),
    },
    claims={
        "atacms": ClaimTarget("/claims/atacms/", "Washington has said <yes>.", "reported"),
        "soldiers": ClaimTarget(
            "/claims/soldiers/", "Soldiers are there.", "corroborated", is_contested=True
        ),
        "війська": ClaimTarget("/claims/війська/", "Війська прибули.", "confirmed"),
    },
    links={
        "/2024/09/02/asking/": LinkTarget(LinkState.OWN, "/2024/09/02/asking-for-range/"),
        "/2024/draft/": LinkTarget(LinkState.DEAD),
        "https://own.example/media/map.png": LinkTarget(LinkState.OWN, "/media/map.png"),
    },
)


@dataclass(frozen=True)
class Case:
    title: str
    source: str
    kind: str
    expected: str

    def outcome(self) -> str:
        document = parse(self.source.removesuffix("\n"))
        return SHOWN[self.kind](document, _rendered(document, self.kind)).strip()


def cases() -> list[Case]:
    text = LANGUAGE.read_text(encoding="utf-8")
    return [Case(*found.groups()) for found in CASE.finditer(text)]


def _rendered(document: Document, kind: str) -> Rendered:
    first = document.paragraphs[0].id if document.paragraphs else ""
    return render(
        document,
        TARGETS,
        flag_unresolved=kind == "preview",
        lead_in=kind == "leadin",
        aliases={"p-before": first} if kind == "aliases" else {},
    )


def _html(document: Document, rendered: Rendered) -> str:
    return OWN_IDS.sub("", rendered.html)


def _whole_html(document: Document, rendered: Rendered) -> str:
    return rendered.html


def _notes(document: Document, rendered: Rendered) -> str:
    lines = [rendered.html, *(f"{note.number}. {note.html}" for note in rendered.notes)]
    return OWN_IDS.sub("", "\n".join(line.strip() for line in lines))


def _sentences(document: Document, rendered: Rendered) -> str:
    return "\n".join(mark.sentence for mark in document.marks)


def _marks(document: Document, rendered: Rendered) -> str:
    return "\n".join(f"{mark.line}: {_mark(mark)}" for mark in document.marks)


def _mark(mark: Mark) -> str:
    match mark:
        case Reference():
            place = f"#{mark.target_paragraph}" if mark.target_paragraph else ""
            return f"{mark.kind} {mark.slug}{place} “{mark.words}”"
        case Claim():
            return f"claim {mark.slug} “{mark.words}”"
        case Citation():
            return "; ".join(
                f"{each.prefix}|{'-' if each.suppress_author else ''}{each.key}|{each.label}"
                f"|{each.locator}|{each.locator_shown}|{each.suffix}"
                for each in mark.items
            )
        case Link():
            return f"{'raw ' if mark.is_html else ''}link {mark.url} “{mark.words}”"


def _flags(document: Document, rendered: Rendered) -> str:
    return "\n".join(f"{each.line}: {each.reason} {each.source}" for each in document.flags)


def _remedies(document: Document, rendered: Rendered) -> str:
    return "\n".join(each.remedy for each in document.flags)


def _images(document: Document, rendered: Rendered) -> str:
    return "\n".join(
        f"{each.line}: {each.url} “{each.alt}” “{each.title}”" for each in document.images
    )


def _paragraphs(document: Document, rendered: Rendered) -> str:
    return "\n".join(f"{each.line}: {each.id} {each.text}" for each in document.paragraphs)


SHOWN: dict[str, Callable[[Document, Rendered], str]] = {
    "html": _html,
    "preview": _html,
    "leadin": _html,
    "aliases": _whole_html,
    "ids": _whole_html,
    "notes": _notes,
    "sentences": _sentences,
    "marks": _marks,
    "flags": _flags,
    "remedies": _remedies,
    "images": _images,
    "paragraphs": _paragraphs,
}
