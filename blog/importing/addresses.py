"""Under which addresses the posts of a folder were known, and which of them an address means."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from rapidfuzz import fuzz, process

from blog.importing.conventions import PostFile
from blog.importing.learning import (
    NOT_POSTS,
    USUAL,
    Habit,
    former,
    linked,
    parted,
    pattern_of,
    ways,
)
from blog.importing.permalinks import Permalinks
from blog.importing.templates import NAMED
from blog.importing.values import clean_slug
from blog.markup import fold
from blog.models.addresses import DATED_PATH, normalised_path

DATED = re.compile(r"/(?:.*/)?(\d{4})/(\d{1,2})/(\d{1,2})/([^/]+?)/?")
ENDING = re.compile(r"\.(?:html?|md|markdown|mkd|mdown|mdx)$", re.I)
SOURCE_ENDINGS = (".md", ".markdown", ".mdx", "/index.md", "/index.mdx", "/_index.md", ".html")
# Below this likeness (0 to 100) a suggestion helps nobody.
LIKENESS = 60
SHOWN_ADDRESS = 200
NO_PATTERNS = Permalinks()


class How(StrEnum):
    EXACT = "exact"
    LOOSE = "loose"
    """By its slug alone: the address names another date."""
    MISSING = "missing"
    """It looks like a post's address, and no such post is here."""
    PAGE = "page"
    """An address of the same site that is no post's."""
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Meaning:
    how: How
    key: str = ""
    fragment: str = ""
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """The blog that the folder comes from: its hosts, and the path under which it lived."""

    hosts: frozenset[str] = frozenset()
    prefix: str = ""
    """Such as "/blog"; "" at the root."""
    permalinks: Permalinks = NO_PATTERNS

    @classmethod
    def at(cls, addresses: Iterable[str], permalinks: Permalinks = NO_PATTERNS) -> "Site":
        parts = [urlsplit(a if "//" in a else f"//{a}") for a in addresses]
        hosts = frozenset(p.netloc.rpartition("@")[2].lower().removeprefix("www.") for p in parts)
        prefix = next((p.path.rstrip("/") for p in parts if p.path.strip("/")), "")
        return cls(hosts - {""}, prefix, permalinks)

    def path_of(self, url: str) -> tuple[str, str] | None:
        """Path and fragment of an address of this site, None for one elsewhere. Never raises."""
        try:
            parts = urlsplit(url.strip())
        except ValueError:
            return None
        if parts.scheme not in ("", "http", "https"):
            return None
        if parts.netloc and parts.netloc.lower().removeprefix("www.") not in self.hosts:
            return None
        path = unquote(parts.path) or "/"
        if self.prefix and (path + "/").startswith(self.prefix + "/"):
            path = path[len(self.prefix) :] or "/"
        return path, parts.fragment


def former_paths(post: PostFile, site: Site) -> list[str]:
    """Paths under which the post may be known outside, likeliest first."""
    days = [day for day in (post.day, post.moment and post.moment.day, post.named_on) if day]
    if post.moment:
        # Eleventy and Hugo take the day in UTC.
        days.append(post.moment.at.astimezone(UTC).date())
    slugs = [post.slug, post.named_slug]
    configured = site.permalinks.path_of(post)
    paths = [configured] if configured else []
    paths += [f"/{day:%Y/%m/%d}/{slug}/" for day in days for slug in slugs]
    named = filter(None, (post.permalink, *post.former))
    asked = [path for url in named if (path := _with_query(url, site)) and path != "/"]
    paths += [path if path.startswith("/") else f"/{path}" for path in asked]
    paths += _by_folder(post)
    if site.prefix:
        paths += [site.prefix + path for path in paths]
    return list(dict.fromkeys(paths))


def _with_query(url: str, site: Site) -> str:
    """The path of an own address, with the query where that names the post: "/?p=12"."""
    found = site.path_of(url)
    return normalised_path(found[0], urlsplit(url.strip()).query) if found else ""


def _by_folder(post: PostFile) -> Iterable[str]:
    """Hugo's address follows the folders under content/; Jekyll's is the dated one with .html."""
    folders = post.key.split("/")[:-1]
    if "content" in folders:
        inner = folders[folders.index("content") + 1 :]
        if inner and inner[-1] == post.name:
            inner = inner[:-1]
        yield "/" + "/".join([*inner, post.slug]) + "/"
    if "_posts" in folders and post.day:
        yield f"/{post.day:%Y/%m/%d}/{post.slug}.html"
    if not post.moment:
        # A draft that was never public: only its neighbours in the folder call it so.
        yield f"/{post.slug}/"


