"""No published sentence changes without a trace, whoever changes it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from blog.models import Change, Correction, Declared, Post, Version
from blog.models.versions import NOTICES
from tests.factories import (
    PUBLISHED_AT,
    make_draft,
    make_post,
    make_scheduled,
    make_user,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db

WRONG = "Seoul was first to report it."
RIGHT = "Kyiv was first to report it."


@pytest.fixture
def by() -> User:
    return make_user("author")


def change(post: Post, declared: Declared | None = None, **fields: Any) -> Post:
    """As any caller does: a row from the database, changed and saved."""
    row = Post.objects.get(pk=post.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    row.declared = declared
    row.save()
    return row


class TestVersions:
    @pytest.mark.parametrize("field", ["headline", "standfirst", "body"])
    def test_a_save_that_rewords_a_published_post_keeps_the_former_text(self, field: str) -> None:
        post = make_post("Head", standfirst="Stand.", body="Body.", known_at=PUBLISHED_AT)
        change(post, None, **{field: "New."})
        version = Version.objects.get()
        assert (version.headline, version.standfirst, version.body) == ("Head", "Stand.", "Body.")
        assert (version.number, version.slug, version.known_at) == (1, post.slug, PUBLISHED_AT)
        assert (version.change, version.replaced_by) == (Change.UNSTATED, None)
        assert timezone.now() - version.replaced_at < timedelta(minutes=1)

    def test_versions_are_numbered_in_their_order(self) -> None:
        post = make_post(body="One.")
        for body in ("Two.", "Three.", "Four."):
            change(post, body=body)
        kept = list(Version.objects.values_list("number", "body"))
        assert kept == [(1, "One."), (2, "Two."), (3, "Three.")]

    @pytest.mark.parametrize("make", [make_draft, make_scheduled])
    def test_what_nobody_could_read_makes_no_version(self, make: Any) -> None:
        declared = Declared(Change.UPDATE, text="News.")
        change(make(body="One."), declared, body="Two.")
        assert not Version.objects.exists()
        assert not Correction.objects.exists()

    def test_what_was_withdrawn_was_read_once(self) -> None:
        change(make_withdrawn(body="One."), body="Two.")
        assert Version.objects.get().body == "One."

    def test_other_fields_make_no_version(self) -> None:
        post = make_post(body="One.")
        change(post, slug="another", language="uk", known_at=PUBLISHED_AT)
        assert not Version.objects.exists()

    def test_line_ends_of_a_form_are_no_change(self) -> None:
        post = make_post(body="One.\n\nTwo.\n")
        change(post, body="One.\r\n\r\nTwo.")
        assert not Version.objects.exists()

    def test_a_save_of_some_fields_keeps_only_what_it_replaces(self) -> None:
        post = make_post(body="One.")
        post.body = "Two."
        post.save(update_fields=["known_at"])
        assert not Version.objects.exists()

    def test_a_save_that_fails_leaves_no_version(self) -> None:
        make_post(slug="taken")
        post = make_post(body="One.")
        with pytest.raises(IntegrityError), transaction.atomic():
            change(post, slug="taken", body="Two.")
        assert not Version.objects.exists()


class TestNotices:
    def test_a_declared_change_is_kept_with_its_notice(self, by: User) -> None:
        post = make_post(body=f"Before.\n\n{WRONG}")
        said = Declared(Change.CORRECTION, by, " We named Seoul. ", "It was Kyiv.")
        row = change(post, said, body=f"Before.\n\n{RIGHT}")
        version, notice = Version.objects.get(), Correction.objects.get()
        assert (version.change, version.replaced_by) == (Change.CORRECTION, by)
        assert (notice.was, notice.text, notice.by) == ("We named Seoul.", "It was Kyiv.", by)
        assert (notice.version, notice.published_at) == (version, version.replaced_at)
        assert row.declared is None

    def test_a_declaration_serves_one_save(self) -> None:
        row = change(make_post(body="One."), Declared(Change.UPDATE, text="News."), body="Two.")
        row.body = "Three."
        row.save()
        assert list(Version.objects.values_list("change", flat=True)) == ["update", "unstated"]
        assert Correction.objects.count() == 1

    def test_a_copy_edit_has_no_notice(self, by: User) -> None:
        change(make_post(body="One."), Declared(Change.COPY_EDIT, by), body="Two.")
        assert Version.objects.get().change == Change.COPY_EDIT
        assert not Correction.objects.exists()

    def test_a_notice_can_be_given_where_the_text_stays(self) -> None:
        change(make_post(), Declared(Change.EDITORS_NOTE, text="We were paid.", signed="Ed."))
        notice = Correction.objects.get()
        assert (notice.version, notice.paragraph, notice.signed) == (None, "", "Ed.")
        assert not Version.objects.exists()

    def test_the_one_paragraph_that_changed_is_remembered(self) -> None:
        said = Declared(Change.CORRECTION, None, "Wrong.", "Right.")
        post = make_post(body=f"Before.\n\n{WRONG}\n\nAfter.")
        change(post, said, body=f"Before.\n\n{RIGHT}\n\nAfter.")
        paragraph = Correction.objects.get().paragraph
        assert paragraph
        change(post, said, body="All is new.\n\nEverything.")
        assert Correction.objects.latest("pk").paragraph == ""
        row = Post.objects.get(pk=post.pk)
        assert paragraph in row.paragraph_aliases

    @pytest.mark.parametrize(
        "fields",
        [
            {"kind": "copy-edit", "text": "x"},
            {"kind": "update", "text": ""},
            {"kind": "correction", "text": "x", "was": ""},
        ],
    )
    def test_a_notice_that_says_nothing_cannot_be(self, fields: dict[str, str]) -> None:
        post = make_post()
        with pytest.raises(IntegrityError), transaction.atomic():
            Correction.objects.create(post=post, published_at=PUBLISHED_AT, **fields)

    @pytest.mark.parametrize("make", [make_draft, make_scheduled, make_withdrawn])
    def test_notices_of_what_readers_cannot_see_are_not_public(self, make: Any) -> None:
        tell(make())
        assert not Correction.objects.public().exists()

    def test_a_notice_is_public_from_its_moment_on(self) -> None:
        notice = tell(make_post())
        assert list(Correction.objects.public()) == [notice]
        assert not Correction.objects.public(PUBLISHED_AT).exists()

    def test_anchors_count_the_notices_of_a_kind_on_a_post(self) -> None:
        post, other = make_post(), make_post()
        for one, kind in ((post, "update"), (post, "correction"), (other, "update")):
            tell(one, kind)
        tell(post, "update")
        rows = Correction.objects.public().numbered().order_by("post_id", "pk")
        assert [row.anchor for row in rows] == ["update-1", "correction-1", "update-2", "update-1"]

    def test_posts_know_their_last_notices(self) -> None:
        post = make_post()
        assert Post.objects.with_notices().get(pk=post.pk).noticed_at is None  # type: ignore[attr-defined]
        correction = tell(post, "correction")
        update = tell(post, "update")
        row: Any = Post.objects.with_notices().get(pk=post.pk)
        assert row.corrected_at == correction.published_at
        assert row.noticed_at == update.published_at


def tell(post: Post, kind: str = "correction") -> Correction:
    """A notice an hour after the last."""
    hours = 1 + Correction.objects.count()
    at = PUBLISHED_AT + timedelta(hours=hours)
    assert kind in NOTICES
    return Correction.objects.create(
        post=post, kind=kind, was="Wrong.", text="Right.", published_at=at
    )
