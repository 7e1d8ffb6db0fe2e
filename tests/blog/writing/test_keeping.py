"""What is typed is kept on the server apart from the post, for its writer alone."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from blog.models import Post
from blog.models.unsaved import UnsavedText
from tests.blog.desk.conftest import LogIn
from tests.blog.desk.forms import form_of
from tests.factories import make_draft, make_post, make_publication

pytestmark = pytest.mark.django_db

NEW = "/admin/blog/post/unsaved/"
DISCARD = "/admin/blog/post/unsaved/discard/"
TOKEN = "/admin/blog/post/token/"
JSON = {"Accept": "application/json"}
NOON = datetime(2024, 11, 21, 12, 0, tzinfo=UTC)
SITTING = "sitting-1"


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def client(author: User, log_in: LogIn) -> Client:
    return log_in(author)


@pytest.fixture
def draft(author: User) -> Post:
    return make_draft("Mine", body="Some words.", created_by=author)


def keep(post: Post) -> str:
    return reverse("admin:blog_post_keep", args=[post.pk])


def typed(post: Post | None = None, **changed: Any) -> dict[str, Any]:
    return form_of(post, **({"sitting": SITTING} | changed))


class TestKeeping:
    def test_it_is_kept_apart_from_the_post(self, client: Client, draft: Post) -> None:
        before = Post.objects.filter(pk=draft.pk).values().get()
        answer = client.post(keep(draft), typed(draft, body="Half a thought [[gone]]"))
        assert (answer.status_code, answer.json()["elsewhere"]) == (200, None)
        text = UnsavedText.objects.get()
        assert (text.post, text.value("body")) == (draft, "Half a thought [[gone]]")
        assert Post.objects.filter(pk=draft.pk).values().get() == before

    def test_what_the_form_sends_for_the_servers_sake_is_not_kept(
        self, client: Client, draft: Post
    ) -> None:
        client.post(keep(draft), typed(draft, base="{}", csrfmiddlewaretoken="secret"))
        text = UnsavedText.objects.get()
        assert text.fields.keys() >= {"headline", "body", "story"}
        assert not text.fields.keys() & {
            "csrfmiddlewaretoken",
            "base",
            "opened",
            "sitting",
            "_continue",
            "bylines-TOTAL_FORMS",
        }
        assert (text.base, text.opened) == ("{}", draft.edited_at.isoformat())

    def test_the_same_again_writes_nothing(
        self, client: Client, draft: Post, noon: time_machine.Traveller
    ) -> None:
        client.post(keep(draft), typed(draft, body="x"))
        noon.shift(60)
        answer = client.post(keep(draft), typed(draft, body="x"))
        assert answer.json()["saved_at"] == "2024-11-21T12:00:00Z"
        assert UnsavedText.objects.get().saved_at == NOON

    def test_it_is_written_every_five_seconds_at_most(
        self, client: Client, draft: Post, noon: time_machine.Traveller
    ) -> None:
        for after, body, status in ((0, "1", 200), (4.9, "2", 429), (0.1, "3", 200)):
            noon.shift(after)
            assert client.post(keep(draft), typed(draft, body=body)).status_code == status
        assert UnsavedText.objects.get().value("body") == "3"

    def test_two_tabs_are_two_sittings(self, client: Client, draft: Post) -> None:
        client.post(keep(draft), typed(draft, body="one"))
        client.post(keep(draft), typed(draft, body="two", sitting="sitting-2"))
        assert {text.value("body") for text in UnsavedText.objects.all()} == {"one", "two"}

    def test_the_browsers_word_for_when_is_taken_unless_it_is_to_come(
        self, client: Client, draft: Post
    ) -> None:
        moments = {"2024-11-21T11:00:00Z": NOON - timedelta(hours=1)} | dict.fromkeys(
            ["2090-01-01T00:00:00Z", "2024-11-21T11:00", "soon", "2024-13-99T00:00:00Z"], NOON
        )
        for number, (written, expected) in enumerate(moments.items()):
            sitting = f"sitting-{number}"
            client.post(keep(draft), typed(draft, typed_at=written, sitting=sitting))
            assert UnsavedText.objects.get(sitting=sitting).typed_at == expected

    @pytest.mark.parametrize("sitting", ["", "short", "x" * 41, "<script>alert", "a/../../b"])
    def test_a_sitting_without_a_name_is_refused(
        self, sitting: str, client: Client, draft: Post
    ) -> None:
        answer = client.post(keep(draft), typed(draft, sitting=sitting))
        assert (answer.status_code, "Reload" in answer.json()["error"]) == (400, True)

    def test_what_is_too_long_is_refused_in_words(self, client: Client, draft: Post) -> None:
        answer = client.post(keep(draft), typed(draft, body="x" * 2_000_001))
        assert (answer.status_code, "too long" in answer.json()["error"]) == (413, True)

    def test_somebody_elses_save_is_told(
        self, client: Client, draft: Post, noon: time_machine.Traveller
    ) -> None:
        sent = typed(draft)
        noon.shift(60)
        draft.save()
        assert client.post(keep(draft), sent).json()["elsewhere"] == {
            "state": draft.edited_at.isoformat(),
            "words": "saved at 12:01",
        }

    def test_it_renders_nothing_and_asks_little(
        self, client: Client, draft: Post, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        client.post(keep(draft), typed(draft))
        with django_assert_max_num_queries(16):
            client.post(keep(draft), typed(draft, body="[[x]] [@y] " * 500))


class TestGivingBack:
    def test_the_text_of_a_new_post_comes_back_whole(self, client: Client) -> None:
        client.post(NEW, typed(headline="New", body="ё 🌊", base="b"))
        back = client.get(NEW, {"sitting": SITTING}).json()
        assert back["fields"]["body"] == ["ё 🌊"]
        assert (back["fields"]["headline"], back["base"], back["opened"]) == (["New"], "b", "")

    def test_saving_the_post_lets_go_of_it(self, client: Client, draft: Post) -> None:
        client.post(keep(draft), typed(draft, body="x"))
        client.post(keep(draft), typed(draft, body="other", sitting="sitting-2"))
        page = reverse("admin:blog_post_change", args=[draft.pk])
        client.post(page, typed(draft, body="x"))
        assert [text.sitting for text in UnsavedText.objects.all()] == ["sitting-2"]

    def test_saving_a_new_post_lets_go_of_it(self, client: Client) -> None:
        client.post(NEW, typed(body="x"))
        client.post(reverse("admin:blog_post_add"), typed(body="x"))
        assert Post.objects.get().body == "x"
        assert not UnsavedText.objects.exists()

    def test_a_save_that_is_refused_keeps_it_and_its_sitting(
        self, client: Client, author: User
    ) -> None:
        post = make_post(created_by=author)
        client.post(keep(post), typed(post, body="[[gone]]"))
        page = client.post(
            reverse("admin:blog_post_change", args=[post.pk]), typed(post, body="[[gone]]")
        )
        assert f'value="{SITTING}"' in page.content.decode()
        assert UnsavedText.objects.count() == 1

    def test_what_a_post_assumes_is_kept_and_survives_a_save_that_is_refused(
        self, client: Client, draft: Post
    ) -> None:
        lines = "nowhere | As I say"
        client.post(keep(draft), typed(draft, assumes=lines))
        page = client.post(
            reverse("admin:blog_post_change", args=[draft.pk]), typed(draft, assumes=lines)
        ).content.decode()
        assert lines in page
        assert "names no claim" in page
        assert UnsavedText.objects.get().value("assumes") == lines

    def test_a_post_that_is_deleted_leaves_what_was_typed(
        self, client: Client, draft: Post
    ) -> None:
        client.post(keep(draft), typed(draft, body="Not lost."))
        draft.delete()
        assert UnsavedText.objects.get().post is None
        assert "?unsaved=sitting-1" in client.get("/admin/blog/post/").content.decode()

    def test_it_is_listed_above_the_posts_and_told_to_the_screen(
        self, client: Client, draft: Post
    ) -> None:
        make_publication()
        client.post(NEW, typed(headline="", body="\n\nFirst words of it.\nMore."))
        client.post(keep(draft), typed(draft, body="x", sitting="sitting-2"))
        page = client.get("/admin/blog/post/").content.decode()
        assert "First words of it." in page
        assert "typed until 21 Nov 2024, 14:00" in page
        assert f"/admin/blog/post/{draft.pk}/change/?unsaved=sitting-2" in page
        assert "/admin/blog/post/add/?unsaved=sitting-1" in page
        new = client.get("/admin/blog/post/add/").content.decode()
        assert '"sitting": "sitting-1"' in new
        assert "sitting-2" not in new

    def test_it_can_be_thrown_away_without_a_script(self, client: Client) -> None:
        client.post(NEW, typed(body="x"))
        assert client.post(DISCARD, {"sitting": SITTING}).status_code == 302
        assert not UnsavedText.objects.exists()

    def test_words_that_look_like_markup_are_words(self, client: Client) -> None:
        client.post(NEW, typed(headline="</script><img src=x>"))
        for page in ("/admin/blog/post/", "/admin/blog/post/add/"):
            assert "<img src=x>" not in client.get(page).content.decode()


class TestTheToken:
    def test_it_goes_to_who_is_logged_in(self, client: Client, author: User) -> None:
        answer = client.get(TOKEN).json()
        assert (answer["user"], answer["name"]) == (author.pk, author.get_username())
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = client.cookies
        strict.cookies["csrftoken"] = client.get(TOKEN).cookies["csrftoken"].value
        sent = {"sitting": SITTING, "csrfmiddlewaretoken": answer["token"]}
        assert strict.post(DISCARD, sent, headers=JSON).status_code in (200, 403)

    def test_nobody_else_gets_one(self) -> None:
        assert Client().get(TOKEN).status_code == 302


Ask = Callable[[Client, Post], Any]
ASKED: dict[str, Ask] = {
    "keep": lambda c, p: c.post(keep(p), typed(p, body="x")),
    "compare": lambda c, p: c.post(
        reverse("admin:blog_post_compare", args=[p.pk]), typed(p, body="x")
    ),
    "outgoing": lambda c, p: c.post(
        reverse("admin:blog_post_outgoing", args=[p.pk]), typed(p, body="x")
    ),
}


class TestTheWrongUser:
    @pytest.mark.parametrize("asked", ASKED)
    @pytest.mark.parametrize("who", ["nobody", "staff", "contributor", "author"])
    @pytest.mark.parametrize("make", [make_draft, make_post])
    def test_learns_nothing_and_keeps_nothing(
        self,
        asked: str,
        who: str,
        make: Callable[..., Post],
        editor: User,
        request: pytest.FixtureRequest,
        log_in: LogIn,
    ) -> None:
        post = make("The hidden headline", body="Secret words.", created_by=editor)
        client = Client() if who == "nobody" else log_in(request.getfixturevalue(who))
        answer = ASKED[asked](client, post)
        assert answer.status_code in (302, 403, 404)
        assert b"hidden headline" not in answer.content
        assert b"Secret words" not in answer.content
        assert not UnsavedText.objects.exists()

    def test_a_contributor_keeps_nothing_for_what_went_out(
        self, contributor: User, log_in: LogIn
    ) -> None:
        post = make_post(created_by=contributor)
        answer = ASKED["keep"](log_in(contributor), post)
        assert (answer.status_code, "permissions" in answer.json()["error"]) == (403, True)
        assert ASKED["outgoing"](log_in(contributor), post).status_code == 404

    def test_new_texts_are_for_who_may_write(self, staff: User, log_in: LogIn) -> None:
        assert Client().post(NEW, typed()).status_code == 302
        assert log_in(staff).post(NEW, typed()).status_code == 403
        assert not UnsavedText.objects.exists()

    def test_nobody_reads_or_throws_away_what_another_typed_not_even_an_editor(
        self, client: Client, editor: User, log_in: LogIn
    ) -> None:
        client.post(NEW, typed(headline="For nobody's eyes"))
        other = log_in(editor)
        assert other.get(NEW, {"sitting": SITTING}).status_code == 404
        for page in ("/admin/blog/post/", "/admin/blog/post/add/"):
            assert "nobody&#x27;s eyes" not in other.get(page).content.decode()
            assert SITTING not in other.get(page).content.decode()
        other.post(DISCARD, {"sitting": SITTING})
        other.post(NEW, typed(headline="Another's"))
        assert UnsavedText.objects.count() == 2
        back = client.get(NEW, {"sitting": SITTING}).json()
        assert back["fields"]["headline"] == ["For nobody's eyes"]

    def test_who_may_no_longer_open_the_post_still_has_the_own_words_as_a_new_one(
        self, client: Client, author: User, draft: Post, editor: User
    ) -> None:
        client.post(keep(draft), typed(draft, body="My words."))
        Post.objects.filter(pk=draft.pk).update(created_by=editor)
        page = client.get("/admin/blog/post/").content.decode()
        assert "/admin/blog/post/add/?unsaved=sitting-1" in page
        assert client.get(NEW, {"sitting": SITTING}).status_code == 200
