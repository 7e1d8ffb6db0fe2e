"""A change of a published text is declared: correction, clarification, update, note, copy edit."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from blog.models import Change, Correction, Post, Version
from tests.blog.desk.forms import form_of
from tests.factories import (
    make_author,
    make_draft,
    make_notice,
    make_post,
    make_scheduled,
    make_user,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> User:
    user = make_user("author", "ada", password="secret")
    make_author("Ada Writer", user=user)
    return user


@pytest.fixture
def client(author: User) -> Client:
    client = Client()
    client.force_login(author)
    return client


@pytest.fixture
def post(author: User) -> Post:
    return make_post("Soldiers", body="Seoul was first.", created_by=author)


def send(client: Client, post: Post, kind: str = "", **changed: Any) -> dict[str, list[str]]:
    """Save from the post screen; the errors, {} when it was saved."""
    url = reverse("admin:blog_post_change", args=[post.pk])
    response = client.post(url, form_of(post, change_kind=kind, **changed))
    if response.status_code == 302:
        return {}
    errors: dict[str, list[str]] = response.context["adminform"].form.errors
    return errors


class TestDeclaring:
    def test_a_correction_keeps_the_version_and_tells_readers(
        self, client: Client, author: User, post: Post
    ) -> None:
        said = {"change_was": "We named Seoul.", "change_text": "It was Kyiv."}
        assert send(client, post, "correction", body="Kyiv was first.", **said) == {}
        version, notice = Version.objects.get(), Correction.objects.get()
        assert (version.body, version.change) == ("Seoul was first.", Change.CORRECTION)
        assert (notice.was, notice.text) == ("We named Seoul.", "It was Kyiv.")
        assert (notice.by, version.replaced_by, notice.signed) == (author, author, "")
        assert Client().get(post.get_absolute_url()).content.count(b"We named Seoul.") == 1

    @pytest.mark.parametrize("kind", ["clarification", "update", "editors-note"])
    def test_the_other_kinds_need_one_text(self, kind: str, client: Client, post: Post) -> None:
        assert "change_text" in send(client, post, kind, body="New.")
        assert send(client, post, kind, body="New.", change_text="So.") == {}
        assert Correction.objects.get().kind == kind

    def test_an_editors_note_is_signed_by_the_byline(self, client: Client, post: Post) -> None:
        send(client, post, "editors-note", change_text="We were paid.")
        assert Correction.objects.get().signed == "Ada Writer"

    def test_a_copy_edit_keeps_the_version_without_a_notice(
        self, client: Client, post: Post
    ) -> None:
        assert send(client, post, "copy-edit", body="Seoul came first.") == {}
        assert Version.objects.get().change == Change.COPY_EDIT
        assert not Correction.objects.exists()

    def test_a_notice_can_stand_by_an_unchanged_text(self, client: Client, post: Post) -> None:
        assert send(client, post, "update", change_text="It goes on.") == {}
        assert Correction.objects.get().version is None


class TestRefusing:
    @pytest.mark.parametrize("field", ["headline", "standfirst", "body"])
    def test_a_changed_text_without_a_declaration_is_refused_and_kept(
        self, field: str, client: Client, post: Post
    ) -> None:
        url = reverse("admin:blog_post_change", args=[post.pk])
        response = client.post(url, form_of(post, change_kind="", **{field: "Other words."}))
        assert "Say what the change is" in response.content.decode()
        assert "Other words." in response.content.decode()
        assert not Version.objects.exists()

    def test_a_correction_says_what_was_wrong_and_what_is_right(
        self, client: Client, post: Post
    ) -> None:
        assert set(send(client, post, "correction", body="New.")) == {"change_was", "change_text"}
        page = client.post(
            reverse("admin:blog_post_change", args=[post.pk]),
            form_of(post, change_kind="correction", body="New.", change_was="Half of it."),
        ).content.decode()
        assert "Half of it." in page
        assert 'value="correction" ' in page.replace("\n", " ")
        assert Post.objects.get().body == "Seoul was first."

    def test_a_copy_edit_does_not_swallow_a_notice(self, client: Client, post: Post) -> None:
        assert "change_kind" in send(client, post, "copy-edit", body="New.", change_text="So.")

    def test_a_notice_without_a_kind_is_asked_for_it(self, client: Client, post: Post) -> None:
        assert "change_kind" in send(client, post, "", change_text="So.")

    @pytest.mark.parametrize("kind", ["unstated", "retraction", "nonsense"])
    def test_other_kinds_are_not_offered(self, kind: str, client: Client, post: Post) -> None:
        assert "change_kind" in send(client, post, kind, body="New.", change_text="So.")

    @pytest.mark.parametrize("text", ["[[gone]]", "As [@nobody].", "So.[^1]\n\n[^1]: A note."])
    def test_marks_that_a_notice_cannot_have_are_refused(
        self, text: str, client: Client, post: Post
    ) -> None:
        assert "change_text" in send(client, post, "update", change_text=text)

    def test_what_was_withdrawn_is_declared_too(self, client: Client, author: User) -> None:
        post = make_withdrawn(body="One.", created_by=author)
        assert "change_kind" in send(client, post, body="Two.")


class TestAskingNothing:
    @pytest.mark.parametrize("make", [make_draft, make_scheduled])
    def test_of_what_nobody_has_read(self, make: Any, client: Client, author: User) -> None:
        post = make(body="One.", created_by=author)
        page = client.get(reverse("admin:blog_post_change", args=[post.pk])).content.decode()
        assert 'id="change-kind"' not in page
        assert send(client, post, body="Two.") == {}

    def test_of_other_fields_and_line_ends(self, client: Client, author: User) -> None:
        post = make_post(body="One.\n\nTwo.", created_by=author)
        assert send(client, post, body="One.\r\n\r\nTwo.\r\n", language="uk") == {}
        assert not Version.objects.exists()


class TestLookingBack:
    def test_the_screen_lists_the_versions_by_whom_and_why(
        self, client: Client, post: Post
    ) -> None:
        send(client, post, "copy-edit", body="Two.")
        page = client.get(reverse("admin:blog_post_change", args=[post.pk])).content.decode()
        _, _, versions = page.partition('id="versions-h"')
        assert versions.index("Copy edit, by ada") < versions.index("As first published")

    def test_every_notice_is_listed_and_nobody_changes_one(
        self, client: Client, post: Post
    ) -> None:
        notice = make_notice(post)
        assert (
            "Soldiers" in client.get(reverse("admin:blog_correction_changelist")).content.decode()
        )
        url = reverse("admin:blog_correction_change", args=[notice.pk])
        page = client.get(url).content.decode()
        assert "We were wrong." in page
        assert "<textarea" not in page
        assert client.post(url, {"text": "Never."}).status_code == 403
        delete = reverse("admin:blog_correction_delete", args=[notice.pk])
        assert client.post(delete, {"post": "yes"}).status_code == 403
        assert client.get(reverse("admin:blog_correction_add")).status_code == 403

    def test_notices_of_others_hidden_posts_are_not_listed(self, client: Client) -> None:
        make_notice(make_withdrawn("Hidden headline"), text="Hidden words.")
        notice = make_notice(make_draft("Hidden headline"), text="Hidden words.")
        page = client.get(reverse("admin:blog_correction_changelist"), {"q": "Hidden"})
        assert "Hidden words" not in page.content.decode()
        assert "Hidden headline" not in page.content.decode()
        url = reverse("admin:blog_correction_change", args=[notice.pk])
        assert client.get(url).status_code == 302

    def test_who_writes_nothing_sees_none(self) -> None:
        client = Client()
        client.force_login(make_user())
        url = reverse("admin:blog_correction_changelist")
        assert client.get(url).status_code == 302
        assert Client().get(url).status_code == 302


@pytest.mark.django_db(transaction=True)
class TestInTheBrowser:
    @pytest.fixture
    def screen(self, page: Page, live_server: LiveServer, author: User, post: Post) -> Page:
        page.goto(reverse("admin:login"))
        page.fill("#id_username", "ada")
        page.fill("#id_password", "secret")
        page.keyboard.press("Enter")
        page.wait_for_url("**/admin/")
        page.goto(reverse("admin:blog_post_change", args=[post.pk]))
        return page

    def test_it_is_asked_once_the_text_is_another(self, screen: Page, post: Post) -> None:
        box = screen.locator("#change-kind")
        expect(box).to_be_hidden()
        screen.fill("#id_body", "Kyiv was first.")
        expect(box).to_be_visible()
        screen.fill("#id_body", "Seoul was first.")
        expect(box).to_be_hidden()

    def test_saving_undeclared_leads_to_the_question(self, screen: Page, post: Post) -> None:
        screen.fill("#id_body", "Kyiv was first.")
        screen.locator("input[name=_continue]").first.click()
        expect(screen.get_by_text("Say what the change is before")).to_be_visible()
        expect(screen.locator("#change-kind input").first).to_be_focused()
        screen.get_by_label("Correction: a fact").check()
        screen.get_by_label("What was wrong").fill("We named Seoul.")
        screen.get_by_label("What is right", exact=True).fill("It was Kyiv.")
        screen.locator("input[name=_continue]").first.click()
        expect(screen.locator("#versions-h")).to_be_visible()
        expect(screen.locator(".versions")).to_contain_text("Correction, by ada")
        assert Correction.objects.get().text == "It was Kyiv."

    def test_a_copy_edit_asks_no_more(self, screen: Page) -> None:
        screen.fill("#id_body", "Seoul came first.")
        screen.get_by_label("Copy edit").check()
        expect(screen.locator("#id_change_text")).to_be_hidden()
        expect(screen.locator("#id_change_was")).to_be_hidden()

    def test_axe_finds_nothing_in_the_question(self, screen: Page) -> None:
        screen.fill("#id_body", "Kyiv was first.")
        screen.get_by_label("Correction: a fact").check()
        for part in ("#change-kind", ".versions"):
            results = Axe().run(screen, context=part)
            assert results.violations_count == 0, results.generate_report()

    def test_a_notice_can_be_added_to_an_unchanged_text(self, screen: Page) -> None:
        screen.get_by_role("button", name="Add a dated notice").click()
        expect(screen.locator("#change-kind")).to_be_visible()
