"""Which requests may be answered from what is kept, and what tells two of them apart."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# What has one format only, whatever a reader would rather have. deploy/nginx.conf knows the same.
FEEDS = (".atom", ".xml")
# Whatever else a query asks for is not kept: there would be no end of it. Which page reads which of
# these the site knows (blog/kept.py).
QUERY = re.compile(r"page=\d{1,4}|sort=[a-z]{1,9}|by=[a-z]{1,9}|on=\d{4}-\d{2}-\d{2}", re.ASCII)
# With these the page itself is wanted, whatever follows. deploy/nginx.conf has the same rule.
WANTS_PAGE = re.compile(r"(?:\*/\*|text/html(?:,.*)?)?", re.DOTALL)
LONGEST = 2000
# What newsletters, networks and advertisements add to an address, which chooses no page. Readers
# who come with it get the page of all others. deploy/nginx.conf has the same names.
TRACKING = re.compile(
    r"(?:(?:utm|pk|mtm|matomo|mc)_[a-z_]+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|srsltid|msclkid"
    r"|twclid|ttclid|yclid|ysclid|igsh|igshid|li_fat_id|_hsenc|_hsmi|mkt_tok|vero_id|oly_enc_id"
    r"|oly_anon_id|ref_src)(?:=[^&]*)?"
)
# Begin with one of these: never the same for all, made of what is asked, or files already.
NEVER = ("/admin/", "/api/", "/search/", "/media/", "/static/", "/-/")
CODINGS = ("br", "gzip")


@dataclass(frozen=True)
class Address:
    """Two requests with the same are answered the same at one moment."""

    scheme: str
    host: str
    path: str
    """As WSGI has it: the bytes, read as Latin-1."""
    query: str = ""
    accept: str = ""
    """Empty where the page itself is wanted."""


def without_tracking(environ: dict[str, Any]) -> dict[str, Any]:
    """The request as the site is to see it: without what was added to the page's address."""
    query = environ.get("QUERY_STRING", "")
    if not query or environ.get("PATH_INFO", "").startswith(NEVER):
        return environ
    parts = [part for part in query.split("&") if not TRACKING.fullmatch(part)]
    return environ | {"QUERY_STRING": "&".join(parts)}


def asked(environ: Mapping[str, Any]) -> Address | None:
    """What is asked for; None where the answer is for this request alone."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("SCRIPT_NAME"):
        return None
    if "HTTP_COOKIE" in environ or "HTTP_AUTHORIZATION" in environ:
        return None
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    accept = environ.get("HTTP_ACCEPT", "")
    host = environ.get("HTTP_HOST", "")
    if path.startswith(NEVER) or not host or not _has_end(query):
        return None
    if len(path) + len(query) + len(accept) + len(host) > LONGEST:
        return None
    is_plain = path.endswith(FEEDS) or WANTS_PAGE.fullmatch(accept)
    return Address(_scheme(environ), host, path, query, "" if is_plain else accept)


def _has_end(query: str) -> bool:
    """Whether each part is one that pages read, once."""
    parts = query.split("&") if query else []
    names = {part.partition("=")[0] for part in parts}
    return len(names) == len(parts) and all(map(QUERY.fullmatch, parts))


def _scheme(environ: Mapping[str, Any]) -> str:
    """As Django tells it of what a proxy in front says: the first of several counts."""
    said = environ.get("HTTP_X_FORWARDED_PROTO") or environ["wsgi.url_scheme"]
    return "https" if said.partition(",")[0].strip() == "https" else "http"


def coding(environ: Mapping[str, Any]) -> str:
    """The best coding that the reader takes: "br", "gzip", or "" for none."""
    taken = environ.get("HTTP_ACCEPT_ENCODING", "").lower().split(",")
    names = {token.partition(";")[0].strip() for token in taken if not _is_refused(token)}
    return next((each for each in CODINGS if each in names), "")


def _is_refused(token: str) -> bool:
    """`gzip;q=0`, with as many noughts as one likes."""
    weight = token.partition(";")[2].replace(" ", "").removeprefix("q=")
    return bool(weight) and not weight.strip("0.")
