"""Canonical addresses: the key by which two URLs are the same page.

`canonical_url` says whether two addresses name one source. It is a key to compare by, never an
address to send readers to (that is `Source.url`, as the author typed it). So it may go further
than a redirect would: the scheme is always https, a leading "www." is dropped, and so are
trailing slashes. All rules that know somebody's habits stand in the tables below.
"""

import re
from fnmatch import translate
from typing import NamedTuple
from urllib.parse import quote, unquote, unquote_plus

from sources.wordlists import words

# Longest key kept, in ASCII characters: an index row of PostgreSQL holds about 2,700 bytes.
MAX_LENGTH = 2000
# Longest address read at all; what tracking adds may make one longer than what is kept.
LONGEST_READ = 8000
# Nested wrappers are taken off one per pass; an address deeper than this is an attack.
MAX_PASSES = 40


class Dropped(NamedTuple):
    """Query parameters that do not choose the page."""

    by: str
    names: str  # separated by spaces, * for any ending; compared without regard to case
    value: str = ""  # a pattern for the whole value; empty for any value
    hosts: str = ""  # canonical hosts, separated by spaces; empty for all


DROPPED_PARAMETERS = (
    Dropped(
        "Google", "utm_* gclid gclsrc dclid gbraid wbraid _ga _gl srsltid usqp amp_js_v amp_gsa"
    ),
    Dropped("Facebook", "fbclid fb_action_ids fb_action_types fb_ref fb_source __cft__* __tn__"),
    Dropped("Instagram", "igshid igsh ig_rid"),
    Dropped("X and Twitter", "twclid ref_src ref_url __twitter_impression"),
    Dropped("Microsoft", "msclkid ocid cvid"),
    Dropped("LinkedIn", "li_fat_id trk trkCampaign trackingId"),
    Dropped("TikTok", "ttclid"),
    Dropped("Yandex", "yclid ysclid _openstat"),
    Dropped("Yahoo", "guccounter guce_referrer guce_referrer_sig ncid"),
    Dropped("Mailchimp", "mc_cid mc_eid"),
    Dropped("HubSpot", "_hsenc _hsmi __hstc __hssc __hsfp hsCtaTracking"),
    Dropped(
        "Marketo, Vero, Omeda, Iterable, EveryAction",
        "mkt_tok vero_id vero_conv oly_anon_id oly_enc_id iterable_* emci emdi ceid",
    ),
    Dropped("Adobe", "s_cid icid sc_cid"),
    Dropped("Matomo", "pk_* mtm_* piwik_* matomo_*"),
    Dropped(
        "AT Internet",
        "xtor at_medium at_campaign at_custom* at_link* at_bbc* at_format at_ptr_name",
    ),
    Dropped("Webtrekk, Mapp", "wt_mc wt_zmc wtmc"),
    Dropped("Branch, Adjust, Piano", "_branch_match_id _branch_referrer adj_t cx_*"),
    Dropped("BBC", "ns_mchannel ns_source ns_campaign ns_linkname ns_fee"),
    Dropped("The Guardian and others", "CMP cmpid INTCMP"),
    Dropped("The New York Times", "smid smtyp partner unlocked_article_code", hosts="nytimes.com"),
    Dropped("The Wall Street Journal", "st reflink mod", hosts="wsj.com"),
    Dropped("Bloomberg", "sref srnd leadSource", hosts="bloomberg.com"),
    Dropped("Medium", "source", hosts="medium.com"),
    Dropped("Wikipedia", "wprov"),
    Dropped("Spotify", "si", hosts="open.spotify.com"),
    # A moment in a film is a locator, not another film.
    Dropped("YouTube", "t start si feature ab_channel pp", hosts="youtube.com"),
    Dropped("posts on X", "s t", hosts="x.com"),
    Dropped("Telegram", "single comment", hosts="t.me"),
    Dropped("AMP", "amp", value=r"|1|true|yes"),
    Dropped("AMP", "outputType output", value="amp"),
    # Ghost and Product Hunt name the referring site; elsewhere "ref" may choose a branch.
    Dropped("Ghost", "ref", value=r"[\w-]+(\.[\w-]+)+"),
)

