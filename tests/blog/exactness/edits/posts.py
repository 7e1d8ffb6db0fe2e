"""What is done with posts at the desk, from the first word to the last notice."""

from datetime import timedelta
from random import Random

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from blog import publishing
from blog.models import Change, Correction, CrossReference, Declared, OldAddress, Post
from blog.models.claims import assume
from sources.models import Claim, Source
from tests.blog.exactness.edits.terms import Edit, one
from tests.blog.exactness.site import text
from tests.factories import make_draft, make_notice

MOST_POSTS = 8
FEWEST_POSTS = 5
KINDS = (Change.CORRECTION, Change.UPDATE, Change.EDITORS_NOTE, Change.COPY_EDIT)


class GivenUp(Exception):  # noqa: N818
    """The transaction that was under way is undone."""


def begin(dice: Random, editor: User) -> Post | None:
    if Post.objects.count() >= MOST_POSTS:
        return None
    return make_draft(f"Draft {dice.randrange(999)}", body=text(dice), created_by=editor)


def write_draft(dice: Random, editor: User) -> Post | None:
    return _reworded(one(Post.objects.drafts(), dice), dice)


def publish(dice: Random, editor: User) -> Post | None:
    """Now, or as of a day that has passed."""
    post = _settled(one(Post.objects.drafts(), dice), dice)
    if post:
        past = timezone.now() - timedelta(days=dice.randrange(40))
        publishing.publish(post, by=editor, at=dice.choice([None, past]))
    return post


def schedule(dice: Random, editor: User) -> Post | None:
    draft = one(Post.objects.drafts(), dice) or begin(dice, editor)
    post = _settled(draft, dice)
    if post:
        at = timezone.now() + timedelta(minutes=dice.randrange(1, 5000))
        publishing.schedule(post, at, editor)
    return post


def unschedule(dice: Random, editor: User) -> Post | None:
    post = one(Post.objects.scheduled(), dice)
    if post:
        publishing.unschedule(post, editor)
    return post


def withdraw(dice: Random, editor: User) -> Post | None:
    many = Post.objects.published().count() >= FEWEST_POSTS
    post = one(Post.objects.published(), dice) if many else None
    if post:
        publishing.withdraw(post, f"We were wrong, {dice.randrange(9)} times.", editor)
    return post


def restore(dice: Random, editor: User) -> Post | None:
    post = one(Post.objects.withdrawn(), dice)
    if post:
        publishing.restore(post, editor)
    return post


def correct(dice: Random, editor: User) -> Post | None:
    post = one(Post.objects.published(), dice)
    if post:
        said = f"See [@key{dice.randrange(8)}] and [[post-{dice.randrange(6)}]]."
        post.declared = Declared(dice.choice(KINDS), editor, "It was wrong.", said)
    return _reworded(post, dice)


def rewrite(dice: Random, editor: User) -> Post | None:
    """Without a word to readers."""
    return _reworded(one(Post.objects.published(), dice), dice)


def rename(dice: Random, editor: User) -> Post | None:
    post = one(Post.objects.all(), dice)
    if post:
        post.headline = f"Headline {dice.randrange(999)}"
        post.standfirst = dice.choice(["", f"In short: {dice.randrange(99)}."])
        post.save()
    return post


def reslug(dice: Random, editor: User) -> Post | None:
    post = one(Post.objects.all(), dice)
    if post:
        post.slug = f"slug-{dice.randrange(10**6)}"
        post.save()
    return post


def reslug_back(dice: Random, editor: User) -> Post | None:
    post = one(Post.objects.filter(slug__startswith="slug-"), dice)
    if post:
        first = post.slugs.order_by("pk").first()
        post.slug = first.slug if first else post.slug
        post.save()
    return post


def date(dice: Random, editor: User) -> Post | None:
    """In which language it is, and as of when its facts are known."""
    post = one(Post.objects.all(), dice)
    if post:
        post.language = dice.choice(["", "uk", "ar"])
        post.known_at = dice.choice([None, timezone.now() - timedelta(hours=dice.randrange(99))])
        post.save()
    return post


