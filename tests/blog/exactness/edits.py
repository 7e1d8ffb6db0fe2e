"""Random edits of every kind, as they are made at the desk, by commands, and past the models."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from blog import publishing
from blog.models import (
    Assumption,
    Author,
    Change,
    CrossReference,
    Declared,
    Picture,
    Post,
    Story,
    Topic,
)
from blog.models.claims import assume
from publication.models import Job, Publication
from sources.models import Claim, Origin, Outlet, Report, Ruling, Source
from sources.recording import RecordingRefused, lift, strike
from tests.blog.exactness.site import text
from tests.factories import make_claim, make_draft, make_origin, make_source

Row = TypeVar("Row", bound=models.Model)
# What an edit is about; None where it had nothing to do.
Edit = Callable[[Random, User], Post | None]
MOST_POSTS = 14


def one(rows: "models.QuerySet[Row]", dice: Random) -> Row | None:
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return rows.get(pk=dice.choice(keys)) if keys else None


def begin(dice: Random, editor: User) -> Post | None:
    if Post.objects.count() >= MOST_POSTS:
        return None
    return make_draft(f"Draft {dice.randrange(999)}", body=text(dice), created_by=editor)


def write_draft(dice: Random, editor: User) -> Post | None:
    return _reworded(one(Post.objects.drafts(), dice), dice)


def publish(dice: Random, editor: User) -> Post | None:
    post = one(Post.objects.drafts(), dice)
    if post:
        post.body = f"It is out. [[post-{dice.randrange(8)}]] [@key{dice.randrange(6)}]"
        post.save()
        publishing.publish(post, by=editor)
    return post


def schedule(dice: Random, editor: User) -> Post | None:
    post = one(Post.objects.drafts(), dice)
    if post:
        post.body = "It will be out."
        post.save()
        publishing.schedule(
            post, timezone.now() + timedelta(minutes=dice.randrange(1, 900)), editor
        )
    return post


def unschedule(dice: Random, editor: User) -> Post | None:
    post = one(Post.objects.scheduled(), dice)
    if post:
        publishing.unschedule(post, editor)
    return post


def withdraw(dice: Random, editor: User) -> Post | None:
    post = one(Post.objects.published(), dice)
    if post and Post.objects.published().count() > 5:
        publishing.withdraw(post, "We were wrong.", editor)
    return post


def restore(dice: Random, editor: User) -> Post | None:
    post = one(Post.objects.withdrawn(), dice)
    if post:
        publishing.restore(post, editor)
    return post


def correct(dice: Random, editor: User) -> Post | None:
    post = one(Post.objects.published(), dice)
    if post:
        kind = dice.choice([Change.CORRECTION, Change.UPDATE, Change.COPY_EDIT])
        post.declared = Declared(kind, editor, "It was wrong.", f"See [@key{dice.randrange(8)}].")
    return _reworded(post, dice)


def rename(dice: Random, editor: User) -> Post | None:
    post = one(Post.objects.published(), dice)
    if post:
        post.headline = f"Headline {dice.randrange(999)}"
        post.save()
    return post


def reslug(dice: Random, editor: User) -> Post | None:
    post = one(Post.objects.published(), dice)
    if post:
        post.slug = f"slug-{dice.randrange(10**6)}"
        post.save()
    return post


def refile(dice: Random, editor: User) -> Post | None:
    post = one(Post.objects.all(), dice)
    if post:
        post.story, topic = one(Story.objects.all(), dice), one(Topic.objects.all(), dice)
        post.lead_picture = one(Picture.objects.all(), dice)
        post.topics.set([topic] if topic else [])
        post.save()
    return post


def sign(dice: Random, editor: User) -> Post | None:
    post, author = one(Post.objects.all(), dice), one(Author.objects.all(), dice)
    if post and author:
        post.bylines.all().delete()
        post.bylines.create(author=author)
    return post


def rest_on(dice: Random, editor: User) -> Post | None:
    post, claim = one(Post.objects.all(), dice), one(Claim.objects.all(), dice)
    if post and claim:
        assume(post, [(claim, dice.choice(["", "as far as is known"]))] * dice.randrange(2))
    return post


def forget_assumption(dice: Random, editor: User) -> Post | None:
    found = one(Assumption.objects.select_related("post"), dice)
    if found:
        Assumption.objects.filter(pk=found.pk).delete()
    return found.post if found else None


def reword_reference(dice: Random, editor: User) -> Post | None:
    """Past the models."""
    found = one(CrossReference.objects.select_related("post"), dice)
    if found:
        CrossReference.objects.filter(pk=found.pk).update(sentence=f"Said {dice.random()}.")
    return found.post if found else None


def delete_post(dice: Random, editor: User) -> Post | None:
    free = Post.objects.exclude(references_here__isnull=False)
    post = one(free, dice) if Post.objects.count() > 8 else None
    if post:
        Post.objects.get(pk=post.pk).delete()
    return post


def _named(model: type[models.Model], field: str) -> Edit:
    def edit(dice: Random, editor: User) -> Post | None:
        row = one(model._default_manager.all(), dice)
        if row:
            setattr(row, field, f"Named {dice.randrange(999)}.")
            row.save()
        return None

    return edit


def _updated(model: type[models.Model], field: str) -> Edit:
    def edit(dice: Random, editor: User) -> Post | None:
        model._default_manager.update(**{field: f"Set {dice.randrange(999)}."})
        return None

    return edit


def new_source(dice: Random, editor: User) -> Post | None:
    """Marks that lead nowhere come alive."""
    key = f"key{dice.randrange(6, 8)}"
    if not Source.objects.filter(citekey=key).exists():
        make_source(key)
    return None


def new_claim(dice: Random, editor: User) -> Post | None:
    if not Claim.objects.filter(slug="claim-4").exists():
        make_claim("Claim number 4 is true.", slug="claim-4")
    return None


def conclude(dice: Random, editor: User) -> Post | None:
    story, claim = one(Story.objects.all(), dice), one(Claim.objects.all(), dice)
    if story and claim:
        story.is_concluded = not story.is_concluded
        story.save()
        story.claims.set([claim])
    return None


def report(dice: Random, editor: User) -> Post | None:
    """Some are dated ahead: their day is a moment that comes."""
    claim, source = one(Claim.objects.all(), dice), one(Source.objects.all(), dice)
    day = timezone.localdate() + timedelta(days=dice.randrange(-3, 2))
    if claim and claim.reports.count() < 8:
        Report(
            claim=claim,
            origin=one(Origin.objects.all(), dice) or make_origin(),
            source=source,
            stance=dice.choice(["reports", "denies", "corroborates", "retracts", "declines"]),
            said_from=day,
            said_to=day,
            recorded_by=editor,
        ).save()
    return None


def strike_line(dice: Random, editor: User) -> Post | None:
    found = one(Report.objects.unstruck(), dice)
    if found:
        strike(found, "It was a mistake.", editor)
    return None


def rule(dice: Random, editor: User) -> Post | None:
    claim, standing = one(Claim.objects.all(), dice), dice.choice(["confirmed", "refuted"])
    if claim and claim.rulings.count() < 3:
        day = timezone.localdate()
        Ruling(claim=claim, standing=standing, reason="It was shown.", ruled_on=day).save()
    return None


def lift_ruling(dice: Random, editor: User) -> Post | None:
    found = one(Ruling.objects.filter(lifted_at=None), dice)
    if found:
        try:
            lift(found, "Not so.", editor)
        except RecordingRefused:
            return None
    return None


def unseen(dice: Random, editor: User) -> Post | None:
    Job.objects.create(task="a.b", key=str(dice.random()))
    editor.save()
    return None


def _reworded(post: Post | None, dice: Random) -> Post | None:
    if post:
        post.body = text(dice)
        post.save()
    return post


EDITS: dict[str, Edit] = {
    **{
        each.__name__: each
        for each in (
            *(begin, write_draft, publish, schedule, unschedule, withdraw, restore, correct),
            *(rename, reslug, refile, sign, rest_on, forget_assumption, reword_reference),
            *(delete_post, new_source, new_claim, conclude, report, strike_line, rule),
            *(lift_ruling, unseen),
        )
    },
    "author": _named(Author, "name"),
    "story": _named(Story, "name"),
    "topic": _named(Topic, "name"),
    "source": _named(Source, "title"),
    "outlet": _named(Outlet, "name"),
    "origin": _named(Origin, "name"),
    "claim": _named(Claim, "statement"),
    "picture": _named(Picture, "alt"),
    "notes": _updated(Outlet, "note"),
    "summaries": _updated(Story, "summary"),
    "publication": _updated(Publication, "name"),
    "about": _updated(Publication, "about"),
}
