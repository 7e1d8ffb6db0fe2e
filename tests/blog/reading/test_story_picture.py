"""The picture on a story's page: what it draws, what it says, and what it leaves to the table."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog.drawing.arcs import Stroke
from blog.lanes import lanes_of
from blog.models import Post, Story, public_claims
from blog.pictured import MOST_POSTS, Picture, kinds_between, picture
from tests.factories import (
    PUBLISHED_AT,
    make_assumption,
    make_claim,
    make_draft,
    make_post,
    make_posts_in_bulk,
    make_publication,
    make_report,
    make_story,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    make_publication()
    return make_story("Missiles")


def post_of(story: Story, number: int, body: str = "", **fields: object) -> Post:
    at = PUBLISHED_AT + timedelta(days=number)
    return make_post(f"Part {number}", slug=f"p{number}", story=story, body=body, published=at)


def pictured(story: Story) -> Picture:
    at = timezone.now()
    posts = list(Post.objects.published(at).filter(story=story).chronological())
    claims = public_claims(at, story=story).with_standing(at)
    return picture(
        posts,
        kinds_between(posts, at),
        lanes=lanes_of(posts, claims, at),
        listed_at=lambda number: f"#post-{number}",
    )


def page_of(story: Story) -> str:
    return Client().get(story.get_absolute_url()).content.decode()


def test_a_post_is_a_link_that_tells_what_it_refers_to_and_what_refers_to_it(
    story: Story,
) -> None:
    post_of(story, 1)
    post_of(story, 2, "See [[p1|here]].")
    post_of(story, 3, "No: [[corrects::p2|so]], and [[p1|there]].")
    wide, narrow = pictured(story).views

    assert [one.name for one in wide.pointed] == [
        "1. Part 1, 19 November 2024. Referred to by 2 and 3",
        "2. Part 2, 20 November 2024. Refers to 1. Referred to by 3",
        "3. Part 3, 21 November 2024. Refers to 1 and 2 (corrects it)",
    ]
    assert wide.pointed[0].url == "/2024/11/19/p1/"
    assert [one.name for one in narrow.pointed] == [one.name for one in wide.pointed]


@pytest.mark.parametrize(
    ("marks", "stroke"),
    [
        ("[[p1|x]]", Stroke.PLAIN),
        ("[[see-also::p1|x]]", Stroke.PLAIN),
        ("[[extends::p1|x]]", Stroke.FIRM),
        ("[[updates::p1|x]]", Stroke.FIRM),
        ("[[corrects::p1|x]]", Stroke.BROKEN),
        ("[[qualifies::p1|x]]", Stroke.BROKEN),
        ("[[disagrees::p1|x]]", Stroke.BROKEN),
        ("[[p1|x]] [[updates::p1|y]] [[disagrees::p1|z]]", Stroke.BROKEN),
    ],
)
def test_the_stroke_tells_the_kind_and_the_gravest_of_several(
    story: Story, marks: str, stroke: Stroke
) -> None:
    post_of(story, 1)
    post_of(story, 2, marks)

    assert [arc.stroke for arc in pictured(story).views[0].drawing.arcs] == [stroke]


def test_it_says_in_a_sentence_what_is_drawn(story: Story) -> None:
    post_of(story, 1)
    post_of(story, 20, "See [[p1|here]] and [[p1|there]].")

    assert pictured(story).summary == (
        "Two posts, 19 November 2024 to 8 December 2024, joined by one reference"
    )


def test_a_reference_out_of_the_story_is_no_arc_of_it(story: Story) -> None:
    make_post(slug="elsewhere", published=PUBLISHED_AT - timedelta(days=9))
    post_of(story, 1)
    post_of(story, 2, "See [[elsewhere|there]].")

    assert pictured(story).views[0].drawing.arcs == []


def test_nothing_of_a_draft_is_drawn_or_counted(story: Story) -> None:
    post_of(story, 1)
    post_of(story, 2, "[[secret|A plan]].")
    make_draft("Secret", slug="secret", story=story, body="[[p1|x]] [[p2|y]]")
    html = page_of(story)

    assert "none of which refers to another" in html
    assert html.count('class="pt"') == 4, "two posts, for two widths"
    assert "ecret" not in html


def test_a_story_of_one_post_has_no_picture(story: Story) -> None:
    post_of(story, 1)

    assert "<figure" not in page_of(story)


def test_its_table_tells_the_same(story: Story) -> None:
    post_of(story, 1)
    post_of(story, 2, "No: [[corrects::p1|so]].")
    html = page_of(story)

    table = html[html.index("<details>") : html.index("</details>")]
    rows = [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in table.split("<tr>")[2:]]
    assert rows == ["1 19 Nov 2024 Part 1 None", "2 20 Nov 2024 Part 2 1 (corrects it)"]


def test_a_long_story_is_drawn_from_its_newest_posts_and_numbered_through(story: Story) -> None:
    make_posts_in_bulk(MOST_POSTS + 20, story=story)
    post_of(story, 1)
    html = page_of(story)

    assert f"The newest {MOST_POSTS} posts are drawn; 21 older ones are listed below." in html
    assert re.search(r'href="/stories/missiles/#post-22"', html)
    assert 'id="post-1"' in html
    second = Client().get("/stories/missiles/?page=2").content.decode()
    assert 'id="post-101"' in second
    assert "<figure" not in second
    assert len(html) < 400_000


def test_a_mark_of_several_posts_leads_to_the_row_of_the_first(story: Story) -> None:
    make_posts_in_bulk(MOST_POSTS, story=story)

    assert 'href="/stories/missiles/?page=2#post-' in page_of(story)


def test_a_claim_is_a_lane_with_the_changes_of_its_standing(story: Story) -> None:
    claim = make_claim("Soldiers are there, they say, and many of them.", slug="soldiers")
    make_report(claim, by="Kyiv", on="2024-11-19")
    make_report(claim, "corroborates", by="Seoul", on="2024-11-21")
    post_of(story, 1)
    make_assumption(post_of(story, 4), claim)
    make_report(make_claim("Nobody speaks of it."), on="2024-11-19")
    (lane,) = pictured(story).lanes

    assert lane.words == (
        "Reported 19 November 2024, corroborated 21 November 2024. One of these posts rests on it"
    )
    assert [shape.standing for shape in lane.wide.shapes] == ["reported", "corroborated"]
    assert len(lane.wide.strokes) == 1
    html = page_of(story)
    assert 'href="#s-corroborated"' in html
    assert 'href="/claims/soldiers/">Soldiers are there, they say, and …</a>' in html


def test_a_claim_that_nobody_reported_has_no_lane(story: Story) -> None:
    post_of(story, 1)
    make_assumption(post_of(story, 2), make_claim("Nobody says so."))

    assert pictured(story).lanes == []