# One page under several hosts: (pattern of the host, what it becomes).
HOSTS = (
    # A host of two labels (m.me, amp.dev) is nobody's mobile form.
    (re.compile(r"^(?:(?:www|m|mobile|mobil|touch|amp)\.)+(?=[^.]+\.[^.])"), ""),
    (re.compile(r"^([a-z-]+)\.m\.(wiki[a-z]+\.org)$"), r"\1.\2"),
    (re.compile(r"^twitter\.com$"), "x.com"),
    (re.compile(r"^dx\.doi\.org$"), "doi.org"),
)

# Endings of the path that mean "the AMP form of this page".
PATHS = (
    (re.compile(r"(?<=[^/])(?:/+amp)+/*$", re.IGNORECASE), ""),
    (re.compile(r"\.amp(?=\.html?$)", re.IGNORECASE), ""),
    (re.compile(r"(?<=[^/])\.amp$", re.IGNORECASE), ""),
)

# Addresses that only wrap another one: (pattern of the address, whose group 1 is the page inside).
WRAPPERS = (
    re.compile(r"https://google\.[a-z.]{2,6}/amp/(?:s/)?([^/].*)"),
    re.compile(r"https://(?:[a-z0-9-]+\.)?cdn\.ampproject\.org/(?:c|v|wp)/(?:s/)?([^/].*)"),
)
# The same, where the page inside is the value of a parameter.
REDIRECTORS = (
    re.compile(
        r"https://google\.[a-z.]{2,6}/url\?(?:.*&)?(?:q|url)=(https?(?:://|%3A)[^&]+)", re.I
    ),
    re.compile(r"https://(?:lm?\.)?facebook\.com/l\.php\?(?:.*&)?u=(https?(?:://|%3A)[^&]+)", re.I),
    re.compile(r"https://youtube\.com/redirect\?(?:.*&)?q=(https?(?:://|%3A)[^&]+)", re.I),
    re.compile(
        r"https://[a-z0-9.]*safelinks\.protection\.outlook\.com/\?(?:.*&)?url=(http[^&]+)", re.I
    ),
)
# Short forms of one site's own: (pattern of the address, what it becomes).
SHORT_FORMS = (
    (re.compile(r"^https://youtu\.be/([\w-]+)(?:\?.*)?$"), r"https://youtube.com/watch?v=\1"),
    (
        re.compile(r"^https://youtube\.com/(?:shorts|live|embed)/([\w-]+)(?:\?.*)?$"),
        r"https://youtube.com/watch?v=\1",
    ),
    (re.compile(r"^(https://bbc\.(?:com|co\.uk)/[a-z]+)/amp/"), r"\1/"),
    (re.compile(r"^https://t\.me/s/(?=[^/?]+/\d)"), "https://t.me/"),
)

# Sites whose paths mean the same in capitals.
CASELESS_HOSTS = frozenset({"doi.org"})

# Keepers of other people's pages: the rest of the address belongs to the page they keep.
ARCHIVES = words(
    "web.archive.org archive.org archive.ph archive.is archive.today archive.li archive.vn "
    "archive.md archive.fo perma.cc webcitation.org ghostarchive.org arquivo.pt "
    "webarchive.nationalarchives.gov.uk wayback.archive-it.org"
)

_ADDRESS = re.compile(
    r"https?:[/\\]{2,}(?P<authority>[^/\\?#]*)(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.IGNORECASE | re.DOTALL,
)
_HOST_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+")
_IPV6 = re.compile(r"\[[0-9a-f:.]{2,45}\]")
_DEFAULT_PORTS = frozenset({"", "80", "443"})
# RFC 3986, section 2.3: these mean the same encoded or not. "?" is for query and fragment.
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_TO_ENCODE = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9._~!$&'()*+,;=:@/?-]")
_CONTROLS = "".join(map(chr, range(33)))


def canonical_url(url: str) -> str:
    """The key of the page at an address; "" for what is not an address on the web.

    Never raises. Canonical addresses are their own canonical addresses.
    """
    if len(url) > LONGEST_READ:
        return ""
    for _ in range(MAX_PASSES):
        present = _one_pass(url)
        if present == url:
            return present if len(present) <= MAX_LENGTH else ""
        url = present
    return ""


def host_of(url: str) -> str:
    """The canonical host of an address, without port; "" for what is not one."""
    found = re.match(r"https://(\[[^\]]*\]|[^/:]+)", canonical_url(url))
    return found[1] if found else ""


def host_and_parents(host: str) -> tuple[str, ...]:
    """The host, then its parents with at least two labels, nearest first."""
    labels = host.split(".")
    return tuple(".".join(labels[i:]) for i in range(max(1, len(labels) - 1)))


