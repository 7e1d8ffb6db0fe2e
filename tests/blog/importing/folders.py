"""Small blogs on the disk, as other people keep them."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image

from blog.importing.loading import Import, Options
from blog.importing.report import Finding, Report
from blog.models import CrossReference, Post

POST = "---\ntitle: {title}\n---\n{body}\n"


def png(colour: str = "red") -> bytes:
    out = BytesIO()
    Image.new("RGB", (3, 2), colour).save(out, "PNG")
    return out.getvalue()


def blog(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A folder with these files; a text without front matter gets a title."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str) and not content.startswith(("---", "+++", "{")):
            content = POST.format(title=path.stem, body=content)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def load(folder: Path, *site_urls: str, is_dry_run: bool = False) -> Report:
    return Import(folder, Options(site_urls, is_dry_run=is_dry_run)).run()


def body(key: str) -> str:
    return Post.objects.get(import_key=key).body


def referred(key: str) -> list[str]:
    """Slugs of the posts to which a file's post refers, in the order of the text."""
    rows = CrossReference.objects.filter(post__import_key=key).order_by("position")
    return [row.target.slug if row.target else "-" for row in rows.select_related("target")]


def told(report: Report, kind: Finding) -> list[tuple[str, int, str]]:
    return [(found.file, found.line, found.what) for found in report.of(kind)]
