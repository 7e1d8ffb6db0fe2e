"""Where a blog's posts stood, learned from the links between them when nothing else says it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from blog.importing.conventions import PostFile
from blog.importing.permalinks import expanded, sections
from blog.importing.values import clean_slug
from blog.markup import fold

LINK = re.compile(
    r"""(?:\]\(\s*<?|\bhref=["']|^\[[^\]\n]+\]:[ \t]+)((?:https?:)?/[^\s)"'<>#?]+)""", re.M
)
ENDING = re.compile(r"\.html?$", re.I)
# So many posts of which the links speak in the same way are a habit.
POSTS = 3
# What stands before the name of something that is no post.
NOT_POSTS = frozenset(
    {"tag", "tags", "category", "categories", "topic", "topics", "author", "authors", "page",
     "archive", "archives", "series", "people", "docs"}
)  # fmt: skip
USUAL = frozenset(
    {"", "blog", "blogs", "post", "posts", "article", "articles", "news", "writing", "notes",
     "essays", "journal", "entry", "p"}
)  # fmt: skip


@dataclass(slots=True)
class Habit:
    """One way of writing addresses: what was found under it, and the folders of those posts."""

    keys: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    folders: set[tuple[str, ...]] = field(default_factory=set)
    own: frozenset[str] = frozenset()
    """Parts of the pattern that are names of folders: of a post's own, if it stood there."""


def ways(
    posts: Sequence[PostFile], paths: Iterable[str], by_slug: Mapping[str, set[str]]
) -> dict[str, Habit]:
    """Patterns such as `/blog/:slug` under which links of the folder name its posts."""
    folders = {post.key: tuple(sections(post)) for post in posts}
    names = {name for post in posts for name in post.key.split("/")[:-1]}
    found: dict[str, Habit] = defaultdict(Habit)
    for path in set(paths):
        before, slug = parted(path)
        pattern = pattern_of(before)
        habit = found[pattern]
        habit.own = frozenset(names & set(pattern.split("/")))
        keys = by_slug.get(fold(slug), set())
        habit.keys |= keys
        habit.folders |= {folders[key] for key in keys}
        if not keys:
            habit.others.add(slug)
    return {
        pattern: habit
        for pattern, habit in found.items()
        if len(habit.keys) >= POSTS and len(habit.keys) >= len(habit.others)
        and not NOT_POSTS & set(pattern.split("/"))
    }  # fmt: skip


def former(post: PostFile, habits: Mapping[str, Habit]) -> Iterator[str]:
    """Where the post stood, if it stood where others of its folder did."""
    for pattern, habit in habits.items():
        is_there = tuple(sections(post)) in habit.folders and habit.own <= set(post.key.split("/"))
        if is_there and (path := expanded(f"{pattern}/:slug", post)):
            yield f"{path}/"


def linked(body: str) -> Iterator[str]:
    """Every address in a text that may be an own one, roughly."""
    for found in LINK.finditer(body):
        yield found[1]


def parted(path: str) -> tuple[str, str]:
    """What stands before the last part of a path, and that part as a slug."""
    before, _, last = ENDING.sub("", unquote(path)).rstrip("/").rpartition("/")
    return before, clean_slug(last)


def pattern_of(before: str) -> str:
    """`/blog/2015/06` is `/blog/:year/:month`."""
    numbers = iter((":month", ":day"))
    parts = []
    for part in before.split("/"):
        is_after = ":year" in parts
        if re.fullmatch(r"(?:19|20)\d\d", part):
            part = ":year"
        elif is_after and re.fullmatch(r"\d\d?", part):
            part = next(numbers, part)
        parts.append(part)
    return "/".join(parts)
