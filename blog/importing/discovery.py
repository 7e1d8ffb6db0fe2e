"""Which files of a folder are posts, and which of its files a text may show."""

import os
import re
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import category
from urllib.parse import unquote, urlsplit

from blog.importing.encoding import MAX_BYTES, FileRefused

ENDINGS = (".md", ".markdown", ".mkd", ".mdown", ".mdx")
# Of the workshop, not of the blog. Folders with a dot in front are left out as well.
NOT_ENTERED = frozenset({"node_modules", "_site", "_includes", "_layouts", "vendor", "layouts"})
# Folders of static files that are the root of the site, by the tools' conventions.
STATIC = ("", "static", "public", "assets", "src", "source", "content")
ABOUT_THE_FOLDER = re.compile(
    r"(?:readme|license|licence|contributing|changelog|agents|claude|security|code_of_conduct)\.",
    re.I,
)
MEDIA_OR_HIDDEN = re.compile(
    r"^\.|\.(?:avif|bmp|gif|jpe?g|mp[34]|pdf|png|svg|tiff?|webm|webp)$", re.I
)
# Control characters, halves of a pair, line ends.
NOT_KEPT = frozenset({"Cc", "Cs", "Zl", "Zp"})
LONGEST_KEY = 500
LONGEST_PATH = 1000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be a post: its path within the folder, and on the disk."""

    key: str
    path: Path


def candidates(folder: Path) -> Iterator[Candidate]:
    """Markdown files in the order of their paths. Folders that are links are not followed.

    Where posts have a folder of their own (`posts/` of an export, Jekyll's `_posts`), only
    what lies there.
    """
    found = sorted(_walk(folder), key=lambda one: one.key)
    if (folder / "publication.json").is_file():
        found = [one for one in found if one.key.startswith("posts/")]
    elif any("_posts" in one.key.split("/")[:-1] for one in found):
        found = [one for one in found if {"_posts", "_drafts"} & set(one.key.split("/")[:-1])]
    yield from found


def leftovers(folder: Path, keys: Collection[str]) -> Iterator[str]:
    """What lies among the posts and is neither a post, refused or not, nor a file for one."""
    known = {one.key for one in candidates(folder)}
    for parent in sorted({key.rpartition("/")[0] for key in keys}):
        for path in sorted((folder / parent).iterdir()):
            key = path.relative_to(folder).as_posix()
            if path.is_file() and key not in known and not MEDIA_OR_HIDDEN.search(path.name):
                yield key


def _walk(folder: Path) -> Iterator[Candidate]:
    for parent, folders, files in os.walk(folder):
        here = Path(parent)
        folders[:] = [name for name in folders if name not in NOT_ENTERED and name[0] != "."]
        links = [name for name in folders if (here / name).is_symlink()]
        for name in (*files, *(n for n in (*folders, *links) if n.lower().endswith(ENDINGS))):
            if name.lower().endswith(ENDINGS) and not _is_about_the_folder(name):
                path = here / name
                yield Candidate(path.relative_to(folder).as_posix(), path)


def _is_about_the_folder(name: str) -> bool:
    return bool(ABOUT_THE_FOLDER.match(name)) or name.startswith(("_index.", "."))


def bytes_of(found: Candidate, folder: Path) -> bytes:
    """The file's bytes. Raises FileRefused for what is no plain file within the folder."""
    if (
        any(category(character) in NOT_KEPT for character in found.key)
        or len(found.key) > LONGEST_KEY
    ):
        raise FileRefused("its name cannot be kept")
    try:
        is_link = found.path.is_symlink()
        real = found.path.resolve(strict=True)
        if is_link and not real.is_relative_to(folder.resolve()):
            raise FileRefused("a link to a file outside the folder")
        mode = real.stat()
        if not stat.S_ISREG(mode.st_mode):
            raise FileRefused(
                "not a file" if not stat.S_ISDIR(mode.st_mode) else "a folder, not a file"
            )
        if mode.st_size > MAX_BYTES:
            raise FileRefused(f"larger than {MAX_BYTES // 1024 // 1024} MB: no post is")
        return real.read_bytes()
    except (OSError, RuntimeError) as error:
        raise FileRefused(
            f"cannot be read ({getattr(error, 'strerror', None) or error})"
        ) from error


@dataclass(frozen=True, slots=True)
class Files:
    """The folders in which a text's pictures may lie; nothing outside them is ever opened."""

    roots: tuple[Path, ...]

    def find(self, address: str, of: str) -> Path | None:
        """The file that an address in the file `of` means. Never raises."""
        try:
            path = unquote(urlsplit(address.strip()).path)
        except ValueError:
            return None
        if not path or "\0" in path or len(path) > LONGEST_PATH:
            return None
        return next((p for p in self._places(path, of) if self._is_inside(p)), None)

    def _places(self, path: str, of: str) -> Iterator[Path]:
        for root in self.roots:
            if not path.startswith("/"):
                yield root / Path(of).parent / path
            for name in STATIC:
                yield root / name / path.lstrip("/")

    def _is_inside(self, path: Path) -> bool:
        try:
            real = path.resolve(strict=True)
            return real.is_file() and any(
                real.is_relative_to(root.resolve()) for root in self.roots
            )
        except (OSError, RuntimeError, ValueError):
            return False