def rest_on(dice: Random, editor: User) -> Post | None:
    post, claim = one(Post.objects.all(), dice), one(Claim.objects.all(), dice)
    if not (post and claim):
        return None
    with transaction.atomic():
        words = dice.choice(["", "as far as is known"])
        assume(post, [(claim, words)] * dice.randrange(2))
    return post


def two_at_once(dice: Random, editor: User) -> Post | None:
    with transaction.atomic():
        _reworded(one(Post.objects.all(), dice), dice)
        return _reworded(one(Post.objects.all(), dice), dice)


def given_up(dice: Random, editor: User) -> Post | None:
    """Saved, and undone before anybody saw it."""
    post = one(Post.objects.published(), dice)
    try:
        with transaction.atomic():
            _reworded(post, dice)
            raise GivenUp
    except GivenUp:
        return post


def delete_post(dice: Random, editor: User) -> Post | None:
    free = Post.objects.exclude(references_here__isnull=False)
    post = one(free, dice) if Post.objects.count() > FEWEST_POSTS else None
    if post:
        Post.objects.get(pk=post.pk).delete()
    return post


# --- Past the models ------------------------------------------------------------------


def reword_reference(dice: Random, editor: User) -> Post | None:
    found = one(CrossReference.objects.select_related("post"), dice)
    if found:
        CrossReference.objects.filter(pk=found.pk).update(sentence=f"Said {dice.random()}.")
    return found.post if found else None


def lose_reference(dice: Random, editor: User) -> Post | None:
    """What `rebuild_references` mends."""
    found = one(CrossReference.objects.select_related("post"), dice)
    if found:
        CrossReference.objects.filter(pk=found.pk).delete()
    return found.post if found else None


def move(dice: Random, editor: User) -> Post | None:
    post = one(Post.objects.exclude(published_at=None), dice)
    if post:
        at = timezone.now() + timedelta(hours=dice.randrange(-200, 3))
        Post.objects.filter(pk=post.pk).update(published_at=at)
    return post


def announce_later(dice: Random, editor: User) -> Post | None:
    post = one(Post.objects.published(), dice)
    if post and post.corrections.count() < 4:
        make_notice(post, at=timezone.now() + timedelta(minutes=dice.randrange(-99, 300)))
        return post
    return None


def hide_notice(dice: Random, editor: User) -> Post | None:
    found = one(Correction.objects.select_related("post"), dice)
    if found:
        Correction.objects.filter(pk=found.pk).delete()
    return found.post if found else None


def reword_notice(dice: Random, editor: User) -> Post | None:
    found = one(Correction.objects.select_related("post"), dice)
    if found:
        Correction.objects.filter(pk=found.pk).update(text=f"So it is: {dice.randrange(99)}.")
    return found.post if found else None


def old_address(dice: Random, editor: User) -> Post | None:
    """Of the blog that it came from."""
    post = one(Post.objects.all(), dice)
    if post:
        OldAddress.objects.get_or_create(path=f"/?p={dice.randrange(20)}", defaults={"post": post})
    return post


def lose_address(dice: Random, editor: User) -> models.Model | None:
    found = one(OldAddress.objects.select_related("post"), dice)
    if found:
        OldAddress.objects.filter(pk=found.pk).delete()
    return found.post if found else None


def _reworded(post: Post | None, dice: Random) -> Post | None:
    if post:
        post.body = text(dice)
        post.save()
    return post


def _settled(draft: Post | None, dice: Random) -> Post | None:
    """With a text that may be published."""
    post, source = one(Post.objects.published(), dice), one(Source.objects.all(), dice)
    if draft is None or post is None or source is None:
        return None
    draft.body = f"It is out. [[{post.slug}]] [@{source.citekey}]"
    draft.save()
    return draft


EDITS: tuple[Edit, ...] = (
    *(begin, write_draft, publish, schedule, unschedule, withdraw, restore, correct),
    *(rewrite, rename, reslug, reslug_back, date, rest_on, two_at_once, given_up, delete_post),
    *(reword_reference, lose_reference, move, announce_later, hide_notice, reword_notice),
    *(old_address, lose_address),
)
