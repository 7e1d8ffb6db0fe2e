"""Of which code and settings, and for which site, something was made that outlives the process."""

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

PARTS = ("config", "publication", "sources", "blog", "templates", "static", "requirements.txt")
ENDINGS = {".py", ".html", ".xml", ".css", ".js", ".txt", ".svg", ".woff2", ".png", ".ico"}
# Settings of which an answer tells, or that choose whether there is one.
TOLD = (
    "DEBUG",
    "ALLOWED_HOSTS",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "STORAGES",
    "STATIC_URL",
    "MEDIA_URL",
)


@cache
def release() -> str:
    """That of this process: 16 hexadecimals."""
    return release_of(Path(settings.BASE_DIR, part) for part in PARTS)


def release_of(parts: Iterable[Path]) -> str:
    """The same on all machines with the same files and settings; another for another secret."""
    digest = blake2b(settings.SECRET_KEY.encode(), digest_size=8)
    digest.update(repr([(name, getattr(settings, name)) for name in TOLD]).encode())
    for part in sorted(parts):
        files = sorted(part.rglob("*")) if part.is_dir() else [part]
        for file in files:
            if file.suffix in ENDINGS and file.is_file():
                digest.update(f"{file.name}\0".encode() + file.read_bytes())
    return digest.hexdigest()
