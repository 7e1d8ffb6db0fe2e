"""Who writes, under what it is filed, and what it is shown with."""

from random import Random

from django.contrib.auth.models import User
from django.db import connection, models

from blog.models import Assumption, Author, Byline, Picture, Post, Rendition, Story, Topic
from sources.models import Claim
from tests.blog.exactness.edits.terms import Edit, deleted, one, saved, switched, updated
from tests.factories import make_author, make_story, make_topic

ENOUGH = 5


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


def sign_too(dice: Random, editor: User) -> Post | None:
    post, author = one(Post.objects.all(), dice), one(Author.objects.all(), dice)
    if post and author:
        place = dice.randrange(3)
        Byline.objects.update_or_create(post=post, author=author, defaults={"position": place})
    return post


def forget_assumption(dice: Random, editor: User) -> Post | None:
    """Past the models."""
    found = one(Assumption.objects.select_related("post"), dice)
    if found:
        Assumption.objects.filter(pk=found.pk).delete()
    return found.post if found else None


def choose_claims(dice: Random, editor: User) -> Story | None:
    story, claim = one(Story.objects.all(), dice), one(Claim.objects.all(), dice)
    if story and claim:
        story.claims.set([claim] * dice.randrange(2))
    return story


def new_names(dice: Random, editor: User) -> models.Model | None:
    model, make = dice.choice([(Author, make_author), (Story, make_story), (Topic, make_topic)])
    if model._default_manager.count() >= ENOUGH:
        return None
    return make(f"New {dice.randrange(10**6)}")


def in_sql(dice: Random, editor: User) -> Topic | None:
    """By hand, in the database itself."""
    topic = one(Topic.objects.all(), dice)
    if topic:
        with connection.cursor() as cursor:
            change = "UPDATE blog_topic SET name = %s WHERE id = %s"
            cursor.execute(change, [f"By hand {dice.randrange(99)}", topic.pk])
    return topic


def make_rendition(dice: Random, editor: User) -> Picture | None:
    picture, width = one(Picture.objects.all(), dice), dice.randrange(1, 4)
    if picture:
        file = f"{picture.stem}-{width}.webp"
        Rendition.objects.get_or_create(
            picture=picture, format="webp", width=width, defaults={"file": file}
        )
    return picture


def remove_rendition(dice: Random, editor: User) -> Picture | None:
    found = one(Rendition.objects.select_related("picture"), dice)
    if found:
        found.delete()
    return found.picture if found else None


EDITS: tuple[Edit, ...] = (
    *(refile, sign, sign_too, forget_assumption, choose_claims, new_names, in_sql),
    *(make_rendition, remove_rendition),
)
NAMED: dict[str, Edit] = {
    "author": saved(Author, "name"),
    "author's life": saved(Author, "bio"),
    "author's address": saved(Author, "slug", "author-"),
    "author gone": deleted(Author, 2),
    "story": saved(Story, "name"),
    "story concluded": switched(Story, "is_concluded"),
    "story's address": saved(Story, "slug", "story-"),
    "story gone": deleted(Story, 1),
    "topic": saved(Topic, "name"),
    "topic gone": deleted(Topic, 2),
    "picture": saved(Picture, "alt"),
    "picture's owner": saved(Picture, "credit"),
    "summaries": updated(Story, "summary"),
}
