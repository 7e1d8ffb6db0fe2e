"""What readers are told of changes: on the post, in lists and the feed, and at /corrections/."""

from datetime import timedelta

import feedparser
import pytest
from django.test import Client

from blog.models import Change, Declared, Post
from tests.factories import (
    PUBLISHED_AT,
    make_draft,
    make_notice,
    make_post,
    make_publication,
    make_source,
    make_story,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db
URL = "/2024/11/18/soldiers/"


def read(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def post() -> Post:
    make_publication()
    return make_post("The soldiers", slug="soldiers", body="Kyiv was first.")


class TestOnThePost:
    def test_a_correction_says_when_what_was_wrong_and_what_is_right(self, post: Post) -> None:
        make_notice(post, was="We named *Seoul*.", text="It was Kyiv.")
        page = read(URL)
        _, _, notice = page.partition('id="correction-1"')
        assert 'role="doc-errata"' in page
        assert "Correction, " in notice
        assert "19 November 2024, 14:00" in notice
        assert notice.index("We named <em>Seoul</em>.") < notice.index("It was Kyiv.")

    def test_what_is_grave_is_said_above_the_text_with_a_link(self, post: Post) -> None:
        make_notice(post)
        make_notice(post, Change.UPDATE)
        above, _, _ = read(URL).partition("Kyiv was first.")
        assert '<p class="change said"><a href="#correction-1">Corrected on' in above
        assert above.count('class="change said"') == 1

    def test_the_imprint_has_the_last_update_and_the_last_correction(self, post: Post) -> None:
        for day in (1, 2):
            make_notice(post, Change.UPDATE, at=PUBLISHED_AT + timedelta(days=day))
        make_notice(post, at=PUBLISHED_AT + timedelta(days=3))
        page = read(URL)
        assert '<dt>Updated</dt><dd><a href="#update-2">' in page
        assert '<dt>Corrected</dt><dd><a href="#correction-1">' in page
        assert "21 Nov 2024, 14:00" in page

    def test_a_retraction_says_so(self, post: Post) -> None:
        make_notice(post, Change.RETRACTION)
        page = read(URL)
        assert "Retracted on" in page
        assert "<dt>Retracted</dt>" in page

    def test_it_leads_to_the_paragraph_that_was_changed(self, post: Post) -> None:
        post.body, post.declared = "Seoul was first.\n\nAfter.", None
        post.save()
        post.body = "It was Kyiv.\n\nAfter."
        post.declared = Declared(Change.CORRECTION, None, "Seoul.", "Kyiv.")
        post.save()
        paragraph = post.corrections.get().paragraph
        page = read(URL)
        assert f'<a href="#{paragraph}">' in page
        assert f'id="{paragraph}"' in page

    def test_an_editors_note_is_signed(self, post: Post) -> None:
        make_notice(post, Change.EDITORS_NOTE, signed="Ada Editor")
        assert '<p class="signed">Ada Editor</p>' in read(URL)

    def test_a_post_without_notices_says_nothing(self, post: Post) -> None:
        page = read(URL)
        for words in ("doc-errata", "Updated", "Corrected", "change"):
            assert words not in page

    def test_a_copy_edit_leaves_no_sign(self, post: Post) -> None:
        post.declared, post.body = Declared(Change.COPY_EDIT), "Kyiv was the first."
        post.save()
        page = read(URL)
        assert "Kyiv was the first" in page
        assert "Updated" not in page
        assert "errata" not in page


class TestItsText:
    def test_links_lead_where_they_do_in_posts(self, post: Post) -> None:
        make_post("Before", slug="before")
        make_notice(post, text="See [[before|here]] and [there](https://example.org/).")
        page = read(URL)
        assert '<a class="x" href="/2024/11/18/before/">here</a>' in page
        assert '<a class="out" href="https://example.org/"' in page

    def test_a_draft_does_not_show_through_it(self, post: Post) -> None:
        make_draft("Secret plan", slug="plan")
        make_notice(post, text="See [[plan|later]] and [[plan]].")
        for path in (URL, "/corrections/"):
            assert "Secret plan" not in read(path)

    def test_it_has_neither_notes_nor_ids_of_its_own(self, post: Post) -> None:
        make_source("ledger2024")
        make_notice(post, text="As said [@ledger2024].[^1]\n\n[^1]: A note.")
        _, _, notice = read(URL).partition('id="correction-1"')
        assert 'class="ref"' not in notice
        assert "<p>As said" in notice

    def test_it_is_sanitised(self, post: Post) -> None:
        make_notice(
            post,
            text="<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))",
        )
        for path in (URL, "/corrections/"):
            page = read(path)
            assert "alert(1)</script>" not in page
            assert "onerror=" not in page.replace("onerror=alert(1)&gt;", "")
            assert 'href="javascript' not in page


class TestAllOfThem:
    def test_they_stand_newest_first_under_their_months(self, post: Post) -> None:
        for day in (1, 20):
            make_notice(post, at=PUBLISHED_AT + timedelta(days=day), text=f"After {day}.")
        page = read("/corrections/")
        places = [
            page.index(s) for s in (">December 2024<", "After 20.", ">November 2024<", "After 1.")
        ]
        assert places == sorted(places)
        assert f'href="{URL}#correction-2"' in page

    def test_there_are_pages_of_them(self, post: Post) -> None:
        for number in range(21):
            make_notice(post, text=f"Number {number}.", at=PUBLISHED_AT + timedelta(hours=number))
        assert "Number 0." not in read("/corrections/")
        second = read("/corrections/?page=2")
        assert "Number 0." in second
        assert "#correction-1" in second
        assert Client().get("/corrections/?page=3").status_code == 404

    def test_where_there_is_none_it_says_so(self, post: Post) -> None:
        make_notice(make_withdrawn())
        assert "Nothing has been corrected yet." in read("/corrections/")

    def test_every_page_leads_there(self, post: Post) -> None:
        assert '<a href="/corrections/">Corrections</a>' in read(URL)


@pytest.mark.parametrize("path", ["/", "/2024/11/", "/stories/missiles/"])
def test_lists_say_that_a_post_was_corrected(path: str) -> None:
    make_publication()
    story = make_story("Missiles")
    make_notice(make_post(story=story))
    make_notice(make_post(story=story), Change.UPDATE)
    assert read(path).count('Corrected <time datetime="2024-11-19') == 1


class TestTheFeed:
    def entry(self) -> feedparser.FeedParserDict:
        (entry,) = feedparser.parse(Client().get("/feed.atom").content).entries
        return entry

    def test_a_notice_moves_updated_and_is_told(self, post: Post) -> None:
        make_notice(post, was="Seoul.", text="Kyiv.")
        entry = self.entry()
        assert entry.updated == "2024-11-19T12:00:00+00:00"
        assert entry.published == "2024-11-18T12:00:00+00:00"
        content = entry.content[0].value
        assert "Correction, 19 November 2024, 14:00" in content
        assert content.index("Seoul.") < content.index("Kyiv.", content.index("Seoul."))

    @pytest.mark.parametrize("declared", [None, Declared(Change.COPY_EDIT)])
    def test_a_change_without_a_notice_does_not(
        self, declared: Declared | None, post: Post
    ) -> None:
        post.declared, post.body = declared, "Kyiv was the first."
        post.save()
        assert self.entry().updated == "2024-11-18T12:00:00+00:00"
