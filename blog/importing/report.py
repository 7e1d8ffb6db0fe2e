"""What an import did, for the person who ran it."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

SHOWN = 10


class Finding(StrEnum):
    """What a reader of the report may have to look at. The value heads its list."""

    REFUSED = "Refused"
    LEFT_ALONE = "Left alone: edited here since the last import"
    UNRESOLVED = "Links to posts that are not here"
    LOST_LINK = "Links inside a picture's description, which nobody can follow"
    OTHER_DATE = "Links that named another date or an older form of the address, and were mended"
    ADDRESS_TAKEN = "Old addresses that belong to another post already"
    SLUG_TAKEN = "Slugs that were taken and got a suffix"
    PICTURE_MISSING = "Pictures that are not in the folder"
    PICTURE_REFUSED = "Pictures that were refused"
    PICTURE_OUTSIDE = "Pictures on other sites, which became links"
    EMBED = "Embedded things, which became links"
    TEMPLATE = "Template tags left as they are"
    TEMPLATE_WORDS = "Template tags that became their words, or nothing"
    ESCAPED = "Brackets that would have become marks here, and were escaped"
    OWN_PAGE = "Links to pages of the old site that are not posts"
    OWN_HOST = "Addresses that look like this blog's own: run again with --site-url"
    ANCHOR = "Links to a place in a text that is not there"
    CONFIGURED = "What the blog's own configuration says"
    NOTE = "Read with care"
    LEFT_OUT = "Files among the posts that are no posts"
    UNUSED = "Front matter that has no place here"


# Every one of these is shown; of the others the first few.
ALWAYS_WHOLE = frozenset(
    {Finding.REFUSED, Finding.LEFT_ALONE, Finding.UNRESOLVED, Finding.OWN_HOST}
)


@dataclass(frozen=True, slots=True)
class Found:
    kind: Finding
    file: str
    line: int = 0
    what: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        told = ": ".join(filter(None, (place, self.what)))
        return f"{told} ({self.remedy})" if self.remedy else told


@dataclass(slots=True)
class Report:
    """Counts by name, and findings in the order of the files."""

    is_dry_run: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    findings: list[Found] = field(default_factory=list)

    def add(
        self, kind: Finding, file: str, line: int = 0, what: str = "", remedy: str = ""
    ) -> None:
        self.findings.append(Found(kind, file, line, what, remedy))

    def refuse(self, file: str, reason: str, line: int = 0) -> None:
        self.counts["refused"] += 1
        self.add(Finding.REFUSED, file, line, reason)

    def of(self, kind: Finding) -> list[Found]:
        return [found for found in self.findings if found.kind is kind]

    def as_json(self) -> str:
        data: dict[str, Any] = {"dry_run": self.is_dry_run, "counts": self.counts}
        data["findings"] = [asdict(found) for found in self.findings]
        return json.dumps(data, ensure_ascii=False, indent=2)

    def as_text(self) -> str:
        return "\n".join([*self._summary(), *self._lists()])

    def _summary(self) -> Iterable[str]:
        n = self.counts
        if self.is_dry_run:
            yield "Dry run: nothing was written."
        yield (
            f"Posts: {n['made']} made, {n['changed']} changed, {n['unchanged']} unchanged, "
            f"{n['left alone']} left alone; {n['refused']} files refused."
        )
        yield (
            f"Cross-references: {n['references resolved']} lead to posts, "
            f"{len(self.of(Finding.UNRESOLVED))} lead nowhere."
        )
        yield f"Sources: {n['sources']} made. Outlets: {n['outlets']} made, named by host."
        yield (
            f"Pictures: {n['pictures']} copied, {len(self.of(Finding.PICTURE_MISSING))} missing, "
            f"{len(self.of(Finding.PICTURE_REFUSED))} refused."
        )
        yield (
            f"Also made: {n['authors']} authors, {n['topics']} topics, {n['stories']} stories, "
            f"{n['old addresses']} old addresses."
        )
        if n["claims"] or n["origins"]:
            yield f"Ledger: {n['claims']} claims and {n['origins']} origins made."

    def _lists(self) -> Iterable[str]:
        for kind in Finding:
            found = self.of(kind)
            if not found:
                continue
            shown = found if kind in ALWAYS_WHOLE else found[:SHOWN]
            yield f"\n{kind.value} ({len(found)})"
            yield from (f"  {one}" for one in shown)
            if len(found) > len(shown):
                yield f"  … and {len(found) - len(shown)} more (all of them with --report FILE)"