def _one_pass(url: str) -> str:
    text = re.sub(r"[\t\r\n]", "", url.strip(_CONTROLS))
    found = _ADDRESS.fullmatch("https:" + text if text.startswith("//") else text)
    authority = _authority(found["authority"]) if found else ""
    if not found or not authority:
        return ""
    host = authority.partition(":")[0]
    path = found["path"].replace("\\", "/")
    path = _without_dots(_encoded(path.lower() if host in CASELESS_HOSTS else path))
    query = _encoded(found["query"] or "")
    if host in ARCHIVES:
        return f"https://{authority}{path or '/'}{'?' + query if query else ''}"
    kept = _kept_parameters(query, host)
    address = f"https://{authority}{_page_path(path)}{'?' + kept if kept else ''}"
    return _unwrapped(address) + _route(found["fragment"] or "")


def _authority(authority: str) -> str:
    """Host and unusual port of the part between "//" and the path; "" if there is no host."""
    host_and_port = unquote(authority).rpartition("@")[2]
    host, port = host_and_port, ""
    if ported := re.fullmatch(r"(.*):(\d*)", host_and_port, re.DOTALL):
        host, port = ported[1], ported[2].lstrip("0")
    host = _host(host)
    return host if not host or port in _DEFAULT_PORTS else f"{host}:{port[:5]}"


def _host(host: str) -> str:
    """The host's canonical name in ASCII; "" for what cannot be a public host."""
    if _IPV6.fullmatch(host.lower()):
        return host.lower()
    try:
        # IDNA 2003, which the standard library speaks; enough to compare by.
        ascii_host = host[:255].rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    if not _HOST_NAME.fullmatch(ascii_host):
        return ""
    for pattern, becomes in HOSTS:
        ascii_host = pattern.sub(becomes, ascii_host)
    return ascii_host


def _encoded(text: str) -> str:
    """Percent-encoding in one form: capital digits, nothing encoded that need not be."""

    def one(found: re.Match[str]) -> str:
        match = found[0]
        if len(match) == 3:
            character = chr(int(match[1:], 16))
            return character if _UNRESERVED.fullmatch(character) else match.upper()
        return quote(match, safe="", errors="surrogatepass")

    return _TO_ENCODE.sub(one, text)


def _without_dots(path: str) -> str:
    """The path with "." and ".." carried out (RFC 3986, section 5.2.4)."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[max(1, len(kept) - 1) :]
        elif segment != ".":
            kept.append(segment)
    return "/".join(kept)


def _page_path(path: str) -> str:
    path = path.rstrip("/")
    for pattern, becomes in PATHS:
        path = pattern.sub(becomes, path)
    return path or "/"


class _Rule(NamedTuple):
    name: re.Pattern[str]
    value: re.Pattern[str]
    hosts: frozenset[str]


def _rule(row: Dropped) -> _Rule:
    names = "|".join(translate(name) for name in row.names.split())
    value = f"(?:{row.value})" if row.value else ".*"
    return _Rule(
        re.compile(names, re.IGNORECASE),
        re.compile(value, re.IGNORECASE),
        frozenset(row.hosts.split()),
    )


_RULES = tuple(_rule(row) for row in DROPPED_PARAMETERS)


def _kept_parameters(query: str, host: str) -> str:
    # "&amp;" is left over where an address was copied out of HTML source.
    parts = query.replace("&amp;", "&").split("&")
    return "&".join(part for part in parts if part and not _is_dropped(part, host))


def _is_dropped(part: str, host: str) -> bool:
    name, _, value = part.partition("=")
    name, value = unquote_plus(name), unquote_plus(value)
    return any(
        (not rule.hosts or host in rule.hosts)
        and rule.name.fullmatch(name)
        and rule.value.fullmatch(value)
        for rule in _RULES
    )


def _unwrapped(address: str) -> str:
    for wrapper in WRAPPERS:
        if found := wrapper.fullmatch(address):
            return f"https://{found[1]}"
    for redirector in REDIRECTORS:
        if found := redirector.match(address):
            return unquote(found[1])
    for pattern, becomes in SHORT_FORMS:
        address = pattern.sub(becomes, address)
    return address


def _route(fragment: str) -> str:
    """A fragment that a page's own script reads as its address ("#!/filings"); others go."""
    route = fragment.partition(":~:")[0]
    is_route = route.startswith(("!", "/")) and route.strip("!/") != ""
    return f"#{_encoded(route)}" if is_route else ""
