"""Finding one's own posts again: while a paragraph is written, and by a few letters typed."""

from blog.finding.claims import FoundClaim, FoundOrigin, find_claims, find_origins
from blog.finding.posts import FoundParagraph, FoundPost, find_paragraphs, find_posts
from blog.finding.sources import FoundSource, find_sources
from blog.finding.suggestions import Suggestion, suggest

__all__ = [
    "FoundClaim",
    "FoundOrigin",
    "FoundParagraph",
    "FoundPost",
    "FoundSource",
    "Suggestion",
    "find_claims",
    "find_origins",
    "find_paragraphs",
    "find_posts",
    "find_sources",
    "suggest",
]
