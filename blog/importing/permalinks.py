"""The address that a blog's own configuration gave to a post: `/:year/:month/:title/` and the like.

Jekyll, Hugo and Hexo write `:year`, Pelican `{date:%Y}`.
"""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from blog.importing.conventions import PostFile
from blog.importing.values import listed
from blog.markup import slugify

# Jekyll's patterns that have a name.
NAMED = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "none": "/:categories/:title.html",
}
TOKEN = re.compile(r":(\w+)")
BRACED = re.compile(r"\{(\w+)(?::([^{}]*))?\}")


@dataclass(frozen=True, slots=True)
class Permalinks:
    """Patterns by the folder they are for; "" is for all the others."""

    patterns: Mapping[str, str] = field(default_factory=dict)

    def path_of(self, post: PostFile) -> str:
        """The post's address by the pattern for it; "" where there is none, or it asks too much."""
        folders = sections(post)
        own = str(post.values.get("permalink", ""))
        pattern = (own if ":" in own else "") or self.patterns.get(
            folders[0] if folders else "", self.patterns.get("", "")
        )
        return expanded(NAMED.get(pattern, pattern), post) if pattern else ""


def expanded(pattern: str, post: PostFile) -> str:
    """The pattern with what it asks for put in; "" when the post cannot say one of it."""
    values = _values(post)
    missing: list[str] = []

    def value(name: str) -> str:
        found = values.get(name)
        if found is None:
            missing.append(name)
        return found or ""

    def braced(found: re.Match[str]) -> str:
        if found[1] == "date" and found[2] and post.day:
            return post.day.strftime(found[2])
        return value(found[1])

    path = TOKEN.sub(lambda found: value(found[1]), BRACED.sub(braced, pattern))
    path = re.sub(r"/{2,}", "/", f"/{path}")
    return "" if missing else path


def _values(post: PostFile) -> dict[str, str]:
    folders = "/".join(sections(post))
    categories = "/".join(_categories(post))
    slug = post.slug
    values = {
        "title": slug, "slug": slug, "name": slug, "post_title": slug, "slugorfilename": slug,
        "slugorcontentbasename": slug,
        "filename": post.named_slug, "contentbasename": post.named_slug,
        "sections": folders, "section": folders.partition("/")[0],
        "categories": categories, "category": categories.partition("/")[0],
        "output_ext": ".html", "lang": post.language, "collection": "posts",
        "path": posixpath.join(*sections(post), slug),
    }  # fmt: skip
    return values | (_of_day(post.day) if post.day else {})


def _of_day(day: date) -> dict[str, str]:
    return {
        "year": f"{day:%Y}", "short_year": f"{day:%y}",
        "month": f"{day:%m}", "i_month": str(day.month),
        "day": f"{day:%d}", "i_day": str(day.day),
        "y_day": f"{day:%j}", "yearday": f"{day:%j}".lstrip("0"),
    }  # fmt: skip


def sections(post: PostFile) -> list[str]:
    """Folders between the root of the content and the post's own."""
    folders = post.key.split("/")[:-1]
    for root in ("content", "_posts"):
        if root in folders:
            folders = folders[folders.index(root) + 1 :]
    return folders[:-1] if folders and folders[-1] == post.name else folders


def _categories(post: PostFile) -> list[str]:
    """Jekyll's: the folders before `_posts`, then those of the front matter."""
    folders = post.key.split("/")[:-1]
    before = folders[: folders.index("_posts")] if "_posts" in folders else []
    before = [name for name in before if name not in ("src", "source", "docs")]
    named = listed(post.values, ("category", "categories"))
    words = [word for name in named for word in ([name] if " " not in name else name.split())]
    return list(dict.fromkeys([*before, *(slugify(word) for word in words)]))
