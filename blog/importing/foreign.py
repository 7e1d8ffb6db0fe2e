"""The posts of somebody else's folder: read, given their slugs and addresses, and planned."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from blog.importing.addresses import Folder, Site
from blog.importing.anchors import Anchors
from blog.importing.conventions import PostFile, described
from blog.importing.discovery import bytes_of, candidates, leftovers
from blog.importing.encoding import FileRefused, text_of, with_plain_line_ends
from blog.importing.front_matter import read
from blog.importing.pictures import Pictures
from blog.importing.plans import Plan, digest_of_file, digest_of_post
from blog.importing.report import Finding, Report
from blog.importing.texts import Home, Text
from blog.markup import fold
from blog.models import Picture, Post, Slug

LAST = datetime.max.replace(tzinfo=UTC)
KEYS_AT_A_TIME = 500
SHOWN = 60
# So many addresses of one host that name posts of the folder are no accident.
HINT_FROM = 3


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was read, with the bytes that it had."""

    file: PostFile
    data: bytes


@dataclass(slots=True)
class Ready:
    """A plan, and the post that it is about if there is one. `half` stands for the file."""

    plan: Plan
    post: Post | None = None
    half: str = ""
    is_same: bool = False
    """Nothing is to do."""


def read_files(folder: Path, zone: tzinfo, report: Report) -> list[Read]:
    """Every file that can be read, by date; what cannot be is reported."""
    found: list[Read] = []
    unused: Counter[str] = Counter()
    for candidate in candidates(folder):
        try:
            data = bytes_of(candidate, folder)
            text, note = text_of(data)
            file = described(candidate.key, read(with_plain_line_ends(text)), zone)
        except FileRefused as refusal:
            report.refuse(candidate.key, refusal.reason, refusal.line)
            continue
        for each in filter(None, (note, *file.notes)):
            report.add(Finding.NOTE, file.key, what=each)
        unused.update(file.unused)
        found.append(Read(file, data))
    for key in leftovers(folder, [one.file.key for one in found]):
        report.add(Finding.LEFT_OUT, key)
    for name, count in unused.most_common():
        report.add(
            Finding.UNUSED, name[:SHOWN], what=f"in {count} {'file' if count == 1 else 'files'}"
        )
    return sorted(found, key=_by_date)


def _by_date(found: Read) -> tuple[datetime, str]:
    return found.file.moment.at if found.file.moment else LAST, found.file.key


@dataclass(slots=True)
class Plans:
    """Plans for the files of one folder, each knowing where all the others will be."""

    site: Site
    read: Sequence[Read]
    pictures: Pictures
    report: Report

    def ready(self) -> Iterator[Ready]:
        posts = existing([found.file.key for found in self.read])
        folder = Folder(self.site, [found.file for found in self.read])
        slugs = self._slugs(posts)
        homes = {
            f.file.key: _home(f.file, slugs[f.file.key], posts.get(f.file.key), folder)
            for f in self.read
        }
        hosts: Counter[str] = Counter()
        texts = {
            found.file.key: Text(found.file, folder, homes, self.pictures, self.report)
            for found in self.read
        }
        anchors = _anchors(texts, folder, homes)
        for found in self.read:
            key = found.file.key
            body, outcomes = anchors.settled(key, texts[key].lost_anchor)
            texts[key].outcomes += outcomes
            yield self._planned(found, texts[key], body, homes[key], posts.get(key))
            hosts.update(texts[key].foreign_hosts)
        for host, count in hosts.most_common():
            if count < HINT_FROM:
                break
            self.report.add(Finding.OWN_HOST, host, what=f"{count} links to posts of this folder")

    def _slugs(self, posts: dict[str, Post]) -> dict[str, str]:
        """What a file's post has, or else the first free slug, in order of date."""
        owners: dict[str, int | str] = dict(Slug.objects.values_list("folded", "post_id"))
        slugs: dict[str, str] = {}
        for found in self.read:
            file, post = found.file, posts.get(found.file.key)
            if post and not _is_renamed(file, post):
                slugs[file.key] = post.slug
                continue
            me = post.pk if post else file.key
            slugs[file.key] = slug = _free(file.slug, me, owners)
            owners[fold(slug)] = me
            if slug != file.slug:
                self.report.add(Finding.SLUG_TAKEN, file.key, what=file.slug, remedy=f"now {slug}")
        return slugs

    def _planned(self, found: Read, text: Text, body: str, home: Home, post: Post | None) -> Ready:
        file = found.file
        picture = self._lead(file, text)
        is_public = file.moment is not None and not file.is_draft
        plan = Plan(
            key=file.key,
            headline=file.headline,
            slug=home.slug,
            body=body,
            standfirst=file.standfirst,
            language=file.language,
            published_at=file.moment.at if file.moment and is_public else None,
            dated_on=file.day if is_public else None,
            known_at=file.known_at.at if file.known_at else None,
            import_key=file.key,
            authors=file.authors,
            topics=file.topics,
            story=file.story,
            picture=picture,
            old_paths=sorted(home.others),
            targets=text.targets,
        )
        if post:
            plan.paragraph_aliases = post.paragraph_aliases
        half = digest_of_file(found.data, text.outcomes)
        return Ready(plan, post, half, post is not None and post.import_digest[:32] == half)

    def _lead(self, file: PostFile, text: Text) -> Picture | None:
        lead = file.picture
        return text.lead_picture(lead.path, lead.alt, lead.credit) if lead else None


def _anchors(texts: Mapping[str, Text], folder: Folder, homes: Mapping[str, Home]) -> Anchors:
    at_home = {home.path: key for key, home in homes.items()}
    return Anchors(
        bodies={key: text.body() for key, text in texts.items()},
        ids=lambda key: texts[key].post.anchors,
        key_of=lambda path, of: at_home.get(path) or folder.meaning(path, of).key,
    )


def existing(keys: Sequence[str]) -> dict[str, Post]:
    """Posts that came from these files."""
    found: dict[str, Post] = {}
    for start in range(0, len(keys), KEYS_AT_A_TIME):
        some = keys[start : start + KEYS_AT_A_TIME]
        found |= {post.import_key: post for post in Post.objects.filter(import_key__in=some)}
    return found


def is_edited(post: Post) -> bool:
    """Whether somebody changed the post here after it was imported."""
    return post.import_digest[32:] != digest_of_post(post)


def _is_renamed(file: PostFile, post: Post) -> bool:
    """Whether the file asks for another slug than it did, and nobody chose one here."""
    own = re.fullmatch(rf"{re.escape(fold(file.slug))}(-\d+)?", fold(post.slug))
    return own is None and not is_edited(post)


def _free(wished: str, me: int | str, owners: dict[str, int | str]) -> str:
    number, slug = 1, wished
    while owners.get(fold(slug), me) != me:
        number += 1
        slug = f"{wished}-{number}"
    return slug


def _home(file: PostFile, slug: str, post: Post | None, folder: Folder) -> Home:
    others = folder.paths_of(file)
    day = post.dated_on if post and post.was_ever_public else None if file.is_draft else file.day
    if not day and not others:
        # Nothing leads to a draft but what is kept of it: its own name, where no other fits.
        others = [f"/{slug}/"]
    path = f"/{day:%Y/%m/%d}/{slug}/" if day else others[0]
    return Home(path, slug, frozenset(_kept(others, path, is_public=day is not None)))


def _kept(paths: Iterable[str], path: str, *, is_public: bool) -> Iterable[str]:
    return (each for each in paths if not is_public or each != path)