@dataclass(slots=True)
class Folder:
    """Every post of a folder under every name that a link may use."""

    site: Site
    posts: Sequence[PostFile]
    by_path: dict[str, str] = field(default_factory=dict)
    by_file: dict[str, str] = field(default_factory=dict)
    by_slug: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_key: dict[str, PostFile] = field(default_factory=dict)
    habits: dict[str, Habit] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for post in self.posts:
            self.by_key[post.key] = post
            self.by_file[fold(post.key)] = post.key
            for name in (post.slug, post.named_slug, post.name):
                self.by_slug[fold(name)].add(post.key)
        self.habits = ways(self.posts, self._linked(), self.by_slug)
        every = [self._former(post) for post in self.posts]
        # The likeliest address of one post wins over a possible one of another.
        for rank in range(max(map(len, every), default=0)):
            for post, paths in zip(self.posts, every, strict=True):
                if rank < len(paths):
                    self.by_path.setdefault(_folded(paths[rank]), post.key)

    def _linked(self) -> Iterable[str]:
        for post in self.posts:
            for url in linked(post.body):
                if found := self.site.path_of(url):
                    yield found[0]

    def _former(self, post: PostFile) -> list[str]:
        learned = (self.site.prefix + path for path in former(post, self.habits))
        return list(dict.fromkeys((*former_paths(post, self.site), *learned)))

    def paths_of(self, post: PostFile) -> list[str]:
        """The former paths of a post that no other post of the folder has a better claim to."""
        paths = self._former(post)
        kept = [path for path in paths if self.by_path.get(_folded(path)) == post.key]
        normal = [path if "?" in path else normalised_path(path) for path in kept]
        # Hugo writes addresses small, whatever its files are called. Dated ones have no case.
        small = [path.lower() for path in normal if not DATED_PATH.match(path)]
        return list(dict.fromkeys((*normal, *small)))

    def meaning(self, url: str, of: str) -> Meaning:
        """What an address means in the file `of` (its key)."""
        if url.startswith(NAMED):
            return self._named(url.removeprefix(NAMED), of)
        found = self.site.path_of(url)
        if found is None or url.startswith(("#", "?")):
            return Meaning(How.ELSEWHERE)
        path, fragment = found
        if not path.startswith("/"):
            return self._relative(path, fragment, of)
        key = self.by_path.get(_folded(_with_query(url, self.site))) or self.by_path.get(
            _folded(path)
        )
        if key:
            return Meaning(How.EXACT, key, fragment)
        if key := self._file(path.lstrip("/")):
            return Meaning(How.LOOSE, key, fragment)
        if dated := DATED.fullmatch(path):
            return self._by_slug(clean_slug(ENDING.sub("", dated[4])), fragment, path, of)
        if key := self._by_tail(path, of):
            return Meaning(How.LOOSE, key, fragment)
        return Meaning(How.PAGE)

    def of_slug(self, slug: str, path: str = "", of: str = "") -> str | None:
        """The one post that a name means; None when there is none, or none likelier than all.

        Of several (translations of one text) it is the one that shares most with the address,
        then with the text that names it.
        """
        keys = self.by_slug.get(fold(slug), set())
        if len(keys) < 2:
            return next(iter(keys), None)
        ranked = sorted(((self._likeness(key, path, of), key) for key in keys), reverse=True)
        return ranked[0][1] if ranked[0][0] > ranked[1][0] else None

    def _likeness(self, key: str, path: str, of: str) -> tuple[int, bool, int]:
        folders, post, naming = key.split("/")[:-1], self.by_key[key], self.by_key.get(of)
        named = len(set(folders) & set(path.split("/")))
        is_same = naming is not None and naming.language == post.language
        return named, is_same, len(set(folders) & set(of.split("/")[:-1]))

    def _by_tail(self, path: str, of: str) -> str | None:
        """By the end of an address, where its beginning is one that posts have."""
        before, slug = parted(path)
        folders = before.strip("/").split("/")
        if NOT_POSTS & set(folders) or not slug:
            return None
        key = self.of_slug(slug, path, of)
        is_known = key is not None and (
            pattern_of(before) in self.habits or set(folders) <= USUAL | set(key.split("/")[:-1])
        )
        return key if is_known else None

    def nearest(self, slug: str) -> str:
        """The likeliest slug for one that is not here, or ""."""
        names = [post.slug for post in self.posts]
        found = process.extractOne(
            slug[:SHOWN_ADDRESS], names, scorer=fuzz.ratio, score_cutoff=LIKENESS
        )
        return found[0] if found else ""

    def _named(self, name: str, of: str) -> Meaning:
        name, _, fragment = name.partition("#")
        bare = ENDING.sub("", name.strip("/"))
        slug = posixpath.basename(bare)
        key = self._file(name.lstrip("/")) or self.of_slug(slug, bare, of)
        if key:
            return Meaning(How.EXACT, key, fragment)
        return Meaning(How.MISSING, fragment=fragment, nearest=self.nearest(slug))

    def _relative(self, path: str, fragment: str, of: str) -> Meaning:
        """A neighbouring file, as editors and Hugo's bundles write it."""
        here = posixpath.dirname(of)
        places = (
            [here, posixpath.dirname(here)]
            if posixpath.basename(of).startswith("index.")
            else [here]
        )
        for place in places:
            key = self._file(posixpath.normpath(posixpath.join(place, path)))
            if key:
                return Meaning(How.EXACT, key, fragment)
        if not path.lower().endswith((".md", ".markdown", ".mdx")):
            key = self.of_slug(parted(path)[1], path, of) if path.startswith((".", "/")) else None
            return Meaning(How.LOOSE, key, fragment) if key else Meaning(How.PAGE)
        bare = ENDING.sub("", posixpath.basename(path))
        if key := self.of_slug(bare, path, of):
            return Meaning(How.LOOSE, key, fragment)
        return Meaning(How.MISSING, fragment=fragment, nearest=self.nearest(bare))

    def _file(self, path: str) -> str | None:
        """The post of a file's path, with or without its ending, or counted from `content`."""
        bare = path.rstrip("/")
        tries = [bare, *(bare + ending for ending in SOURCE_ENDINGS)]
        tries += [f"content/{each}" for each in tries]
        return next(
            (self.by_file[fold(each)] for each in tries if fold(each) in self.by_file), None
        )

    def _by_slug(self, slug: str, fragment: str, path: str, of: str) -> Meaning:
        key = self.of_slug(slug, path, of)
        if key:
            return Meaning(How.LOOSE, key, fragment)
        return Meaning(How.MISSING, fragment=fragment, nearest=self.nearest(slug))


def _folded(path: str) -> str:
    """Paths meet without case, a trailing slash, index.html or .html."""
    path = re.sub(r"/index\.html?$", "/", fold(path))
    return (ENDING.sub("", path.rstrip("/")) if path != "/" else path) or "/"
