"""The index of references: in step with the text, and remade from it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from blog.models import Citation, ClaimMention, CrossReference, OldAddress, Post
from sources.models import Source
from tests.factories import make_claim, make_draft, make_post, make_publication, make_source

pytestmark = pytest.mark.django_db


def rows(post: Post) -> list[tuple[str, str | None, str]]:
    return [
        (row.written, row.target.slug if row.target else None, row.kind)
        for row in post.crossreferences.select_related("target")
    ]


def test_each_mark_becomes_a_row_with_its_words_and_sentence() -> None:
    target = make_post(slug="first")
    post = make_post(body="A fact. We wrote [[updates::First|of it]] in May. More.")
    [row] = post.crossreferences.all()
    assert (row.target, row.kind, row.anchor) == (target, "updates", "of it")
    assert row.sentence == "We wrote of it in May."
    assert row.paragraph.startswith("p-")


def test_what_leads_nowhere_is_kept_and_adopted_by_the_post_that_comes() -> None:
    post = make_draft(body="See [[to-come|this]].")
    assert rows(post) == [("to-come", None, "background")]
    make_draft(slug="To-Come")
    assert rows(post) == [("to-come", "To-Come", "background")]


def test_a_citation_of_a_key_that_does_not_exist_yet_is_kept() -> None:
    post = make_draft(body="It is so [@atlas2023, p. 3].")
    [row] = post.citations.all()
    assert (row.source, row.written, row.locator, row.label) == (None, "atlas2023", "3", "page")


def test_a_source_that_comes_later_answers_every_text_that_waits_for_it() -> None:
    post = make_post(body="It is so [@atlas2023].")
    source = make_source("atlas2023")
    assert Citation.objects.adopt(source) == 1
    assert [row.source for row in post.citations.all()] == [source]


def test_a_mark_that_stays_keeps_its_row_and_one_that_goes_loses_it() -> None:
    make_post(slug="a"), make_post(slug="b")
    post = make_post(body="[[a|x]] and [[b|y]]")
    kept = post.crossreferences.get(written="b").pk
    post.body = "Now only [[corrects::b|that]]."
    post.save()
    [row] = post.crossreferences.all()
    assert (row.pk, row.kind, row.anchor) == (kept, "corrects", "that")


def test_a_post_may_refer_twice_to_the_same_post() -> None:
    make_post(slug="a")
    post = make_post(body="[[a|one]] and [[a|two]]")
    assert [row.anchor for row in post.crossreferences.all()] == ["one", "two"]


def test_a_post_does_not_refer_to_itself() -> None:
    post = make_post(slug="me", body="See [[me|above]].")
    assert rows(post) == []


@pytest.mark.parametrize(
    "address",
    [
        "/2024/11/18/first/",
        "/2024/11/18/first",
        "/2024/11/18/FIRST/",
        "https://margin.example.org/2024/11/18/first/",
        "http://www.margin.example.org/2024/11/18/first/#p-12345678",
        "https://old.example.net/2024/11/18/first/?utm_source=x",
    ],
)
def test_a_pasted_address_of_an_own_post_is_a_cross_reference(address: str) -> None:
    make_publication(former_addresses="https://old.example.net")
    target = make_post(slug="first")
    post = make_post(body=f"As [here]({address}).")
    [row] = post.crossreferences.all()
    assert row.target == target
    assert row.is_pasted
    assert not post.citations.exists()


def test_an_old_address_pasted_is_a_cross_reference_too() -> None:
    make_publication(former_addresses="https://old.example.net")
    target = make_post(slug="first")
    OldAddress.objects.create(post=target, path="/archives/12.html")
    post = make_post(body="As [here](https://old.example.net/archives/12.html).")
    assert rows(post) == [("/archives/12.html", "first", "background")]


def test_a_page_of_the_site_that_is_no_post_is_neither_reference_nor_source() -> None:
    make_publication()
    post = make_post(body="[about](/about/), [all](https://margin.example.org/stories/)")
    assert not post.crossreferences.exists()
    assert not post.citations.exists()


def test_links_to_one_page_make_one_source_however_they_are_written() -> None:
    body = "[a](https://www.example.org/x?utm_source=t) <a href='http://example.org/x#top'>b</a>"
    first, second = make_post(body=body), make_post(body="[c](https://example.org/x/)")
    [source] = Source.objects.all()
    assert {row.source for row in Citation.objects.all()} == {source}
    assert Citation.objects.filter(post=first).count() == 2
    assert list(Post.objects.citing(source).order_by("pk")) == [first, second]


def test_mail_addresses_and_places_on_the_page_are_no_sources() -> None:
    post = make_post(body="[a](mailto:x@example.org) [b](#notes) [c](relative.html)")
    assert not post.citations.exists()


def test_what_is_cited_or_referred_to_cannot_be_deleted() -> None:
    target, source = make_draft(slug="a"), make_source("k")
    make_draft(body="[[a|x]] [@k]")
    with pytest.raises(ProtectedError):
        target.delete()
    with pytest.raises(ProtectedError):
        source.delete()


def test_rebuilding_from_nothing_equals_what_saving_made() -> None:
    make_publication()
    make_post(slug="a")
    make_source("k")
    make_post(body="[[a|x]] [@k, p. 2] [l](https://example.org/z) [[gone|g]] [o](/2020/01/01/a/)")

    def contents() -> list[dict[str, object]]:
        every = [*CrossReference.objects.values(), *Citation.objects.values()]
        return [{name: value for name, value in row.items() if name != "id"} for row in every]

    saved = contents()
    assert len(saved) == 5
    CrossReference.objects.all().delete()
    call_command("rebuild_references", stdout=StringIO())
    assert contents() == saved
    call_command("check_references", stdout=StringIO())


@pytest.mark.parametrize("tampering", [{"kind": "corrects"}, {"target": None}, {"sentence": "No."}])
def test_the_check_fails_when_a_row_was_tampered_with(tampering: dict[str, object]) -> None:
    make_post(slug="a")
    make_post(body="[[a|x]]")
    CrossReference.objects.update(**tampering)
    with pytest.raises(CommandError, match="from the text"):
        call_command("check_references", stdout=StringIO())


def test_the_check_fails_when_a_row_is_missing_or_too_many() -> None:
    make_source("k")
    post = make_post(body="[@k]")
    Citation.objects.create(post=post, written="other", position=9)
    with pytest.raises(CommandError, match="1 row differs"):
        call_command("check_references", stdout=StringIO())
    Citation.objects.all().delete()
    with pytest.raises(CommandError, match="1 row differs"):
        call_command("check_references", stdout=StringIO())


def test_the_check_knows_mentions_of_claims_and_rebuilding_mends_them() -> None:
    claim = make_claim(slug="soldiers")
    make_post(body="[[claim::soldiers|words]]")
    for tamper in (
        lambda: ClaimMention.objects.update(claim=None),
        lambda: ClaimMention.objects.update(anchor="other words"),
        lambda: ClaimMention.objects.all().delete(),
    ):
        tamper()
        with pytest.raises(CommandError, match="from the text"):
            call_command("check_references", stdout=StringIO())
        call_command("rebuild_references", stdout=StringIO())
        call_command("check_references", stdout=StringIO())
    assert ClaimMention.objects.get().claim == claim


def test_saving_costs_the_same_queries_at_5_and_50_marks() -> None:
    posts = [make_post(slug=f"p{n}") for n in range(50)]
    for n in range(50):
        make_source(f"k{n}")

    def queries_for(marks: int) -> int:
        body = " ".join(f"[[{post.slug}|x]] [@k{n}]" for n, post in enumerate(posts[:marks]))
        post = make_draft()
        post.body = body
        with CaptureQueriesContext(connection) as captured:
            post.save()
        return len(captured)

    assert queries_for(5) == queries_for(50)
