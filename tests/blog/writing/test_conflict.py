"""Somebody else saved in between: refused, both texts shown, and one step keeps both."""

import json
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from blog.desk.comparing import passages, read, values_of, written
from blog.merging import MINE, THEIRS
from blog.models import Post
from sources.models import Claim
from tests.blog.desk.conftest import LogIn
from tests.blog.desk.forms import form_of
from tests.factories import (
    make_assumption,
    make_claim,
    make_draft,
    make_post,
    make_story,
    make_topic,
)

pytestmark = pytest.mark.django_db

BODY = "One.\n\nTwo.\n\nThree."


@pytest.fixture
def client(author: User, log_in: LogIn) -> Client:
    return log_in(author)


@pytest.fixture
def draft(author: User) -> Post:
    return make_draft("Ours", body=BODY, created_by=author)


def opened(post: Post, **changed: Any) -> dict[str, Any]:
    """The form as its page sends it."""
    return form_of(post, base=written(values_of(post)), **changed)


def saved_elsewhere(post: Post, **changed: Any) -> Post:
    other = Post.objects.get(pk=post.pk)
    for name, value in changed.items():
        setattr(other, name, value)
    other.save()
    return other


def change(post: Post) -> str:
    return reverse("admin:blog_post_change", args=[post.pk])


def form_in(response: Any) -> Any:
    return response.context["adminform"].form


class TestARefusedSave:
    def test_shows_both_texts_with_their_differences(self, client: Client, draft: Post) -> None:
        mine = opened(draft, body=BODY.replace("Two.", "Two, as I see it."), headline="Mine")
        saved_elsewhere(draft, body=BODY.replace("Two.", "Two, as they see it."))
        page = client.post(change(draft), mine).content.decode()
        assert '<ins><span class="sr">only here: </span>I </ins>' in page
        assert '<ins><span class="sr">only here: </span>they </ins>' in page
        assert "One paragraph is the same" in page
        assert '<th scope="row">Headline</th><td>Ours</td><td>Mine</td><td>yours</td>' in page
        assert "One passage was changed by both" in page
        assert Post.objects.get(pk=draft.pk).body == BODY.replace("Two.", "Two, as they see it.")

    def test_names_who_saved_and_when_in_the_history(
        self, client: Client, editor: User, draft: Post
    ) -> None:
        mine = opened(draft, body="x")
        saved_elsewhere(draft)
        LogEntry.objects.log_actions(editor.pk, [draft], CHANGE, single_object=True)
        page = client.post(change(draft), mine).content.decode()
        assert f"by {editor.get_username()}, and yours" in page

    def test_one_step_keeps_both_and_saves_nothing(self, client: Client, draft: Post) -> None:
        story, topic = make_story(), make_topic()
        mine = opened(draft, body=BODY.replace("One.", "One, mine."), topics=[topic.pk])
        saved_elsewhere(draft, body=BODY.replace("Three.", "Three, theirs."), story=story)
        refused = form_in(client.post(change(draft), mine))
        mine |= {"opened": refused["opened"].value(), "_both": "Keep both"}
        del mine["_continue"]
        both = form_in(client.post(change(draft), mine))
        assert both["body"].value() == "One, mine.\n\nTwo.\n\nThree, theirs."
        assert both["story"].value() == str(story.pk)
        assert both["topics"].value() == [str(topic.pk)]
        assert "Both texts are in the form now" in both.errors["__all__"][0]
        assert Post.objects.get(pk=draft.pk).body == BODY.replace("Three.", "Three, theirs.")

        final = opened(draft, body=both["body"].value(), opened=both["opened"].value())
        client.post(change(draft), final)
        assert Post.objects.get(pk=draft.pk).body == "One, mine.\n\nTwo.\n\nThree, theirs."

    def test_what_both_assume_is_kept_together(self, client: Client, draft: Post) -> None:
        for slug in ("before", "mine", "theirs"):
            make_claim(slug=slug)
        make_assumption(draft, Claim.objects.get(slug="before"), "As it was")
        lines = "before | As it was"
        mine = opened(draft, assumes=f"{lines}\nmine | As I say")
        elsewhere = opened(draft, assumes=f"{lines}\ntheirs | As they say")
        client.post(change(draft), elsewhere)
        page = client.post(change(draft), mine).content.decode()
        assert "<td>both</td>" in page
        both = form_in(client.post(change(draft), mine | {"_both": "x"}))
        assert both["assumes"].value() == f"{lines}\nmine | As I say\ntheirs | As they say"
        final = mine | {"assumes": both["assumes"].value(), "opened": both["opened"].value()}
        client.post(change(draft), final)
        assert [row.claim.slug for row in draft.assumptions.standing()] == [
            "before",
            "mine",
            "theirs",
        ]

    def test_where_both_changed_a_passage_both_stand(self, client: Client, draft: Post) -> None:
        mine = opened(draft, body="One.\n\nMine.\n\nThree.", _both="x")
        saved_elsewhere(draft, body="One.\n\nTheirs.\n\nThree.")
        body = form_in(client.post(change(draft), mine))["body"].value()
        for part in (THEIRS, "Theirs.", MINE, "Mine."):
            assert part in body.split("\n\n")

    def test_a_page_that_does_not_know_what_it_began_with_loses_nothing(
        self, client: Client, draft: Post
    ) -> None:
        for base in ("", "{", "[]", '{"body": ["x"]}', '{"body": 3, "headline": []}'):
            mine = opened(draft, body="One.\n\nMine.") | {"base": base, "_both": "x"}
            body = form_in(client.post(change(draft), mine))["body"].value()
            for part in ("One.", "Mine.", "Two.", "Three."):
                assert part in body.split("\n\n"), base


