"""Every change that readers can see raises the generation, whoever writes it; drafts never do."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from blog import publishing
from blog.models import (
    Assumption,
    Change,
    Citation,
    Correction,
    Declared,
    Handled,
    Handling,
    Post,
    Slug,
    UnsavedText,
)
from blog.models.claims import assume
from blog.models.pictures import Picture
from publication.generation.terms import visible_tables
from publication.models import Generation, Job, Publication
from sources.models import Claim, Source
from sources.models.outlets import Outlet
from sources.recording import strike
from tests.factories import (
    make_author,
    make_claim,
    make_draft,
    make_origin,
    make_outlet,
    make_post,
    make_publication,
    make_report,
    make_ruling,
    make_scheduled,
    make_source,
    make_story,
    make_topic,
    make_user,
)

# What no reader ever sees, or a search alone, which is never kept.
NEVER_SEEN = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "auth_user",
    "auth_user_groups",
    "auth_user_user_permissions",
    "blog_handling",
    "blog_occurrence",
    "blog_unsavedtext",
    "blog_word",
    "django_admin_log",
    "django_content_type",
    "django_session",
    "publication_generation",
    "publication_job",
}
real = pytest.mark.django_db(transaction=True)


def test_every_table_is_either_watched_or_never_seen() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    watched = {table.name for table in visible_tables()}
    assert watched | NEVER_SEEN == tables
    assert not watched & NEVER_SEEN


@pytest.mark.django_db
def test_the_database_watches_exactly_the_tables_that_are_listed() -> None:
    """A migration that makes a table anew must watch it again: see `Watch`."""
    assert set(triggers()) == {table.name for table in visible_tables()}


def triggers() -> Iterator[str]:
    sql = {
        "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
        "postgresql": "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor], ["%\\_seen%" if is_postgres() else "%_seen_%"])
        yield from (name for (name,) in cursor.fetchall())


def is_postgres() -> bool:
    return connection.vendor == "postgresql"


# --- What raises it -------------------------------------------------------------------

Acts = dict[str, Callable[[], object]]


def number() -> int:
    return Generation.objects.values_list("number", flat=True).first() or 0


def raising(acts: Acts) -> list[str]:
    """The acts after which the number is higher. Fails where it is lower."""
    found = []
    for name, act in acts.items():
        before = number()
        act()
        after = number()
        assert after >= before, name
        found += [name] if after > before else []
    return found


@real
def test_what_is_done_to_a_public_post_raises_it() -> None:
    make_publication()
    editor = make_user("editor")
    source, claim, topic = make_source("key2024"), make_claim("It is so."), make_topic()
    post, draft = make_post("One"), make_draft()
    other = make_post(body="As [@key2024] says.")
    make_post("Two", body="See [[one]].")
    report, author = make_report(claim), make_author()

    def correct() -> None:
        post.declared = Declared(Change.CORRECTION, editor, "Wrong.", "Right.", "A.")
        post.body = "Something else: [[claim::it-is-so|this]]."
        post.save()

    def rename() -> None:
        post.headline, post.slug = "Renamed", "renamed"
        post.save()

    acts: Acts = {
        "published": lambda: publishing.publish(draft, by=editor),
        "corrected": correct,
        "renamed": rename,
        "withdrawn": lambda: publishing.withdraw(post, "We were wrong.", editor),
        "put back": lambda: publishing.restore(post, editor),
        "scheduled": lambda: make_scheduled("Later"),
        "filed": lambda: post.topics.add(topic),
        "signed": lambda: post.bylines.create(author=author),
        "assumes": lambda: assume(post, [(claim, "")]),
        "another source": lambda: Citation.objects.filter(post=other).update(source=source),
        "updated past the model": lambda: Post.objects.filter(pk=other.pk).update(headline="X"),
        "old address": lambda: other.old_addresses.create(path="/old/"),
        "notice": lambda: Correction.objects.bulk_create(
            [Correction(post=other, kind="update", text="New.", published_at=timezone.now())]
        ),
        "source renamed": lambda: Source.objects.filter(pk=source.pk).update(title="Other"),
        "outlet": lambda: make_outlet("The Daily"),
        "outlet renamed": lambda: Outlet.objects.update(name="The Nightly"),
        "claim reworded": lambda: Claim.objects.update(statement="It is not."),
        "line entered": lambda: make_report(claim, "denies", by="Another"),
        "line struck": lambda: strike(report, "It was a mistake.", editor),
        "ruling": lambda: make_ruling(claim, "refuted"),
        "origin": lambda: make_origin("Ministry"),
        "picture": lambda: Picture.objects.bulk_create([Picture(alt="A boat")]),
        "picture described": lambda: Picture.objects.update(alt="A ship"),
        "story": lambda: make_story("War").claims.add(claim),
        "author renamed": lambda: type(author).objects.update(name="Somebody Else"),
        "publication renamed": lambda: Publication.objects.update(name="Another"),
        "deleted": lambda: make_post("Short-lived").delete(),
    }
    assert raising(acts) == list(acts)


@real
def test_drafts_and_what_is_the_desks_alone_do_not_raise_it() -> None:
    make_source("k1")
    user, claim, topic = make_user("editor"), make_claim(), make_topic()
    author, public = make_author(), make_post("Public")
    draft = make_draft("A draft")

    def write() -> None:
        draft.body = "It refers to [[public]], cites [@k1], and waits for [[nothing]]."
        draft.save()

    acts: Acts = {
        "begun": lambda: make_draft("Another draft"),
        "written": write,
        "filed": lambda: draft.topics.add(topic),
        "signed": lambda: draft.bylines.create(author=author),
        "assumes": lambda: assume(draft, [(claim, "so far")]),
        "assumes no more": lambda: Assumption.objects.filter(post=draft).delete(),
        "kept unsaved": lambda: UnsavedText.objects.create(
            user=user, sitting="s", typed_at=timezone.now(), saved_at=timezone.now()
        ),
        "handled": lambda: Handling.objects.create(
            post=public, claim=claim, until=timezone.now(), what=Handled.LEFT
        ),
        "job": lambda: Job.objects.create(task="a.b", key="k"),
        "login": lambda: user.save(),
        "deleted": lambda: draft.delete(),
    }
    assert raising(acts) == []


@real
def test_a_change_that_is_rolled_back_raises_nothing() -> None:
    make_post("One")
    before = number()
    with transaction.atomic():
        Post.objects.update(headline="Never said")
        transaction.set_rollback(True)
    assert number() == before


@real
def test_a_conflict_that_is_ignored_does_not_hide_what_went_in() -> None:
    """SQLite would carry "or ignore" over into what a trigger does."""
    post = make_post("One")
    before = number()
    slugs = [Slug(folded=name, slug=name, post=post) for name in ("one", "another")]
    Slug.objects.bulk_create(slugs, ignore_conflicts=True)
    assert number() > before


@real
def test_a_number_is_never_used_again_after_a_backup_was_put_back() -> None:
    make_story()
    of_backup = number()
    for _ in range(5):
        make_story()
    later = number()
    Generation.objects.update(number=of_backup)
    time.sleep(0.01)
    make_story()
    assert number() > later


@real
def test_two_who_save_posts_that_refer_to_each_other_wait_but_never_lock_each_other_out() -> None:
    first, second = make_post("First"), make_post("Second")
    faults: list[BaseException] = []

    def save(post: Post, other: str) -> None:
        try:
            for n in range(25):
                post.body = f"{n}: see [[{other}]], and once more [[{other}|here]]."
                post.save()
        except Exception as fault:  # noqa: BLE001 - told below
            faults.append(fault)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=save, args=(first, "second")),
        threading.Thread(target=save, args=(second, "first")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
