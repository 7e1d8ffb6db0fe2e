"""Posts in the form in which `export_markdown` writes them: taken as they are, to the letter."""

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

from django.utils import timezone

from blog.importing.assuming import assumptions
from blog.importing.conventions import LONGEST_HEADLINE
from blog.importing.dates import moment
from blog.importing.discovery import bytes_of, candidates
from blog.importing.encoding import FileRefused, text_of, with_plain_line_ends
from blog.importing.foreign import Ready
from blog.importing.front_matter import FrontMatter, Value, read
from blog.importing.lists import items
from blog.importing.people import Person
from blog.importing.pictures import Pictures
from blog.importing.plans import FILLED, Plan
from blog.importing.report import Finding, Report
from blog.markup import fold, slug_problem
from blog.models import Picture, Post, Slug
from publication.models import Publication

PICTURES = "pictures/"
DIGEST = re.compile(r"[0-9a-f]{64}")
# As an export writes a picture of ours within a text.
IN_TEXT = re.compile(r"\.\./pictures/([\w.-]+)")
# A new site cannot say whether an import of long ago, somewhere else, was this one.
COMPARED = tuple(name for name in FILLED if not name.startswith("import_"))


@dataclass(slots=True)
class Export:
    """A folder that `export_markdown` wrote."""

    folder: Path
    pictures: Pictures
    report: Report

    def ready(self) -> Iterator[Ready]:
        zone, now = Publication.current().zone, timezone.now()
        shown = self._pictures()
        for candidate in candidates(self.folder):
            try:
                text, _ = text_of(bytes_of(candidate, self.folder))
                matter = read(with_git_undone(text))
                plan = plan_of(candidate.key, matter, zone, now)
            except FileRefused as refusal:
                self.report.refuse(candidate.key, refusal.reason, refusal.line)
                continue
            self._show(plan, _text(matter.values, "lead_picture"), shown)
            self._assume(plan, matter.values.get("assumes", []), now, zone)
            post = _known(plan)
            is_same = post is not None and _says(
                post, plan, but_when="publish_in_days" in matter.values
            )
            yield Ready(plan, post, is_same=is_same)

    def _pictures(self) -> dict[str, Picture]:
        """By the name of their file in the export."""
        shown: dict[str, Picture] = {}
        for item in items(self.folder, "pictures.json", self.report):
            name = str(item.get("file", ""))
            alt, credit = str(item.get("alt", "")), str(item.get("credit", ""))
            digest = name.partition(".")[0]
            known = Picture.objects.filter(sha256=digest).first()
            if known is None:
                copied = self.pictures.copied(f"/{PICTURES}{name}", "", alt, credit)
                known = copied.picture
                if known is None:
                    self.report.add(Finding.PICTURE_MISSING, name, what=copied.refusal)
                    continue
                _keep_digest(known, digest)
            shown[name] = known
        return shown

    def _show(self, plan: Plan, lead: str, shown: Mapping[str, Picture]) -> None:
        plan.picture = shown.get(lead)
        plan.body = IN_TEXT.sub(
            lambda found: shown[found[1]].file.url if found[1] in shown else found[0], plan.body
        )

    def _assume(self, plan: Plan, written: Value, now: datetime, zone: tzinfo) -> None:
        made_at = min(plan.published_at or now, now)
        plan.assumes, problems = assumptions(written, made_at, zone)
        for problem in problems:
            self.report.add(Finding.REFUSED, plan.key, what=problem)


def _keep_digest(picture: Picture, digest: str) -> None:
    """That of the bytes which once were uploaded: by it the picture is known everywhere."""
    if DIGEST.fullmatch(digest) and picture.pk:
        picture.sha256 = digest
        picture.save(update_fields=["sha256"])


def _known(plan: Plan) -> Post | None:
    """The post that the plan is about, or else the one that has its slug."""
    if plan.uid and (post := Post.objects.filter(uid=plan.uid).first()):
        return post
    row = Slug.objects.filter(folded=fold(plan.slug)).select_related("post").first()
    return row.post if row else None


