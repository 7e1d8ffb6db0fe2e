"""What a URL in a text points at, as a browser would read it."""

import re

# Browsers drop control characters and blanks around or in a scheme, and read "\" as "/".
IGNORED = re.compile(r"[\x00-\x20\x7f]")
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
LINKED = frozenset({"http", "https", "mailto"})


def scheme(url: str) -> str:
    """The scheme in lower case, "" for a relative address."""
    found = SCHEME.match(IGNORED.sub("", url))
    return found[1].lower() if found else ""


def is_outside(url: str) -> bool:
    """Whether the address names a host; the site's own is known to the caller alone."""
    return scheme(url) in ("http", "https") or _slashed(url).startswith("//")


def is_local(url: str) -> bool:
    return bool(url) and not scheme(url) and not _slashed(url).startswith("//")


def may_be_linked(url: str) -> bool:
    return not scheme(url) or scheme(url) in LINKED


def _slashed(url: str) -> str:
    return IGNORED.sub("", url).replace("\\", "/")
