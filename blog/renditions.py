"""Pictures in several widths, as AVIF and WebP, made in the background.

What was uploaded stays as it is, at its full size. A rendition is never wider than
that, and can be made again at any time: nothing but speed depends on it.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError
from PIL import Image

from blog.models.pictures import Format, Picture, Rendition
from publication.tasks import task

# A phone, the column of text at two dots for a pixel on a small screen, and on a large one.
WIDTHS = (480, 960, 1600)
# AVIF at Pillow's own speed, 6, takes six times as long for the same size (1600 pixels: 1.9 s).
SAVING: Mapping[Format, Mapping[str, Any]] = {
    Format.AVIF: {"quality": 65, "speed": 8},
    Format.WEBP: {"quality": 82, "method": 4},
}
# What these formats hold without a loss of colours.
MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA"})
TRANSPARENT = frozenset({"LA", "PA", "RGBA"})
TALLEST = 16_383  # of WebP
UNREADABLE = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)


@task(priority=-10)
def make_renditions(picture_id: int) -> None:
    """Make what is missing. What moves or cannot be read is left alone, and shown as it is."""
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None:
        return
    with picture.file.open("rb") as file:
        original = file.read()
    image = _still(original, _widths(picture)[-1])
    if image is not None:
        for format_ in Format:
            _make(image, picture, format_, worth_it_below=len(original))


def _make(image: Image.Image, picture: Picture, format_: Format, *, worth_it_below: int) -> None:
    """The widest first: it tells whether the format is worth anything for this picture."""
    widths = _widths(picture)
    kept = set(picture.renditions.filter(format=format_).values_list("width", flat=True))
    for width in reversed(widths):
        if width in kept:
            continue
        data = _written(image, picture, width, format_)
        if width == widths[-1] and len(data) >= worth_it_below:
            # A drawing of few colours, say: in this format readers would load more.
            return
        _keep(picture, format_, width, data)


def _widths(picture: Picture) -> list[int]:
    return sorted({min(width, picture.width) for width in WIDTHS})


def _still(data: bytes, width: int) -> Image.Image | None:
    """The decoded picture, at least that wide; None for what is left alone."""
    try:
        with Image.open(BytesIO(data)) as image:
            if getattr(image, "is_animated", False) or image.mode not in MODES:
                return None
            if image.height * width > TALLEST * image.width:
                return None
            # A JPEG can be decoded smaller, in a fraction of time and memory.
            image.draft(None, (width, image.height * width // image.width))
            return _in_full_colours(image)
    except UNREADABLE:
        return None


def _in_full_colours(image: Image.Image) -> Image.Image:
    is_transparent = image.mode in TRANSPARENT or "transparency" in image.info
    # A profile of greys or of a palette's colours says nothing about others.
    profile = image.info.get("icc_profile") if image.mode in ("RGB", "RGBA") else None
    full = image.convert("RGBA" if is_transparent else "RGB")
    full.info = {"icc_profile": profile} if profile else {}
    return full


def _written(image: Image.Image, picture: Picture, width: int, format_: Format) -> bytes:
    height = max(1, round(width * picture.height / picture.width))
    scaled = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    options = dict(SAVING[format_])
    if profile := image.info.get("icc_profile"):
        options["icc_profile"] = profile
    out = BytesIO()
    scaled.save(out, format=format_, **options)
    return out.getvalue()


def _keep(picture: Picture, format_: Format, width: int, data: bytes) -> None:
    """The file, then its row. A file that an interrupted run left is written over."""
    name = f"{picture.stem}-{width}.{format_}"
    default_storage.delete(name)
    name = default_storage.save(name, ContentFile(data))
    try:
        Rendition.objects.create(picture=picture, format=format_, width=width, file=name)
    except IntegrityError:
        # The picture was deleted meanwhile, or another run was faster.
        if not Rendition.objects.filter(file=name).exists():
            default_storage.delete(name)
