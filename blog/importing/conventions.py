"""What Jekyll, Hugo and Eleventy call things, and what a post file says in those words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo

from blog.importing.dates import Moment, day_in_name, moment
from blog.importing.dialects import plain
from blog.importing.front_matter import FrontMatter, Value
from blog.importing.naming import day_in_folders, language_of, name_of
from blog.importing.people import AUTHORS, Person, people
from blog.importing.values import LONGEST_NAME, clean_slug, listed, text_at, without_tags
from blog.markup import slugify

LONGEST_HEADLINE = 300
LONGEST_LANGUAGE = 35
YES = frozenset({"true", "yes", "on", "1"})
UNPUBLISHED = frozenset({"draft", "private", "pending", "skip"})
NO = frozenset({"false", "no", "off", "0"})
# In the order in which they are preferred.
DATES = (
    "date",
    "published_at",
    "publishdate",
    "pubdate",
    "published_on",
    "published_date",
    "created",
    "datetime",
    "createdat",
    "publishedat",
    "post_date",
    "pub_date",
    "publish_date",
    "added",
    "pubdatetime",
    "publicationdate",
    "published",
)
STANDFIRSTS = ("standfirst", "excerpt", "description", "summary", "subtitle", "lead", "dek")
TOPICS = ("topics", "topic", "tags", "tag", "categories", "category", "keywords")
PICTURES = (
    "lead_picture", "image", "cover", "featured_image", "feature_image", "images", "banner",
    "heroimage", "hero_image", "coverimage", "cover_image", "featuredimage", "ogimage",
)  # fmt: skip
FORMER = ("redirect_from", "aliases", "alias", "old_addresses")
LANGUAGES = ("language", "lang", "locale")
STORIES = ("story", "series")
# Read, or of no meaning outside the site they come from.
KNOWN = frozenset(
    (*DATES, *STANDFIRSTS, *AUTHORS, *TOPICS, *PICTURES, *FORMER, *LANGUAGES, *STORIES)
) | {
    "title", "headline", "slug", "permalink", "url", "path", "status", "modified",
    "type", "layout", "draft", "published", "hidden",
    "known_at", "image_alt", "image_description", "image_caption", "image_figcaption",
    "image_credit", "lastmod", "updated", "updateddate", "moddatetime",
}  # fmt: skip
HEADING = re.compile(
    r"^ {0,3}#{1,6}[ \t]+(?P<atx>\S.*?)[ \t]*#*[ \t]*$|^(?P<line>\S.*)\n=+[ \t]*$", re.M
)
DATED_PERMALINK = re.compile(r"/(\d{4})/(\d{1,2})/(\d{1,2})/([^/]+?)/?(?:\.html?)?")


@dataclass(frozen=True, slots=True)
class LeadPicture:
    path: str
    alt: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class PostFile:
    """One file as the conventions read it. `key` is its path within the folder."""

    key: str
    name: str
    """The file's name without its ending; the folder's for `index.md`."""
    named_on: date | None
    slug: str
    headline: str
    standfirst: str
    body: str
    body_line: int
    moment: Moment | None
    is_draft: bool
    language: str = ""
    known_at: Moment | None = None
    permalink: str = ""
    former: tuple[str, ...] = ()
    authors: tuple[Person, ...] = ()
    topics: tuple[str, ...] = ()
    story: str = ""
    picture: LeadPicture | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    anchors: Mapping[str, int] = field(default_factory=dict)
    """Ids that the author gave to places in the body: the line of each, from 1."""
    notes: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    @property
    def named_slug(self) -> str:
        return day_in_name(self.name)[1]

    @property
    def day(self) -> date | None:
        """The day in the address: the permalink's, or that on which the author's calendar stood."""
        return _day_in(self.permalink) or (self.moment.day if self.moment else None)


def described(key: str, matter: FrontMatter, zone: tzinfo) -> PostFile:
    """What a file says of its post. Never raises: what cannot be read is noted."""
    values, notes = _without_tables(matter.values), list(matter.notes)
    name = name_of(key)
    named_on, named_slug = day_in_name(name)
    body, body_line = _trimmed(matter.body, matter.body_line)
    headline, body, body_line = _headline(values, named_slug, body, body_line, notes)
    permalink = _permalink(values)
    at = _moment(values, (named_on, _day_in(permalink), day_in_folders(key)), zone, notes)
    text = plain(body, is_mdx=key.lower().endswith(".mdx"))
    return PostFile(
        key=key,
        name=name,
        named_on=named_on,
        slug=_slug(values, permalink, named_slug, headline),
        headline=headline,
        standfirst=_standfirst(values, notes),
        body=text.text,
        body_line=body_line,
        moment=at,
        is_draft=_is_draft(key, values) or at is None,
        language=_language(values) or language_of(key),
        known_at=moment(text_at(values, ("known_at",)), zone),
        permalink=permalink,
        former=tuple(listed(values, FORMER)),
        authors=tuple(people(values)),
        topics=_topics(values),
        story=next(iter(listed(values, STORIES)), "")[:LONGEST_NAME],
        picture=_picture(values),
        values=values,
        anchors=text.ids,
        notes=tuple(notes),
        unused=tuple(key for key, value in values.items() if value and key not in KNOWN),
    )


# --- One convention each ----------------------------------------------------------------


def _without_tables(values: Mapping[str, Value]) -> dict[str, Value]:
    """With what Zola keeps in `[taxonomies]` and `[extra]`, where nothing outside says it."""
    inner: dict[str, Value] = {}
    outer = dict(values)
    for name in ("extra", "taxonomies"):
        table = values.get(name)
        if isinstance(table, dict):
            inner |= {key.lower().replace("-", "_"): value for key, value in table.items()}
            del outer[name]
    return inner | outer


def _trimmed(body: str, line: int) -> tuple[str, int]:
    start = len(body) - len(body.lstrip("\n"))
    return body.strip("\n"), line + start


def _headline(
    values: Mapping[str, Value], slug: str, body: str, line: int, notes: list[str]
) -> tuple[str, str, int]:
    """The title; without one the first heading, which then leaves the body, or the file's name."""
    title = without_tags(text_at(values, ("title", "headline")))
    if not title:
        found = HEADING.search(body)
        title = without_tags((found["atx"] or found["line"]) if found else "")
        notes.append(f"no title; named after its {'first heading' if title else 'file'}")
        if found and not body[: found.start()].strip():
            line += body[: found.end()].count("\n")
            body, line = _trimmed(body[found.end() :], line)
        title = title or re.sub(r"[-_]+", " ", slug).strip() or "Untitled"
    if len(title) > LONGEST_HEADLINE:
        notes.append(f"title shortened to {LONGEST_HEADLINE} characters")
        title = title[: LONGEST_HEADLINE - 1] + "…"
    return title, body, line


