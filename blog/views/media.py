"""Uploads, served so that no browser runs them, whatever they hold."""

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

# Shown in the page; everything else is handed over as a file.
PICTURES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "public, max-age=86400",
}


@require_safe
def media(request: HttpRequest, path: str) -> FileResponse:
    """A file by its name. There is no list of them, and names cannot be guessed."""
    kind = PICTURES.get(PurePosixPath(path).suffix.lower())
    try:
        file = default_storage.open(path)
    except (OSError, ValueError, SuspiciousFileOperation) as error:
        raise Http404("There is no such file.") from error
    return FileResponse(
        file,
        as_attachment=kind is None,
        filename=PurePosixPath(path).name,
        content_type=kind or "application/octet-stream",
        headers=HEADERS,
    )
