"""How a source reads: in a note beside its line, and in the list at the end of a post.

Pure: an `Entry` in, escaped HTML out. Everything an entry says is treated as hostile. Parts that
are not known are left out and never invented, but a missing date is said to be missing, and so is
the attribution of an unsigned news report.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language_info

from sources.canonical import host_of
from sources.names import family_of, full_name, line_from_name
from sources.vocabulary import CSL_TYPE_LABELS, Attribution
from sources.wordlists import words

NOTHING = SafeString("")

# Reports of the day: the outlet leads and the title follows in quotation marks.
_PRESS = words("article-newspaper article-magazine webpage post post-weblog broadcast periodical")
# Parts of something bigger: the title in quotation marks, then the bigger thing. All other types
# are things of their own, whose title is set as a title.
_PARTS = words(
    "article article-journal chapter paper-conference entry entry-dictionary "
    "entry-encyclopedia review review-book interview speech hearing personal_communication "
    "performance song figure"
)
_INSIDE_A_BOOK = words("chapter paper-conference entry entry-dictionary entry-encyclopedia figure")
_NEWS = frozenset({"article-newspaper", "broadcast"})
_NOT_IN_ADDRESSES = re.compile(r'[\s"<>\\^`{|}]')


@dataclass(frozen=True, slots=True)
class Entry:
    """A source as a bibliography needs it; words as typed, nothing escaped yet."""

    csl_type: str = "webpage"
    title: str = ""
    original_title: str = ""
    authors: tuple[Mapping[str, Any], ...] = ()
    container_title: str = ""
    outlet_name: str = ""
    outlet_native_name: str = ""
    outlet_language: str = ""
    outlet_kind: str = ""  # as readers see it: "Newspaper"
    party_note: str = ""  # "a party to the war"; empty for outlets that are no party
    publisher: str = ""
    publisher_place: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    number: str = ""
    edition: str = ""
    event: str = ""
    medium: str = ""
    genre: str = ""
    doi: str = ""
    language: str = ""
    issued: str = ""  # as readers see it: "17 November 2024"
    attribution: str = ""  # a value of vocabulary.Attribution
    attributed_to: str = ""
    note: str = ""
    url: str = ""
    archived_url: str = ""

    @property
    def container(self) -> str:
        """What it appeared in; the bare host of a page of which nothing else is known."""
        known = self.container_title or self.outlet_name
        return known or (host_of(self.url) if self.csl_type in _PRESS else "")

    @property
    def sort_key(self) -> str:
        """What it is filed under in a list, without regard to case."""
        filed = family_of(self.authors[0]) if self.authors else self.container or self.publisher
        return f"{filed} {self.title or self.original_title}".strip().casefold()


def note_html(entry: Entry, *, with_author: bool = True, page_language: str = "") -> SafeString:
    """A margin note: the citation, then whose word it is and where it can be read.

    Titles carry their language where it is known and is not that of the page.
    """
    return _words(
        citation_html(entry, with_author=with_author, page_language=page_language),
        provenance_html(entry, page_language=page_language),
    )


def citation_html(entry: Entry, *, with_author: bool = True, page_language: str = "") -> SafeString:
    """The first part of a note: who, what, when. A locator follows it."""
    authors = _said_authors(entry) if with_author else NOTHING
    return _sentence(", ", [authors, *_parts(entry, page_language)])


def provenance_html(entry: Entry, *, page_language: str = "") -> SafeString:
    """The second part of a note: what is said of it, whose word it is, where it can be read."""
    record = _words(_provenance(entry, page_language), _links(entry))
    return _words(
        _sentence("", [_plain(entry.note)]),
        format_html('<span class="prov">{}</span>', record) if record else NOTHING,
    )


def bibliography_html(entry: Entry, *, page_language: str = "") -> SafeString:
    """A line of the list of sources: what it is filed under, then the rest."""
    authors = _filed_authors(entry)
    parts = [part for part in _parts(entry, page_language) if part]
    first, rest = (authors, parts) if authors else (parts[0], parts[1:])
    return _words(
        _sentence("", [first]),
        _sentence(", ", rest),
        _sentence("", [_plain(entry.note)]),
        _provenance(entry, page_language),
        _links(entry),
    )


def safe_address(url: str) -> str:
    """The address if a browser will only ever read it as a page on the web, else ""."""
    return url if re.match(r"https?://[^\s/\\]", url, re.IGNORECASE) else ""


def href(url: str) -> str:
    """As HTML allows it: what no address may hold is percent-encoded, the rest is kept."""
    return _NOT_IN_ADDRESSES.sub(lambda found: quote(found[0]), safe_address(url))


def _parts(entry: Entry, page_language: str) -> list[SafeString]:
    """The citation without authors, in the order of the type; the date is always among them."""
    if entry.csl_type in _PRESS:
        shape = _press_parts
    else:
        shape = _piece_parts if entry.csl_type in _PARTS else _whole_parts
    parts = [part for part in shape(entry, page_language) if part]
    date = _plain(entry.issued or "no date")
    pages = _plain(_pages(entry.page))
    doi = _plain(entry.doi and f"doi:{entry.doi}") if entry.csl_type not in _PRESS else NOTHING
    if not parts and not entry.authors:
        parts = [_plain(entry.genre or CSL_TYPE_LABELS.get(entry.csl_type, "Source"))]
    return [*parts, date, pages, doi]


def _press_parts(entry: Entry, page_language: str) -> list[SafeString]:
    return [
        _container(entry, page_language),
        _quoted(_title(entry, page_language)),
        *map(_plain, (entry.genre, entry.edition, _volume_and_issue(entry))),
    ]


def _piece_parts(entry: Entry, page_language: str) -> list[SafeString]:
    container = _words(_container(entry, page_language), _plain(_volume_and_issue(entry)))
    if container and entry.csl_type in _INSIDE_A_BOOK:
        container = format_html("in {}", container)
    return [
        _quoted(_title(entry, page_language)),
        *map(_plain, (entry.genre, entry.medium)),
        container,
        *map(_plain, (entry.number, entry.event, entry.edition, entry.publisher)),
        _plain(entry.publisher_place),
    ]


def _whole_parts(entry: Entry, page_language: str) -> list[SafeString]:
    title = _title(entry, page_language)
    publisher = entry.publisher or entry.outlet_name
    return [
        format_html("<cite>{}</cite>", title) if title else NOTHING,
        *map(_plain, (entry.genre, entry.medium, entry.container_title, entry.number)),
        *map(_plain, (_volume_and_issue(entry), entry.edition, entry.event, publisher)),
        _plain(entry.publisher_place),
    ]


def _container(entry: Entry, page_language: str) -> SafeString:
    name = format_html("<cite>{}</cite>", entry.container) if entry.container else NOTHING
    native = entry.outlet_native_name if entry.container == entry.outlet_name else ""
    if not name or not native or native == entry.container:
        return name
    return format_html("{} ({})", name, _in_language(native, entry.outlet_language, page_language))


def _title(entry: Entry, page_language: str) -> SafeString:
    """The title; where it is a translation, with the original in brackets behind it."""
    original = _in_language(entry.original_title, entry.language, page_language)
    if not entry.title or not entry.original_title:
        return original or _in_language(entry.title, entry.language, page_language)
    return format_html("{} ({})", entry.title, original)


def _in_language(text: str, language: str, page_language: str) -> SafeString:
    if not text or not language or _is_same_language(language, page_language):
        return _plain(text)
    return format_html('<span lang="{}">{}</span>', language, text)


def _provenance(entry: Entry, page_language: str) -> SafeString:
    """Kind, language and attribution: "News site, in Ukrainian; unnamed officials." """
    kind = entry.outlet_kind or (
        CSL_TYPE_LABELS.get(entry.csl_type, "") if entry.csl_type != "webpage" else ""
    )
    what = ", ".join(
        filter(None, (kind, _foreign_language(entry, page_language), entry.party_note))
    )
    return _sentence("", [_plain(capfirst("; ".join(filter(None, (what, _attribution(entry))))))])


def _attribution(entry: Entry) -> str:
    label = Attribution(entry.attribution).label.lower() if entry.attribution in Attribution else ""
    if entry.attribution in (Attribution.UNNAMED_OFFICIAL, Attribution.UNNAMED_PERSON):
        return entry.attributed_to or label
    said = ", ".join(filter(None, (entry.attributed_to, label)))
    is_silent = not said and entry.csl_type in _NEWS and not entry.authors
    return "attribution not recorded" if is_silent else said


def _foreign_language(entry: Entry, page_language: str) -> str:
    language = entry.language or entry.outlet_language
    if not language or not page_language or _is_same_language(language, page_language):
        return ""
    try:
        return f"in {get_language_info(language.lower())['name']}"
    except KeyError:
        return ""


def _is_same_language(one: str, other: str) -> bool:
    return one.lower().partition("-")[0] == other.lower().partition("-")[0]


def _links(entry: Entry) -> SafeString:
    doi = f"https://doi.org/{entry.doi}" if entry.doi else ""
    original, archived = href(entry.url or doi), href(entry.archived_url)
    copy = "archived copy" if original else "Archived copy"
    links = [
        format_html('<a class="out" href="{}">Original</a>', original) if original else NOTHING,
        format_html('<a href="{}">{}</a>', archived, copy) if archived else NOTHING,
    ]
    return _joined(", ", links)


def _said_authors(entry: Entry) -> SafeString:
    names = list(filter(None, map(full_name, entry.authors)))
    if len(names) > 3:
        return _plain(f"{names[0]} and others")
    last = names[-1:]
    return _plain(" and ".join(filter(None, [", ".join(names[:-1]), *last])))


def _filed_authors(entry: Entry) -> SafeString:
    lines = [line_from_name(name).strip("{}, ") for name in entry.authors[:1]]
    others = [full_name(name) for name in entry.authors[1:]]
    return _plain("; ".join(filter(None, lines + others)))


def _volume_and_issue(entry: Entry) -> str:
    if entry.volume and entry.issue:
        return f"{entry.volume} ({entry.issue})"
    return entry.volume or (f"no. {entry.issue}" if entry.issue else "")


def _pages(page: str) -> str:
    if not page[:1].isdigit():
        return page
    several = re.search(r"[-–,]", page)
    return f"pp. {re.sub(r'(?<=[0-9])--?(?=[0-9])', '–', page)}" if several else f"p. {page}"


def _plain(text: str) -> SafeString:
    return format_html("{}", " ".join(text.split()))


def _quoted(html: SafeString) -> SafeString:
    return format_html("“{}”", html) if html else NOTHING


def _words(*parts: SafeString) -> SafeString:
    return _joined(" ", parts)


def _sentence(glue: str, parts: Iterable[SafeString]) -> SafeString:
    """The parts that are there, with a full stop unless the last one ends the sentence itself."""
    sentence = _joined(glue, parts)
    is_ended = re.search(r"[.!?…][”»’)]?(?:</\w+>)*[”»’)]?$", sentence)
    return sentence if is_ended or not sentence else format_html("{}.", sentence)


def _joined(glue: str, parts: Iterable[SafeString]) -> SafeString:
    return format_html_join(mark_safe(glue), "{}", ((part,) for part in parts if part))  # noqa: S308
