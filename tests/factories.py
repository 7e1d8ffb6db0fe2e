"""A small cast for tests: posts, sources, outlets, authors, and users of each role.

Everything is made by `save`, as at the desk, except where a name says "bulk".
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, Literal

from django.contrib.auth.models import Group, User
from django.utils import timezone

from blog.markup import fold
from blog.models import (
    Assumption,
    Author,
    Byline,
    Change,
    Citation,
    Correction,
    CrossReference,
    Post,
    Slug,
    Story,
    Topic,
)
from publication.models import Publication
from sources.models import Claim, Origin, Outlet, Report, Ruling, Source

Role = Literal["contributor", "author", "editor"]
ROLES: tuple[Role, ...] = ("contributor", "author", "editor")

# A Monday noon, when posts are published unless a test says otherwise.
PUBLISHED_AT = datetime(2024, 11, 18, 12, 0, tzinfo=UTC)
_numbers = count(1)


def make_publication(**fields: Any) -> Publication:
    """The publication, in a zone that is not UTC."""
    given = {
        "name": "The Margin Note",
        "address": "https://margin.example.org",
        "time_zone": "Europe/Kyiv",
    }
    publication = Publication(**(given | fields))
    publication.save()
    return publication


def make_post(
    headline: str = "",
    *,
    body: str = "",
    published: datetime | bool = True,
    withdrawn: bool = False,
    authors: Sequence[Author] = (),
    topics: Sequence[Topic] = (),
    **fields: Any,
) -> Post:
    """A post: published at noon on 18 November 2024, or then, or a draft with `published=False`."""
    post = Post(headline=headline or f"Post {next(_numbers)}", body=body, **fields)
    if published:
        post.published_at = PUBLISHED_AT if published is True else published
    if withdrawn:
        post.withdrawn_at = timezone.now()
    post.save()
    for position, author in enumerate(authors):
        Byline.objects.create(post=post, author=author, position=position)
    post.topics.set(topics)
    return post


def make_draft(headline: str = "", **fields: Any) -> Post:
    return make_post(headline, published=False, **fields)


def make_scheduled(headline: str = "", **fields: Any) -> Post:
    return make_post(headline, published=timezone.now() + timedelta(days=400), **fields)


def make_withdrawn(headline: str = "", **fields: Any) -> Post:
    return make_post(headline, withdrawn=True, **fields)


def make_notice(
    post: Post, kind: Change = Change.CORRECTION, *, at: datetime | None = None, **fields: Any
) -> Correction:
    """A notice on a post, by default a correction a day after the post."""
    given = {"was": "We were wrong." if kind is Change.CORRECTION else "", "text": "So it is."}
    at = at or PUBLISHED_AT + timedelta(days=1)
    return Correction.objects.create(post=post, kind=kind, published_at=at, **(given | fields))


def make_author(name: str = "", **fields: Any) -> Author:
    return Author.objects.create(name=name or f"Author {next(_numbers)}", **fields)


def make_story(name: str = "", **fields: Any) -> Story:
    return Story.objects.create(name=name or f"Story {next(_numbers)}", **fields)


def make_topic(name: str = "", **fields: Any) -> Topic:
    return Topic.objects.create(name=name or f"Topic {next(_numbers)}", **fields)


def make_outlet(name: str = "", **fields: Any) -> Outlet:
    number = next(_numbers)
    given = {"name": name or f"Outlet {number}", "slug": f"outlet-{number}", "kind": "newspaper"}
    return Outlet.objects.create(**(given | fields))


def make_source(citekey: str = "", **fields: Any) -> Source:
    number = next(_numbers)
    given = {"citekey": citekey or f"source{number}", "title": f"Source {number}"}
    return Source.objects.create(**(given | fields))


def make_claim(statement: str = "", **fields: Any) -> Claim:
    return Claim.objects.create(statement=statement or f"Claim {next(_numbers)}.", **fields)


def make_origin(name: str = "", **fields: Any) -> Origin:
    return Origin.objects.create(name=name or f"Origin {next(_numbers)}", **fields)


def make_report(
    claim: Claim,
    stance: str = "reports",
    *,
    by: Origin | str = "",
    on: date | str = "2024-11-18",
    recorded_at: datetime | None = None,
    **fields: Any,
) -> Report:
    """A line said on one day; recorded at noon of it (UTC), unless told otherwise."""
    day = date.fromisoformat(on) if isinstance(on, str) else on
    origin = by if isinstance(by, Origin) else Origin.objects.get_or_make(by or "Somebody")
    at = recorded_at or datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    given = {"said_from": day, "said_to": day, "recorded_at": at}
    return Report.objects.create(claim=claim, origin=origin, stance=stance, **(given | fields))


def make_ruling(claim: Claim, standing: str, *, on: str = "2024-11-20", **fields: Any) -> Ruling:
    day = date.fromisoformat(on)
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    given = {"reason": "It was shown.", "recorded_at": at}
    return Ruling.objects.create(claim=claim, standing=standing, ruled_on=day, **(given | fields))


def make_assumption(post: Post, claim: Claim, words: str = "", **fields: Any) -> Assumption:
    """Made when the post was published, or now for a draft."""
    given = {"made_at": post.published_at or timezone.now()}
    return Assumption.objects.create(post=post, claim=claim, words=words, **(given | fields))


def make_user(role: Role | None = None, name: str = "", **fields: Any) -> User:
    """A user with one of the roles that migrations make, or with a login and nothing else."""
    user = User.objects.create_user(
        name or f"{role or 'reader'}{next(_numbers)}", is_staff=role is not None, **fields
    )
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_posts_in_bulk(number: int, **fields: Any) -> list[Post]:
    """Many published posts, an hour apart and older than any other; their text is not indexed."""
    first = PUBLISHED_AT - timedelta(days=1)
    moments = [first - timedelta(hours=index) for index in range(number)]
    given = {"body": "A post among many.", "standfirst": "One of many."}
    posts = Post.objects.bulk_create(
        Post(
            headline=f"Many {(unique := next(_numbers))}",
            slug=f"many-{unique}",
            published_at=moment,
            dated_on=moment.date(),
            **(given | fields),
        )
        for moment in moments
    )
    Slug.objects.bulk_create(
        Slug(folded=fold(post.slug), slug=post.slug, post=post) for post in posts
    )
    return posts


def file_in_bulk(posts: Sequence[Post], *, author: Author, topic: Topic) -> None:
    Byline.objects.bulk_create(Byline(post=post, author=author) for post in posts)
    Post.topics.through.objects.bulk_create(
        Post.topics.through(post=post, topic=topic) for post in posts
    )


def cite_in_bulk(posts: Sequence[Post], sources: Sequence[Source]) -> None:
    """Each post cites every source once, in a note."""
    Citation.objects.bulk_create(
        Citation(
            post=post,
            source=source,
            written=source.citekey,
            position=position,
            sentence=f"It says so in {source.citekey}.",
            paragraph="p-12345678",
        )
        for post in posts
        for position, source in enumerate(sources)
    )


def correct_in_bulk(posts: Sequence[Post], text: str) -> None:
    Correction.objects.bulk_create(
        Correction(
            post=post, kind=Change.UPDATE, text=text, published_at=PUBLISHED_AT + timedelta(hours=n)
        )
        for n, post in enumerate(posts)
    )


def refer_in_bulk(posts: Sequence[Post], target: Post) -> None:
    """Each post refers to the target once."""
    CrossReference.objects.bulk_create(
        CrossReference(
            post=post,
            target=target,
            written=fold(target.slug),
            position=900,
            anchor="before",
            sentence="We wrote of it before.",
        )
        for post in posts
    )
