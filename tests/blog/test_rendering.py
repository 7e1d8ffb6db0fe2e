"""What a reader sees of a post, and that it follows everything it depends on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.markup import Document, parse
from blog.models import Citation, CrossReference, Post
from blog.rendering import preview_post, render_post, render_text
from publication.models import Publication
from sources.models import Source
from tests.factories import (
    make_draft,
    make_outlet,
    make_post,
    make_publication,
    make_scheduled,
    make_source,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db


def test_a_reference_leads_to_the_post_by_its_present_address() -> None:
    target = make_post("The first", slug="first")
    post = make_post(body="We wrote [[first|here]], that is [[first]].")
    assert '<a class="x" href="/2024/11/18/first/">here</a>' in render_post(post).html
    target.slug, target.headline = "second", "The second"
    target.save()
    html = render_post(post).html
    assert '<a class="x" href="/2024/11/18/second/">here</a>' in html
    assert ">The second</a>" in html


def test_a_pasted_old_address_leads_to_the_present_one() -> None:
    target = make_post(slug="first")
    target.slug = "second"
    target.save()
    post = make_post(body="[here](/2024/11/18/first/#p-12345678)")
    assert 'href="/2024/11/18/second/#p-12345678"' in render_post(post).html


@pytest.mark.parametrize("make", [make_draft, make_scheduled, make_withdrawn])
def test_a_post_that_readers_may_not_see_shows_as_plain_words(
    make: Callable[..., Post],
) -> None:
    target = make("The secret headline", slug="secret-slug")
    pasted = f"[there]({target.path})" if target.path else "there"
    post = make_post(body=f"As [[secret-slug|I shall argue]], and {pasted}.")
    html = render_post(post).html
    assert "As I shall argue, and there." in html
    assert "secret" not in html
    assert "href" not in html


def test_words_come_alive_when_their_post_is_published() -> None:
    target = make_scheduled(slug="soon")
    post = make_post(body="See [[soon|this]].")
    assert target.published_at is not None
    assert "href" not in render_post(post).html
    later = render_post(post, at=target.published_at + timedelta(seconds=1))
    assert f'href="{target.get_absolute_url()}"' in later.html


def test_a_renamed_outlet_is_right_in_every_note_at_once() -> None:
    outlet = make_outlet("Capital Ledger")
    make_source("k", outlet=outlet, csl_type="article-newspaper")
    post = make_post(body="So [@k].")
    assert "Capital Ledger" in render_post(post).notes[0].html
    outlet.name = "Ledger of the Capital"
    outlet.save()
    assert "Ledger of the Capital" in render_post(post).notes[0].html


def test_a_locator_stands_between_the_citation_and_where_it_comes_from() -> None:
    make_source("k", title="Atlas", url="https://example.org/a", csl_type="book")
    [note] = render_post(make_post(body="So [see @k, p. 3].")).notes
    assert note.html.index("p. 3") < note.html.index("prov")


def test_sources_are_listed_once_with_the_numbers_of_their_notes() -> None:
    make_source("b", title="Beta", csl_type="book")
    make_source("a", title="Alpha", csl_type="book")
    body = (
        "One [@b]. Two [@a; @b]. Three[^1]. [Elsewhere](https://example.org/x).\n\n[^1]: See [@a]."
    )
    rendered = render_post(make_post(body=body))
    assert [(one.source.citekey, one.notes) for one in rendered.sources if one.notes] == [
        ("a", (2, 3)),
        ("b", (1, 2)),
    ]
    assert [one.notes for one in rendered.sources if one.source.url] == [()]


def test_a_page_marked_as_no_source_is_a_link_and_nothing_else() -> None:
    post = make_post(body="[Buy](https://shop.example.org/book)")
    Source.objects.update(is_not_a_source=True)
    rendered = render_post(post)
    assert 'class="out"' in rendered.html
    assert rendered.sources == ()


@pytest.mark.parametrize("marks", [5, 50])
def test_reading_looks_targets_up_in_two_queries(marks: int) -> None:
    for n in range(marks):
        make_post(slug=f"p{n}")
        make_source(f"k{n}", outlet=make_outlet())
    body = " ".join(f"[[p{n}|x]] [@k{n}] [y](https://example.org/{n})" for n in range(marks))
    post = make_post(body=body)
    with CaptureQueriesContext(connection) as captured:
        render_post(post, publication=Publication())
    assert len(captured) == 2


def test_the_preview_shows_what_the_page_will_show_and_writes_nothing() -> None:
    make_publication()
    make_post(slug="first")
    make_source("k", title="Atlas")
    text = "We wrote [[first|here]] [@k, p. 2], [there](/2024/11/18/first/), [x](https://example.org/x)."
    with CaptureQueriesContext(connection) as captured:
        preview = preview_post(Post(headline="New", body=text))
    assert not [q for q in captured if not q["sql"].startswith("SELECT")]
    assert Post.objects.count() == 1
    assert Source.objects.count() == 1
    page = render_post(make_post(body=text))
    assert preview.html == page.html
    assert preview.notes == page.notes
    assert [one.html for one in preview.sources] == [one.html for one in page.sources]


def test_the_preview_points_at_what_leads_nowhere() -> None:
    html = preview_post(Post(body="See [[nowhere|this]] and [@nobody].")).html
    assert html.count('class="unresolved"') == 2
    assert "unresolved" not in render_post(make_post(body="See [[nowhere|this]].")).html


def test_a_text_of_the_site_itself_knows_the_same_marks() -> None:
    make_post("The first", slug="first")
    assert 'class="x"' in render_text("Read [[first]] <script>alert(1)</script>")
    assert "<script" not in render_text("<script>alert(1)</script>")
    assert CrossReference.objects.count() == Citation.objects.count() == 0


def test_a_former_id_of_a_paragraph_still_leads_there() -> None:
    post = make_post(body="It was denied.")
    former = render_post(post).html.split('id="')[1].split('"')[0]
    post.body = "It was denied at once."
    post.save()
    assert f'id="{former}"' in render_post(post).html


def test_one_rendering_serves_until_something_it_shows_has_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parsed: list[str] = []

    def counting_parse(text: str) -> Document:
        parsed.append(text)
        return parse(text)

    monkeypatch.setattr("blog.rendering.parse", counting_parse)
    target = make_post(slug="first")
    post = make_post(body="[[first]]")
    for _ in range(3):
        render_post(post)
    assert len(parsed) == 1
    target.headline = "Renamed"
    target.save()
    assert "Renamed" in render_post(post).html
    assert len(parsed) == 2


def test_a_picture_of_our_own_is_shown_from_here_and_others_are_linked() -> None:
    make_publication()
    body = "![Ours](https://margin.example.org/media/a.jpg) ![Theirs](https://example.org/b.jpg)"
    html = render_post(make_post(body=body)).html
    assert 'src="/media/a.jpg"' in html
    assert "<img" in html
    assert html.count("<img") == 1
    assert "Picture: Theirs" in html


def test_a_text_that_names_a_former_key_still_cites_its_source() -> None:
    source = make_source("old", title="Atlas")
    post = make_post(body="So [@old].")
    source.citekey = "new"
    source.save()
    for rendered in (render_post(post), preview_post(Post(body="So [@old]."))):
        assert "Atlas" in rendered.notes[0].html
        assert [one.notes for one in rendered.sources] == [(1,)]
    post.save()
    assert [row.source for row in post.citations.all()] == [source]
