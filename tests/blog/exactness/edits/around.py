"""What is done to the site as a whole, by commands, and where no reader looks."""

from io import StringIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from blog.models import Handled, Handling, Post, UnsavedText
from publication.models import Job, Publication
from sources.models import Claim
from tests.blog.exactness.edits.terms import Edit, one, saved, updated
from tests.blog.exactness.site import text

MOST_POSTS = 9
FILE = """---
title: Imported {number}
slug: imported-{number}
date: 2024-11-{day}
draft: {is_draft}
---
{text}
"""


def move_zone(dice: Random, editor: User) -> Publication:
    """Midnight is at another moment."""
    here = Publication.current()
    here.time_zone = dice.choice(["Europe/Kyiv", "America/New_York", "Asia/Tokyo", "UTC"])
    here.save()
    return here


def move_site(dice: Random, editor: User) -> Publication:
    """What was a link to our own pages becomes a link elsewhere, and back."""
    here = Publication.current()
    here.address = dice.choice(["https://margin.example.org", "https://o1.example.org", ""])
    here.former_addresses = dice.choice(["", "https://o2.example.org"])
    here.language = dice.choice(["en", "uk"])
    here.save()
    return here


def import_post(dice: Random, editor: User) -> Post | None:
    """The first time it is made, later it is brought up to date."""
    number, is_draft = dice.randrange(3), dice.choice(["true", "false", "false"])
    if (
        Post.objects.count() > MOST_POSTS
        and not Post.objects.filter(slug=f"imported-{number}").exists()
    ):
        return None
    with TemporaryDirectory() as folder:
        file = Path(folder, f"imported-{number}.md")
        day = dice.randrange(10, 30)
        file.write_text(FILE.format(number=number, day=day, is_draft=is_draft, text=text(dice)))
        call_command("import_markdown", folder, verbosity=0, stdout=StringIO())
    return Post.objects.order_by("-edited_at").first()


def rebuild(dice: Random, editor: User) -> Post | None:
    call_command("rebuild_references", verbosity=0, stdout=StringIO())
    return Post.objects.first()


def job(dice: Random, editor: User) -> Job:
    return Job.objects.create(task="a.b", key=str(dice.random()))


def user(dice: Random, editor: User) -> User:
    editor.first_name = f"Named {dice.randrange(9)}"
    editor.save()
    return editor


def type_without_saving(dice: Random, editor: User) -> Post | None:
    post = one(Post.objects.all(), dice)
    if post:
        now = timezone.now()
        typed = {"fields": {"body": [text(dice)]}, "post": post, "typed_at": now, "saved_at": now}
        UnsavedText.objects.update_or_create(user=editor, sitting="first", defaults=typed)
    return post


def handle(dice: Random, editor: User) -> Post | None:
    """What became of an assumption needs nothing more."""
    post, claim = one(Post.objects.all(), dice), one(Claim.objects.all(), dice)
    if post and claim:
        what = dice.choice(list(Handled))
        Handling.objects.create(post=post, claim=claim, until=timezone.now(), what=what, by=editor)
        return post
    return None


EDITS: tuple[Edit, ...] = (move_zone, move_site, import_post, rebuild)
UNSEEN: tuple[Edit, ...] = (job, user, type_without_saving, handle)
NAMED: dict[str, Edit] = {
    "publication": updated(Publication, "name"),
    "about": saved(Publication, "about"),
    "policies": saved(Publication, "policies"),
    "notice": saved(Publication, "notice"),
}
