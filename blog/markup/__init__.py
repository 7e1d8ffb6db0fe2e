"""Text: parse() reads it once, render() shows it. Knows no model and no request."""

from blog.markup.cutting import for_readers
from blog.markup.marks import (
    Citation,
    CitedItem,
    Claim,
    Document,
    Flag,
    FlagReason,
    Image,
    Kind,
    Link,
    Mark,
    Paragraph,
    Reference,
)
from blog.markup.notes import Note
from blog.markup.parsing import parse
from blog.markup.rendering import Rendered, render, render_plain
from blog.markup.sanitising import sanitise
from blog.markup.slugs import fold, is_slug, nfc, slug_problem, slugify
from blog.markup.targets import (
    CitationTarget,
    ClaimTarget,
    ImageTarget,
    LinkState,
    LinkTarget,
    ReferenceTarget,
    Targets,
)

__all__ = [
    "Citation",
    "CitationTarget",
    "CitedItem",
    "Claim",
    "ClaimTarget",
    "Document",
    "Flag",
    "FlagReason",
    "Image",
    "ImageTarget",
    "Kind",
    "Link",
    "LinkState",
    "LinkTarget",
    "Mark",
    "Note",
    "Paragraph",
    "Reference",
    "ReferenceTarget",
    "Rendered",
    "Targets",
    "fold",
    "for_readers",
    "is_slug",
    "nfc",
    "parse",
    "render",
    "render_plain",
    "sanitise",
    "slug_problem",
    "slugify",
]