def _moment(
    values: Mapping[str, Value], days: Iterable[date | None], zone: tzinfo, notes: list[str]
) -> Moment | None:
    """The first date that is one; else the day in the file's name, address or folders."""
    texts = [text_at(values, (key,)) for key in DATES]
    written = next((text for text in texts if text and text.lower() not in YES | NO), "")
    found = next(filter(None, (moment(text, zone) for text in texts if text)), None)
    if written and not found:
        notes.append(f"date “{written[:40]}” cannot be read")
    day = next(filter(None, days), None)
    if not found and day:
        found = moment(day.isoformat(), zone)
    if not found:
        notes.append("no date; made a draft")
    return found


def _day_in(address: str) -> date | None:
    found = re.fullmatch(f"(?:/[^/]+)*?{DATED_PERMALINK.pattern}", address)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _permalink(values: Mapping[str, Value]) -> str:
    """The address asked for; patterns (`:title`, `{{ … }}`) and `false` are none."""
    asked = text_at(values, ("permalink", "url"))
    zola = text_at(values, ("path",)).strip("/")
    asked = asked or (f"/{zola}/" if "/" in zola and ":" not in zola else "")
    return (
        asked
        if "/" in asked and not re.search(r"[:{}]", asked.partition("://")[2] or asked)
        else ""
    )


def _slug(values: Mapping[str, Value], permalink: str, named: str, headline: str) -> str:
    dated = DATED_PERMALINK.fullmatch(permalink)
    wishes = (
        text_at(values, ("slug",)).strip("/"),
        dated[4] if dated else "",
        named,
        slugify(headline),
    )
    return next(filter(None, map(clean_slug, wishes)), "untitled")


def _is_draft(key: str, values: Mapping[str, Value]) -> bool:
    return (
        "_drafts" in key.split("/")
        or text_at(values, ("draft",)).lower() in YES
        or text_at(values, ("status",)).lower() in UNPUBLISHED
        or text_at(values, ("published",)).lower() in NO
        or text_at(values, ("permalink",)).lower() == "false"
    )


def _standfirst(values: Mapping[str, Value], notes: list[str]) -> str:
    texts = [(key, without_tags(text_at(values, (key,)))) for key in STANDFIRSTS]
    given = [(key, text) for key, text in texts if text]
    for key, text in given[1:]:
        if _gist(text) != _gist(given[0][1]):
            notes.append(f"{key} left out: it differs from the {given[0][0]}")
    return given[0][1] if given else ""


def _gist(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _language(values: Mapping[str, Value]) -> str:
    tag = text_at(values, LANGUAGES).replace("_", "-").partition(".")[0]
    return tag if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", tag) else ""


def _topics(values: Mapping[str, Value]) -> tuple[str, ...]:
    """Every tag, category and keyword once, as first written."""
    found: dict[str, str] = {}
    for key in TOPICS:
        # Jekyll: the plural takes words apart, the singular is one tag; keywords have commas.
        for name in _words(values.get(key, ""), by_spaces=key in ("tags", "categories")):
            name = without_tags(name).strip("#")[:LONGEST_NAME]
            if slugify(name):
                found.setdefault(slugify(name), name)
    return tuple(found.values())


def _words(value: Value, *, by_spaces: bool) -> Iterable[str]:
    if isinstance(value, list):
        for item in value:
            if isinstance(item, str):
                yield item
    elif isinstance(value, str):
        yield from value.split(",") if "," in value or not by_spaces else value.split()


def _picture(values: Mapping[str, Value]) -> LeadPicture | None:
    value = next((values[key] for key in PICTURES if values.get(key)), "")
    if isinstance(value, list):
        value = value[0]
    alt = text_at(values, ("image_alt", "image_description"))
    credit = text_at(values, ("image_credit", "image_caption", "image_figcaption"))
    if isinstance(value, dict):
        alt = text_at(value, ("alt", "description", "title")) or alt
        credit = text_at(value, ("credit", "caption")) or credit
        value = text_at(value, ("path", "url", "src", "image", "file", "relative", "feature"))
    found = value.strip() if isinstance(value, str) else ""
    return LeadPicture(found, without_tags(alt), without_tags(credit)) if found else None
