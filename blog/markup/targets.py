"""What the caller looked up, in bulk, about the things a text points at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from blog.markup.slugs import fold


@dataclass(frozen=True, slots=True)
class ReferenceTarget:
    """A post; without a `url` (draft, withdrawn) it shows as plain words and not by its title."""

    url: str | None
    title: str = ""
    attrs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CitationTarget:
    """A source; the `_html` is already escaped. `after_html` follows the locator (provenance)."""

    note_html: str
    note_html_without_author: str = ""
    url: str = ""
    title: str = ""
    after_html: str = ""


@dataclass(frozen=True, slots=True)
class ClaimTarget:
    """A claim and how it stands; `standing` is a word, `is_contested` a second one."""

    url: str
    statement: str
    standing: str
    is_contested: bool = False


class LinkState(StrEnum):
    OWN = "own"
    OUTSIDE = "outside"
    PLAIN = "plain"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """`own`: a cross-reference, to its present `url`; `dead`: the words alone."""

    state: LinkState
    url: str = ""
    attrs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImageTarget:
    """A picture of the site's own: its measures in pixels, and its <source>s, the best first."""

    width: int = 0
    height: int = 0
    sources: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Targets:
    """`references` and `claims` by folded slug, `citations` by key, the others by their URL."""

    references: Mapping[str, ReferenceTarget] = field(default_factory=dict)
    citations: Mapping[str, CitationTarget] = field(default_factory=dict)
    claims: Mapping[str, ClaimTarget] = field(default_factory=dict)
    links: Mapping[str, LinkTarget] = field(default_factory=dict)
    images: Mapping[str, ImageTarget] = field(default_factory=dict)

    def reference(self, slug: str) -> ReferenceTarget:
        return self.references.get(fold(slug), UNKNOWN)


UNKNOWN = ReferenceTarget(url=None)
