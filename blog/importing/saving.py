"""Writing a plan: the post with its bylines, topics and old addresses, or nothing of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import transaction

from blog.importing.people import Person
from blog.importing.plans import Plan, digest_of_post
from blog.importing.values import LONGEST_NAME, clean_slug
from blog.markup import Document, fold, parse, slugify
from blog.models import Assumption, Author, Byline, OldAddress, Post, Slug, Story, Topic
from blog.models.addresses import own_path
from sources.models import Source

Row = TypeVar("Row", Author, Story, Topic)

LONGEST_PATH = 500
WEB = ("http://", "https://")


@dataclass(slots=True)
class Filing:
    """Authors, stories and topics by slug and by name; made as they are first met.

    They are made outside the post's transaction: one that failed must not take along a
    name that later posts count on.
    """

    authors: dict[str, Author] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)

    @classmethod
    def of_site(cls) -> "Filing":
        authors, stories, topics = Author.objects.all(), Story.objects.all(), Topic.objects.all()
        return cls(_by_name(authors), _by_name(stories), _by_name(topics))

    def author(self, person: Person) -> Author:
        slug = person.slug or slugify(person.name) or clean_slug(person.name)
        known = self.authors.get(fold(slug)) or self.authors.get(fold(person.name))
        if known is None:
            known = Author(
                name=person.name[:LONGEST_NAME], slug=slug[:LONGEST_NAME], bio=person.bio
            )
            known.save()
            self.authors |= {fold(known.name): known, fold(known.slug): known}
        return known

    def story(self, name: str) -> Story | None:
        if not name:
            return None
        known = self.stories.get(fold(name)) or self.stories.get(fold(slugify(name)))
        if known is None:
            known = Story.objects.create(name=name[:LONGEST_NAME])
            self.stories |= {fold(known.name): known, fold(known.slug): known}
        return known

    def topic(self, name: str) -> Topic:
        known = self.topics.get(fold(name)) or self.topics.get(fold(slugify(name)))
        if known is None:
            known = Topic.objects.create(name=name[:LONGEST_NAME])
            self.topics |= {fold(known.name): known, fold(known.slug): known}
        return known


def _by_name(rows: Iterable[Row]) -> dict[str, Row]:
    """A slug names its own row even where it is another row's name."""
    found = list(rows)
    return {fold(row.name): row for row in found} | {fold(row.slug): row for row in found}


def write(
    plan: Plan, post: Post, filing: Filing, hosts: frozenset[str], half: str = ""
) -> list[str]:
    """Make the post what the plan says, whole or not at all.

    `half` is the digest of the file; with it the post remembers what the import made of it.
    Gives back the old addresses that belong to other posts.
    """
    authors = list(dict.fromkeys(filing.author(person) for person in plan.authors))
    topics = [filing.topic(name) for name in plan.topics]
    story = filing.story(plan.story)
    document = parse(plan.body)
    with transaction.atomic():
        plan.fill(post)
        post.story = story
        _make_sources(document, hosts)
        post.save(document=document)
        _sign(post, authors)
        post.topics.set(topics)
        taken = _keep_addresses(post, plan.old_paths)
        _keep_slugs(post, plan.former_slugs)
        _assume(post, plan.assumes)
        if half:
            post.import_digest = half + digest_of_post(post)
            Post.objects.filter(pk=post.pk).update(import_digest=post.import_digest)
    return taken


def _make_sources(document: Document, hosts: frozenset[str]) -> None:
    """With their outlets, which saving a post by itself would not make."""
    urls = {
        link.url: link.words
        for link in document.links
        if link.url.lower().startswith(WEB) and own_path(link.url, hosts) is None
    }
    if urls:
        Source.objects.get_or_make_for_urls(urls, make_outlets=True)


def _sign(post: Post, authors: list[Author]) -> None:
    present = list(post.bylines.values_list("author_id", flat=True))
    if present != [author.pk for author in authors]:
        post.bylines.all().delete()
        Byline.objects.bulk_create(
            Byline(post=post, author=author, position=place) for place, author in enumerate(authors)
        )


def _keep_addresses(post: Post, paths: Iterable[str]) -> list[str]:
    """Addresses under which the post was known before, unless another post has them."""
    wanted = {path for path in paths if len(path) <= LONGEST_PATH}
    owners = dict(OldAddress.objects.filter(path__in=wanted).values_list("path", "post_id"))
    OldAddress.objects.bulk_create(
        OldAddress(path=path, post=post) for path in sorted(wanted - owners.keys())
    )
    return sorted(path for path, owner in owners.items() if owner != post.pk)


def _keep_slugs(post: Post, slugs: Iterable[str]) -> None:
    for slug in slugs:
        Slug.objects.get_or_create(folded=fold(slug), defaults={"slug": slug, "post": post})


def _assume(post: Post, rows: Iterable[Assumption]) -> None:
    for row in rows:
        row.post = post
        row.save()
