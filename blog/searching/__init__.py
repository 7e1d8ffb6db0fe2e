"""A reader's search over posts, sources and claims: docs/decisions/0012."""

from blog.searching.asking import Question, asked
from blog.searching.hits import Kind
from blog.searching.named import named
from blog.searching.narrowing import Narrowing
from blog.searching.searching import Found, Search, find
from blog.searching.shown import Shown, named_stories, shown

__all__ = [
    "Found",
    "Kind",
    "Narrowing",
    "Question",
    "Search",
    "Shown",
    "asked",
    "find",
    "named",
    "named_stories",
    "shown",
]
