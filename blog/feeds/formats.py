"""One feed in two formats: Atom (RFC 4287) and JSON Feed 1.1."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from blog.views.origin import origin, publication_of

# What XML 1.0 cannot hold, not even escaped.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
JSON_FEED = "https://jsonfeed.org/version/1.1"
FORMATS = ("atom", "json")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """`id` is an IRI that stays for ever; `updated` moves only with what is significant."""

    id: str
    url: str
    title: str
    html: str
    published: datetime
    updated: datetime
    summary: str = ""
    authors: Sequence[str] = ()
    tags: Sequence[str] = ()
    language: str = ""


@dataclass(frozen=True)
class Feed:
    """Addresses are whole. `title` is what the feed holds; "" for all of the site."""

    page_url: str
    url: str
    entries: Sequence[Entry]
    title: str = ""
    site: Mapping[str, str] = field(default_factory=dict)
    """Name, tagline and language of the publication."""


def answer(request: HttpRequest, name: str, feed: Feed) -> HttpResponse:
    """The feed in the format of that name. Raises Http404 for one that there is not."""
    publication = publication_of(request)
    site = {
        "name": plain(publication.name),
        "tagline": plain(publication.tagline),
        "language": publication.language,
    }
    title = f"{feed.title}. {site['name']}" if feed.title else site["name"]
    whole = replace(feed, site=site, title=plain(title))
    if name == "json":
        return HttpResponse(json_feed(whole), content_type="application/feed+json; charset=utf-8")
    if name == "atom":
        made = atom(whole)
        return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)
    raise Http404("There is no feed in that format.")


def whole(request: HttpRequest, path: str) -> str:
    return origin(request) + path


def here(request: HttpRequest) -> str:
    """The feed's own address, percent-encoded."""
    return whole(request, request.get_full_path().partition("?")[0])


class FullAtom(Atom1Feed):
    """Django's Atom with what it leaves out: full text, every author, each entry's language."""

    def latest_post_date(self) -> datetime:
        """Django says “now” of an empty feed, so that it is another whenever it is made."""
        return super().latest_post_date() if self.items else EPOCH

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        return {"xml:lang": item["language"]} if item["language"] else {}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")
        if item["summary"]:
            handler.addQuickElement("summary", item["summary"], {"type": "text"})
        handler.addQuickElement("content", item["content"], {"type": "html"})


def atom(feed: Feed) -> FullAtom:
    made = FullAtom(
        title=feed.title,
        subtitle=feed.site["tagline"] or None,
        link=feed.page_url,
        feed_url=feed.url,
        feed_guid=feed.url,
        description="",
        language=feed.site["language"] or None,
        author_name=feed.site["name"],
    )
    for entry in feed.entries:
        made.add_item(
            title=plain(entry.title),
            link=entry.url,
            # Django writes a summary of its own where this is text.
            description=None,  # type: ignore[arg-type]
            unique_id=entry.id,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=[plain(tag) for tag in entry.tags],
            authors=[plain(name) for name in entry.authors],
            summary=plain(entry.summary),
            content=plain(entry.html),
            language=entry.language,
        )
    return made


def json_feed(feed: Feed) -> str:
    head = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.url,
        "description": feed.site["tagline"],
        "language": feed.site["language"],
        "authors": [{"name": feed.site["name"]}],
    }
    items = [_item(entry) for entry in feed.entries]
    return json.dumps(_filled(head) | {"items": items}, ensure_ascii=False)


def _item(entry: Entry) -> dict[str, Any]:
    return _filled(
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "content_html": entry.html or " ",
            "summary": entry.summary,
            "date_published": entry.published.isoformat(),
            "date_modified": entry.updated.isoformat(),
            "authors": [{"name": name} for name in entry.authors],
            "tags": list(entry.tags),
            "language": entry.language,
        }
    )


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def plain(text: str) -> str:
    return NOT_XML.sub("", text)
