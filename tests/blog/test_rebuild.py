"""The index made from nothing equals the one that saving made, on real publications."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog import drift
from blog.management.commands import rebuild_references
from blog.models import Card, Citation, ClaimMention, CrossReference, Occurrence, Post
from sources.models import StandingChange
from tests.factories import make_post

# Each post is saved in a transaction of its own, as in real use.
pytestmark = pytest.mark.django_db(transaction=True)


EVERY = (CrossReference, Citation, ClaimMention, Card, Occurrence)
INDEX = (CrossReference, Citation, ClaimMention, StandingChange)


def contents() -> set[tuple[tuple[str, object], ...]]:
    """Every row of the index but for its id."""
    rows = [row for model in INDEX for row in model._default_manager.values()]
    return {tuple((k, v) for k, v in row.items() if k != "id") for row in rows}


def rebuilt_equals_saved() -> int:
    saved = contents()
    for model in INDEX:
        model._default_manager.all().delete()
    call_command("rebuild_references", stdout=StringIO(), stderr=StringIO())
    assert contents() == saved
    call_command("check_references", stdout=StringIO())
    return len(saved)


def test_what_is_right_stays_as_it_is() -> None:
    """Rows keep their ids, so a rebuild of a sound index writes nothing."""
    make_post("Earlier", slug="earlier")
    make_post("Later", body="It began [[earlier|here]] and [there](https://example.org/a).")
    before = [list(model._default_manager.order_by("pk").values()) for model in EVERY]
    call_command("rebuild_references", stdout=StringIO(), stderr=StringIO())
    assert [list(model._default_manager.order_by("pk").values()) for model in EVERY] == before


def test_rows_that_are_there_twice_or_do_not_belong_go() -> None:
    post = make_post("One", body="[There](https://example.org/a).")
    before = contents()
    for model in (Citation, Occurrence):
        for row in model._default_manager.all():
            row.pk = None
            row.save()
    CrossReference.objects.create(post=post, written="nowhere", position=9)
    call_command("rebuild_references", stdout=StringIO(), stderr=StringIO())
    assert contents() == before
    assert Citation.objects.count() == 1
    call_command("check_references", stdout=StringIO())


def test_a_run_that_was_stopped_goes_on_where_it_was() -> None:
    first, second = make_post(body="One."), make_post(body="Two.")
    Card.objects.all().delete()
    call_command("rebuild_references", start=second.pk, stdout=StringIO(), stderr=StringIO())
    assert list(Card.objects.values_list("post", flat=True)) == [second.pk]
    assert first.pk < second.pk


def test_stopping_it_says_how_to_go_on_and_keeps_what_was_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    posts = [make_post(body=f"Number {n}.") for n in range(3)]
    Card.objects.all().delete()
    rebuild = drift.rebuild

    def stopped_at_the_last(some: list[Post], hosts: frozenset[str]) -> None:
        if posts[-1] in some:
            raise KeyboardInterrupt
        rebuild(some, hosts)

    monkeypatch.setattr(drift, "A_BATCH", 1)
    monkeypatch.setattr(rebuild_references, "rebuild", stopped_at_the_last)
    with pytest.raises(CommandError, match=f"--from {posts[-1].pk}$"):
        call_command("rebuild_references", stdout=StringIO(), stderr=StringIO())
    assert Card.objects.count() == 2


def test_a_log_tells_how_far_it_is_and_how_to_go_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that is killed has no last word: the number has to stand there before."""
    posts = [make_post(body=f"Number {n}.") for n in range(3)]
    monkeypatch.setattr(drift, "A_BATCH", 1)
    monkeypatch.setattr(rebuild_references, "SECONDS_BETWEEN_LINES", 0)
    call_command("rebuild_references", stdout=StringIO())

    said = capsys.readouterr().err
    assert all(f"--from {post.pk + 1}" in said for post in posts)
    assert "3/3" in said


def test_the_queries_of_a_rebuild_do_not_grow_with_the_posts() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            drift.rebuild(list(Post.objects.all()), frozenset())
        return len(context)

    make_post(body="[There](https://example.org/a).")
    few = queries()
    for n in range(8):
        make_post(body=f"[There](https://example.org/{n}).")
    assert queries() == few


def test_on_the_demo() -> None:
    folder = str(Path(settings.BASE_DIR) / "demo")
    call_command("import_markdown", folder, demo=True, stdout=StringIO(), stderr=StringIO())
    assert rebuilt_equals_saved() > 80
