"""What a first visit to a post costs: few requests, and few bytes."""

import gzip

import pytest
from playwright.sync_api import Page, Response

from blog.models import Post
from tests.factories import (
    make_assumption,
    make_author,
    make_claim,
    make_post,
    make_source,
    make_story,
)

pytestmark = pytest.mark.django_db(transaction=True)

MOST_BYTES = 150_000
MOST_REQUESTS = 8
# A browser makes a face ready anew for each size and weight, before it lays out the first line.
MOST_TYPES = 15
TYPES = """() => [...document.querySelectorAll('body *')].filter(element => (
  element.getClientRects().length
  && [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim())
)).map(element => {
  const { fontFamily, fontSize, fontWeight, fontStyle } = getComputedStyle(element);
  return [fontFamily.split(',')[0], fontSize, fontWeight, fontStyle].join(' ');
})"""


@pytest.fixture
def post() -> Post:
    """With everything that a post may have: notes, references, an assumption, a story's picture."""
    story, author = make_story("Missiles"), make_author("Writer")
    for number in range(3):
        make_post(f"Earlier {number}", slug=f"earlier-{number}", story=story, authors=[author])
    make_source("ledger2024", title="A report", language="en")
    make_source("dnipro2024", title="Ранкове зведення", container_title="Вартовий", language="uk")
    claim = make_claim("Soldiers are there.", slug="soldiers")
    words = "It was said in *so many* words that nobody could doubt what was meant by it. " * 40
    post = make_post(
        "The whole of it",
        body=f"It began [[earlier-1|here]], was reported [@ledger2024] and [@dnipro2024]; "
        f"[[claim::soldiers|so they say]].\n\n{words}\n\n{words}",
        standfirst="All that a post can hold.",
        story=story,
        authors=[author],
    )
    make_assumption(post, claim)
    return post


def weight(response: Response) -> int:
    """As it is sent: text is compressed, fonts are already."""
    body = response.body()
    kind = response.headers.get("content-type", "")
    is_text = kind.startswith("text/") or "javascript" in kind or "svg" in kind or "json" in kind
    return len(gzip.compress(body, 6)) if is_text else len(body)


@pytest.mark.parametrize("width", [390, 1440])
def test_a_post_comes_in_few_requests_with_few_bytes(page: Page, post: Post, width: int) -> None:
    """With words in another script, upright and in italics, whose faces have files of their own."""
    page.set_viewport_size({"width": width, "height": 900})
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(post.get_absolute_url(), wait_until="networkidle")

    sent = {one.url.partition("/static/")[2] or one.url: weight(one) for one in responses}
    pictures = {name for name in sent if name.startswith("icons/") or name.endswith(".ico")}
    counted = {name: size for name, size in sent.items() if name not in pictures}

    assert "fonts/brygada-cyrillic-italic.woff2" in counted
    assert len(counted) <= MOST_REQUESTS, counted
    assert sum(counted.values()) <= MOST_BYTES, counted


def test_a_phone_sets_a_post_in_few_sizes_and_weights(page: Page, post: Post) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(post.get_absolute_url())

    types = set(page.evaluate(TYPES))
    assert {kind.split()[0] for kind in types} == {"Brygada", "Franklin"}
    assert len(types) <= MOST_TYPES, types
