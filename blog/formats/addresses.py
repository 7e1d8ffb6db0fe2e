"""The addresses of a post's other formats: beside its own, and made from it."""

from collections.abc import Mapping

from blog.models import Post

MARKDOWN = "text/markdown"
JSON = "application/json"
CSL = "application/vnd.citationstyles.csl+json"
RIS = "application/x-research-info-systems"
BIBTEX = "application/x-bibtex"

# What the last part of an address stands for. Of a text, and of citations.
TEXTS: Mapping[str, str] = {"md": MARKDOWN, "json": JSON}
CITATIONS: Mapping[str, str] = {"bib": BIBTEX, "ris": RIS, "json": CSL}
NAMES: Mapping[str, str] = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}


def text_path(post: Post, kind: str) -> str:
    """`/2024/11/18/slug.md`"""
    return f"{post.get_absolute_url().rstrip('/')}.{kind}"


def citations_path(post: Post, what: str, kind: str) -> str:
    """`/2024/11/18/slug/sources.bib`, and `cite.bib` for the post itself."""
    return f"{post.get_absolute_url()}{what}.{kind}"