class TestPassagesThatStandTwice:
    BOTH = f"{THEIRS}\n\nA\n\n{MINE}\n\nB\n\n<!-- Both kept. End. -->"

    def test_a_draft_saves_with_them(self, client: Client, draft: Post) -> None:
        client.post(change(draft), form_of(draft, body=self.BOTH))
        assert Post.objects.get(pk=draft.pk).body == self.BOTH

    @pytest.mark.parametrize("button", ["_publish", "_schedule"])
    def test_it_does_not_go_out_with_them(self, button: str, client: Client, draft: Post) -> None:
        sent = form_of(
            draft, body=f"x\n\n{self.BOTH}", goes_out_at="2090-01-01T10:00", **{button: "x"}
        )
        (message,) = form_in(client.post(change(draft), sent)).errors["body"]
        assert message.startswith("Line 3: two versions of a passage")

    def test_what_is_out_does_not_change_to_them(self, client: Client, author: User) -> None:
        post = make_post(body="As it was.", created_by=author)
        client.post(change(post), form_of(post, body=self.BOTH))
        assert Post.objects.get(pk=post.pk).body == "As it was."


class TestAskingForBoth:
    def test_the_answer_is_a_piece_of_a_page_and_writes_nothing(
        self, client: Client, draft: Post
    ) -> None:
        mine = opened(draft, body=BODY + "\n\nMine.")
        other = saved_elsewhere(draft, body="Zero.\n\n" + BODY)
        before = Post.objects.filter(pk=draft.pk).values().get()
        answer = client.post(reverse("admin:blog_post_compare", args=[draft.pk]), mine)
        page = answer.content.decode()
        both = json.loads(page.split('<script id="both" type="application/json">')[1].split("<")[0])
        assert both["fields"]["body"] == ["Zero.\n\n" + BODY + "\n\nMine."]
        assert both["opened"] == other.edited_at.isoformat()
        assert read(both["base"]) == values_of(other)
        assert Post.objects.filter(pk=draft.pk).values().get() == before


def test_words_are_compared_within_a_paragraph_and_paragraphs_without_likeness_whole() -> None:
    like, unlike, added = passages(
        "The first of them came early.\n\nNothing alike at all.",
        "The last of them came early.\n\n12345 67890 +++\n\nMore.",
    )
    assert [piece.text for piece in like.theirs if piece.differs] == ["first "]
    assert [piece.text for piece in like.mine if piece.differs] == ["last "]
    assert [piece.differs for piece in unlike.mine] == [True]
    assert (list(added.theirs), [piece.text for piece in added.mine]) == ([], ["More."])
