"""At the desk, too, nobody learns of a draft that is not theirs: not a word, a count or a name."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from blog.models import Author, Post, Story, Topic
from blog.pictures import keep_picture
from sources.models import Source
from tests.blog.desk.conftest import LogIn
from tests.blog.test_pictures import drawn
from tests.factories import (
    make_author,
    make_draft,
    make_post,
    make_scheduled,
    make_source,
    make_story,
    make_topic,
)

pytestmark = pytest.mark.django_db

SECRET = "Hidden headline"


class Archive:
    """One public post, and drafts of an editor that use everything there is."""

    def __init__(self, editor: User) -> None:
        self.story, self.topic = make_story("Shared story"), make_topic("Shared topic")
        self.source = make_source("shared2024source", title="Shared source")
        self.by = make_author("Shared author")
        self.picture = keep_picture(drawn(), name="x.png", alt="Hidden picture", user=editor)
        self.public = make_post("The public one", slug="public", body="[@shared2024source]")
        for make in (make_draft, make_scheduled):
            make(
                SECRET,
                body="Hidden words [@shared2024source] and [[public|here]].",
                story=self.story,
                topics=[self.topic],
                authors=[self.by],
                lead_picture=self.picture,
                created_by=editor,
            )


@pytest.fixture
def archive(editor: User) -> Archive:
    return Archive(editor)


@pytest.fixture(params=["contributor", "author"])
def client(request: pytest.FixtureRequest, log_in: LogIn) -> Client:
    """Of somebody whose drafts these are not."""
    return log_in(request.getfixturevalue(request.param))


def page(client: Client, name: str, *args: object, **query: str) -> str:
    response = client.get(reverse(f"admin:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_of_posts_has_only_what_is_ones_own(client: Client, archive: Archive) -> None:
    assert SECRET not in page(client, "blog_post_changelist")
    assert "0 posts" in page(client, "blog_post_changelist")


@pytest.mark.parametrize("words", ["Hidden", "words", "Shared author"])
def test_the_search_finds_nothing_hidden(words: str, client: Client, archive: Archive) -> None:
    assert SECRET not in page(client, "blog_post_changelist", q=words)


@pytest.mark.parametrize(
    "query",
    [
        {"state": "draft"},
        {"state": "scheduled"},
        {"story__id__exact": "1"},
        {"year": "2027"},
        {"o": "1"},
        {"all": ""},
    ],
)
def test_no_filter_brings_it_back(query: dict[str, str], client: Client, archive: Archive) -> None:
    response = client.get(reverse("admin:blog_post_changelist"), query, follow=True)
    assert SECRET not in response.content.decode()


def test_the_filter_by_author_names_only_authors_of_ones_own_posts(
    client: Client, archive: Archive
) -> None:
    make_draft(created_by=User.objects.get(pk=client.session["_auth_user_id"]))
    assert "Shared author" not in page(client, "blog_post_changelist")


@pytest.mark.parametrize("field", [("crossreference", "target"), ("byline", "post")])
def test_autocompletes_of_posts_offer_nothing_hidden(
    field: tuple[str, str], client: Client, archive: Archive
) -> None:
    model, name = field
    response = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "blog", "model_name": model, "field_name": name, "term": ""},
    )
    assert SECRET not in response.content.decode()


def test_autocompletes_of_pictures_offer_nothing_hidden(client: Client, archive: Archive) -> None:
    query = {"app_label": "blog", "model_name": "post", "field_name": "lead_picture", "term": ""}
    assert "Hidden" not in client.get(reverse("admin:autocomplete"), query).content.decode()


def test_lists_count_only_what_may_be_seen(client: Client, archive: Archive) -> None:
    for name in ("author", "story", "topic"):
        html = page(client, f"blog_{name}_changelist")
        assert '<td class="field-post_count">0</td>' in html
    assert '<td class="field-cited_in">1 post</td>' in page(client, "sources_source_changelist")


def test_a_source_is_cited_in_what_may_be_seen(client: Client, archive: Archive) -> None:
    html = page(client, "sources_source_change", archive.source.pk)
    assert "The public one" in html
    assert SECRET not in html
    assert "2 posts" not in html


def test_pictures_of_hidden_drafts_are_not_listed(client: Client, archive: Archive) -> None:
    assert "Hidden" not in page(client, "blog_picture_changelist")
    url = reverse("admin:blog_picture_change", args=[archive.picture.pk])
    assert "Hidden" not in client.get(url, follow=True).content.decode()


def test_who_refers_to_ones_post_names_nothing_hidden(
    archive: Archive, author: User, log_in: LogIn
) -> None:
    archive.public.created_by = author
    archive.public.save()
    html = page(log_in(author), "blog_post_change", archive.public.pk)
    assert SECRET not in html
    assert "Nobody yet." in html


def test_ones_own_draft_is_kept_for_a_hidden_one_that_refers_to_it_without_naming_it(
    editor: User, author: User, log_in: LogIn
) -> None:
    own = make_draft("Mine", slug="mine", created_by=author)
    make_draft(SECRET, body="[[mine|here]]", created_by=editor)
    client = log_in(author)
    html = page(client, "blog_post_delete", own.pk)
    assert "something that is not yours to open" in html
    assert SECRET not in html
    client.post(reverse("admin:blog_post_delete", args=[own.pk]), {"post": "yes"})
    assert Post.objects.filter(pk=own.pk).exists()


def test_the_dashboard_tells_of_ones_own_doings_only(
    archive: Archive, editor: User, author: User, log_in: LogIn
) -> None:
    draft = Post.objects.filter(headline=SECRET).first()
    assert draft is not None
    log_in(editor).post(reverse("admin:blog_post_change", args=[draft.pk]), {})
    assert SECRET not in page(log_in(author), "index")


class TestDeleting:
    """What is in use stays, and the screen says who uses it."""

    @pytest.fixture
    def client(self, editor: User, log_in: LogIn) -> Client:
        return log_in(editor)

    @pytest.mark.parametrize("kind", ["source", "author", "story", "topic", "picture"])
    def test_what_posts_use_is_not_deleted(
        self, kind: str, client: Client, archive: Archive
    ) -> None:
        record = {
            "source": archive.source,
            "author": archive.by,
            "story": archive.story,
            "topic": archive.topic,
            "picture": archive.picture,
        }[kind]
        name = f"{record._meta.app_label}_{record._meta.model_name}"
        url = reverse(f"admin:{name}_delete", args=[record.pk])
        assert SECRET in page(client, f"{name}_delete", record.pk)
        client.post(url, {"post": "yes"})
        bulk = {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
        client.post(reverse(f"admin:{name}_changelist"), bulk)
        assert type(record)._default_manager.filter(pk=record.pk).exists()

    def test_what_nothing_uses_is_deleted(self, client: Client) -> None:
        records = [make_source(), make_author(), make_story(), make_topic()]
        for record in records:
            name = f"{record._meta.app_label}_{record._meta.model_name}"
            client.post(reverse(f"admin:{name}_delete", args=[record.pk]), {"post": "yes"})
        for model in (Source, Author, Story, Topic):
            assert not model._default_manager.exists()

    def test_a_post_that_others_refer_to_is_not_deleted_and_they_are_named(
        self, client: Client
    ) -> None:
        post = make_draft("Wanted", slug="wanted")
        make_draft("The one that refers", body="[[wanted|here]]")
        assert "The one that refers" in page(client, "blog_post_delete", post.pk)
        client.post(reverse("admin:blog_post_delete", args=[post.pk]), {"post": "yes"})
        assert Post.objects.filter(pk=post.pk).exists()

    def test_a_draft_that_nobody_refers_to_is_deleted(self, client: Client) -> None:
        post = make_draft(body="[@x] [[y]] [z](https://example.org/z)")
        client.post(reverse("admin:blog_post_delete", args=[post.pk]), {"post": "yes"})
        assert not Post.objects.exists()

    def test_what_was_public_is_not_deleted_one_by_one_or_in_bulk(self, client: Client) -> None:
        post = make_post()
        url = reverse("admin:blog_post_delete", args=[post.pk])
        assert client.post(url, {"post": "yes"}).status_code == 403
        bulk = {"action": "delete_selected", "_selected_action": [post.pk], "post": "yes"}
        client.post(reverse("admin:blog_post_changelist"), bulk)
        assert Post.objects.exists()
