"""Pictures as they come in. Their bytes decide what they are, and no byte is kept as it came.

Every picture is decoded and written anew: that turns it upright, leaves its EXIF
(the place where it was taken) behind, and drops whatever else a file may carry.
"""

import hashlib
import secrets
import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from PIL import Image, ImageOps, ImageSequence

from blog.models import Picture
from blog.renditions import make_renditions

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_FRAMES = 500

EXTENSIONS: Mapping[str, str] = {
    "JPEG": "jpg",
    "PNG": "png",
    "GIF": "gif",
    "WEBP": "webp",
    "AVIF": "avif",
}
KINDS = "JPEG, PNG, GIF, WebP or AVIF"
# At these settings a second generation shows no difference; AVIF's default speed takes minutes.
SAVING: Mapping[str, Mapping[str, Any]] = {
    "JPEG": {"quality": 92, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "GIF": {},
    "WEBP": {"quality": 90},
    "AVIF": {"quality": 80, "speed": 9},
}
# What Pillow may take over from the picture that came.
KEPT_INFO = ("transparency",)
# What Pillow raises on bytes that are not, or not quite, a picture.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    ArithmeticError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)


class PictureRefused(Exception):  # noqa: N818
    """A file that is not kept; the text says why, for the person who sent it."""


def keep_picture(
    data: bytes, *, name: str, alt: str = "", credit: str = "", user: User | None = None
) -> Picture:
    """The Picture for these bytes: a new one, or the one that the same bytes made before.

    `name` is what the sender calls the file; it appears in refusals and nowhere else.
    Raises PictureRefused for what is not a picture a page can show.
    """
    _refuse_by_bytes(len(data), name)
    digest = hashlib.sha256(data).hexdigest()
    known = Picture.objects.filter(sha256=digest).first()
    if known:
        return _described(known, alt, credit)
    clean, extension = reencoded(data, name)
    with transaction.atomic():
        # Looked up again: the same file may have come twice at once.
        known = Picture.objects.filter(sha256=digest).first()
        if known:
            return _described(known, alt, credit)
        # A name that cannot be guessed, even by who has the same picture: a draft may hold it.
        file = ContentFile(clean, name=f"{secrets.token_hex(16)}.{extension}")
        picture = Picture.objects.create(
            file=file, sha256=digest, alt=alt[:500], credit=credit[:200], uploaded_by=user
        )
        make_renditions.enqueue(picture.pk)
        return picture


def keep_upload(
    file: UploadedFile, *, alt: str = "", credit: str = "", user: User | None = None
) -> Picture:
    """The same for a file that came with a request; one that is too big is not even read.

    Raises PictureRefused.
    """
    name = file.name or "the file"
    _refuse_by_bytes(file.size or 0, name)
    return keep_picture(file.read(), name=name, alt=alt, credit=credit, user=user)


def _refuse_by_bytes(size: int, name: str) -> None:
    if size > MAX_BYTES:
        raise PictureRefused(
            f"“{name}” is {filesizeformat(size)}; "
            f"a picture may have {filesizeformat(MAX_BYTES)} at most."
        )


def _described(picture: Picture, alt: str, credit: str) -> Picture:
    """Fill in what is empty; never change what somebody wrote."""
    if (alt and not picture.alt) or (credit and not picture.credit):
        picture.alt = picture.alt or alt[:500]
        picture.credit = picture.credit or credit[:200]
        picture.save(update_fields=["alt", "credit"])
    return picture


def reencoded(data: bytes, name: str) -> tuple[bytes, str]:
    """The same picture written by ourselves, and the extension that is right for it.

    Raises PictureRefused.
    """
    try:
        with Image.open(BytesIO(data), formats=list(EXTENSIONS)) as image:
            # A photo with a second picture inside (a preview, a depth map) is a JPEG to everyone.
            kind = "JPEG" if image.format == "MPO" else str(image.format)
            _refuse_by_dimensions(image, name)
            return _written(image, kind), EXTENSIONS[kind]
    except BROKEN as error:
        raise PictureRefused(
            f"“{name}” is not a picture that can be read ({KINDS}), or it is damaged."
        ) from error


def _refuse_by_dimensions(image: Image.Image, name: str) -> None:
    """Before anything is decoded: a small file can unfold into gigabytes."""
    if image.width * image.height > MAX_PIXELS:
        raise PictureRefused(
            f"“{name}” has {image.width} × {image.height} pixels; a picture may have "
            f"{MAX_PIXELS // 1_000_000} million at most. Make it smaller and try again."
        )


def _written(image: Image.Image, kind: str) -> bytes:
    frames = _frames(image, kind)
    options = dict(SAVING[kind])
    if len(frames) > 1:
        durations = [frame.info.get("duration", 100) for frame in frames]
        options |= {"save_all": True, "append_images": frames[1:], "duration": durations}
        options["loop"] = image.info.get("loop", 0)
    if profile := image.info.get("icc_profile"):
        options["icc_profile"] = profile
    for frame in frames:
        # Pillow would write comments and the like back from here.
        frame.info = {key: frame.info[key] for key in KEPT_INFO if key in frame.info}
    out = BytesIO()
    frames[0].save(out, format=kind, **options)
    return out.getvalue()


def _frames(image: Image.Image, kind: str) -> list[Image.Image]:
    """Upright and decoded. An animation that is too long to decode keeps its first frame."""
    if kind != "JPEG" and getattr(image, "is_animated", False):
        count = int(getattr(image, "n_frames", 1))
        if count <= MAX_FRAMES and count * image.width * image.height <= MAX_PIXELS:
            return [frame.copy() for frame in ImageSequence.Iterator(image)]
        image.seek(0)
    return [ImageOps.exif_transpose(image)]