def _says(post: Post, plan: Plan, *, but_when: bool) -> bool:
    """Whether the post says what the plan says; `but_when`: at whatever time."""
    names = set(COMPARED) - ({"published_at", "dated_on"} if but_when else set())
    return all(getattr(post, name) == getattr(plan, name) for name in names)


def with_git_undone(text: str) -> str:
    """Line ends as they were before a checkout on Windows; a text's own are kept."""
    return with_plain_line_ends(text) if text.startswith("---\r\n") else text


def plan_of(key: str, matter: FrontMatter, zone: tzinfo, now: datetime) -> Plan:
    """Raises FileRefused for what no export would have written."""
    values = matter.values
    slug, headline = _text(values, "slug"), _text(values, "title")
    if problem := slug_problem(slug):
        raise FileRefused(f"slug: {problem}")
    if len(headline) > LONGEST_HEADLINE:
        raise FileRefused("the title is too long")
    published_at = _published_at(values, zone, now)
    return Plan(
        key=key,
        headline=headline,
        slug=slug,
        uid=_uid(values),
        body=body_of(matter.body),
        standfirst=_text(values, "standfirst"),
        language=_text(values, "language"),
        published_at=published_at,
        dated_on=_day(values, published_at, zone),
        known_at=_moment(values, "known_at", zone),
        withdrawn_at=_moment(values, "withdrawn_at", zone),
        withdrawal_notice=_text(values, "withdrawal_notice"),
        paragraph_aliases=_mapping(values, "paragraph_aliases"),
        import_key=_text(values, "import_key"),
        import_digest=_text(values, "import_digest"),
        authors=[Person(slug, slug) for slug in _list(values, "authors")],
        topics=_list(values, "topics"),
        story=_text(values, "story"),
        old_paths=_list(values, "old_addresses"),
        former_slugs=_list(values, "former_slugs"),
    )


def body_of(written: str) -> str:
    """The body without the empty line before it and the line's end after it."""
    return written.removeprefix("\n").removesuffix("\n")


def _uid(values: Mapping[str, Value]) -> uuid.UUID | None:
    written = _text(values, "uid")
    try:
        return uuid.UUID(written) if written else None
    except ValueError as error:
        raise FileRefused(f"uid is not a UUID: {written[:40]}") from error


def _published_at(values: Mapping[str, Value], zone: tzinfo, now: datetime) -> datetime | None:
    if _text(values, "draft") == "true":
        return None
    if days := _text(values, "publish_in_days"):
        if not days.isdecimal() or len(days) > 4:
            raise FileRefused("publish_in_days is not a number of days")
        return now.replace(microsecond=0) + timedelta(days=int(days))
    found = _moment(values, "date", zone)
    if found is None:
        raise FileRefused("neither a date nor “draft: true”")
    return found


def _day(values: Mapping[str, Value], at: datetime | None, zone: tzinfo) -> date | None:
    written = moment(_text(values, "dated_on"), UTC)
    return written.day if written else at.astimezone(zone).date() if at else None


def _moment(values: Mapping[str, Value], name: str, zone: tzinfo) -> datetime | None:
    written = _text(values, name)
    found = moment(written, zone) if written else None
    if written and not found:
        raise FileRefused(f"{name} is not a date: {written[:40]}")
    return found.at if found else None


def _text(values: Mapping[str, Value], name: str) -> str:
    value = values.get(name, "")
    if not isinstance(value, str):
        raise FileRefused(f"{name} is not a text")
    return value


def _list(values: Mapping[str, Value], name: str) -> list[str]:
    value = values.get(name) or []
    if not isinstance(value, list):
        raise FileRefused(f"{name} is not a list")
    return [item for item in value if isinstance(item, str)]


def _mapping(values: Mapping[str, Value], name: str) -> dict[str, str]:
    value = values.get(name) or {}
    if not isinstance(value, dict):
        raise FileRefused(f"{name} is not a mapping")
    return {key: item for key, item in value.items() if isinstance(item, str)}
