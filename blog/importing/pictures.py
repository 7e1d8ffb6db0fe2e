"""The pictures of a folder, copied into the site once each."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from blog.importing.discovery import Files
from blog.models import Picture
from blog.pictures import MAX_BYTES, PictureRefused, keep_picture, reencoded


class Keeper(Protocol):
    def __call__(self, data: bytes, *, name: str, alt: str, credit: str) -> Picture: ...


@dataclass(slots=True)
class Copied:
    """What became of a picture: its row, or why there is none ("" when it is not there)."""

    picture: Picture | None
    refusal: str = ""

    @property
    def address(self) -> str:
        return self.picture.file.url if self.picture else ""


@dataclass(slots=True)
class Pictures:
    """Finds and keeps; a dry run only looks."""

    files: Files
    keep: Keeper
    known: dict[Path, Copied] = field(default_factory=dict)
    count: int = 0

    def copied(self, address: str, of: str, alt: str = "", credit: str = "") -> Copied:
        path = self.files.find(address, of)
        if path is None:
            return Copied(None)
        if path not in self.known:
            self.known[path] = self._kept(path, alt, credit)
        return self.known[path]

    def _kept(self, path: Path, alt: str, credit: str) -> Copied:
        try:
            if path.stat().st_size > MAX_BYTES:
                raise PictureRefused("too large")
            picture = self.keep(path.read_bytes(), name=path.name, alt=alt, credit=credit)
        except (PictureRefused, OSError) as error:
            return Copied(None, str(error) or "cannot be read")
        self.count += 1
        return Copied(picture)


def kept(data: bytes, *, name: str, alt: str, credit: str) -> Picture:
    return keep_picture(data, name=name, alt=alt, credit=credit)


def looked_at(data: bytes, *, name: str, alt: str, credit: str) -> Picture:
    """As in a dry run: refused like the real thing, and nothing written."""
    _, extension = reencoded(data, name)
    digest = hashlib.sha256(data).hexdigest()
    # With a width and a height nobody looks for the file.
    size = {"width": 1, "height": 1}
    file = f"pictures/{digest}.{extension}"
    return Picture(file=file, sha256=digest, alt=alt, credit=credit, **size)


def keeper(*, is_dry_run: bool) -> Keeper:
    return looked_at if is_dry_run else kept
