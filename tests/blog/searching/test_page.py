"""The page of results: every state has its address, and whatever is typed is answered."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import Post
from blog.searching import Kind, Narrowing, Search, asked, find
from tests.blog.searching.corpus import NOW, fill, titles
from tests.factories import make_outlet, make_post, make_scheduled, make_source, make_story

pytestmark = pytest.mark.django_db

ALL_OF_2024 = Search(narrowing=Narrowing(year="2024"))
HOSTILE = [
    "",
    " ",
    '"',
    '""',
    '"unclosed',
    "*",
    "-",
    "--",
    "-*",
    "-the",
    "the",
    "the and of",
    "(a OR b) AND NOT c",
    "NEAR(a b, 5)",
    "headline:x",
    "a & b | !c <-> d",
    "'; DROP TABLE blog_post; --",
    "%",
    "_",
    "\\",
    "\x00",
    "a\x00b",
    "\ud7ff\uffff",
    "<script>alert(1)</script>",
    "x" * 10_000,
    "x " * 5_000,
    '"' * 10_000,
    "-x" * 5_000,
    "𝕗𝕒𝕟𝕔𝕪",
    "ﷺ",
    "東京都",
    "京",
    "a\u0300\u0301",
    "٣",
]


def page(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_whatever_is_typed_is_answered() -> None:
    fill()
    for typed in HOSTILE:
        for name in ("q", "story", "year", "outlet", "refers", "source", "in", "sort"):
            response = Client().get("/search/", {name: typed, "q": typed})
            assert response.status_code == 200, (name, typed)
            assert b"<script>alert" not in response.content


@pytest.mark.parametrize("number", ["0", "2", "x", "-1", "\x00", "1e9"])
def test_a_page_that_is_not_there_is_not_found(number: str) -> None:
    fill()
    assert Client().get("/search/", {"q": "missiles", "page": number}).status_code == 404


def test_what_was_found_is_marked_in_headline_and_passage() -> None:
    fill()
    html = page("/search/?q=escalation")
    assert "price on it. A missile" in html
    assert "an <mark>escalation</mark> is" in html
    assert "<mark>missiles</mark>, short" in page("/search/?q=missile")
    assert "<mark>Long-range missiles</mark>," in page('/search/?q="long range missiles"')


def test_a_passage_leads_to_its_paragraph() -> None:
    posts = fill()
    post = posts["What a denial concedes"]
    paragraph = post.card.passages[2][0]
    assert f'href="{post.get_absolute_url()}#{paragraph}"' in page("/search/?q=price")


def test_what_was_written_is_escaped() -> None:
    make_post("On <b>tags</b>", body="`<script>` & co.")
    html = page("/search/?q=script")
    assert "&lt;<mark>script</mark>&gt; &amp; co." in html
    assert "On &lt;b&gt;<mark>tags</mark>" in page("/search/?q=tags")


def test_notes_are_searched_too() -> None:
    posts = fill()
    post = posts["On the police and its budget"]
    note = post.card.passages[-1][0]
    assert f"#{note}" in page("/search/?q=overtime")


def test_search_engines_keep_no_results() -> None:
    assert '<meta name="robots" content="noindex, follow">' in page("/search/?q=grid")


NARROWED: list[tuple[dict[str, str], set[str]]] = [
    ({"story": "missiles"}, {"Permission, again", "Long-range missiles, short permission"}),
    ({"topic": "energy"}, {"Permission, again"}),
    ({"author": "writer"}, {"Permission, again"}),
    ({"year": "2025"}, {"Permission, again"}),
    ({"source": "ledger2024"}, {"Permission, again"}),
    ({"outlet": "ledger"}, {"Permission, again"}),
    ({"refers": "long-range-missiles-short-permission"}, {"Permission, again"}),
    ({"refers": "LONG-range-missiles-short-permission"}, {"Permission, again"}),
    ({"topic": "energy", "year": "2024"}, set()),
    ({"story": "nothing"}, set()),
    ({"source": "nothing"}, set()),
    ({"year": "99999999999999"}, set()),
    ({"year": "next"}, set()),
]


def test_posts_are_narrowed_by_what_they_are_and_cite() -> None:
    fill()
    for chosen, wanted in NARROWED:
        narrowing = Narrowing(**chosen)
        assert set(titles("", narrowing=narrowing)) == wanted
        assert set(titles("permission", narrowing=narrowing, kind=Kind.POST)) == wanted


def test_sources_are_narrowed_by_outlet_and_year() -> None:
    fill()
    decision = "Decision on missiles is tied to troops"
    for narrowing in (Narrowing(outlet="ledger"), Narrowing(year="2024")):
        assert decision in titles("decision missiles", narrowing=narrowing)
    for narrowing in (Narrowing(outlet="other"), Narrowing(year="2023"), Narrowing(topic="energy")):
        assert titles("decision missiles", narrowing=narrowing) == []


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        (Kind.CLAIM, ["North Korean troops are in Kursk."]),
        (Kind.SOURCE, ["Decision on missiles is tied to troops"]),
        (Kind.POST, []),
    ],
)
def test_one_kind_is_looked_for_alone(kind: Kind, wanted: list[str]) -> None:
    fill()
    assert titles('"troops"', kind=kind) == wanted


def test_what_no_public_post_uses_is_not_found() -> None:
    fill()
    source = make_source("secret", title="Zebra", outlet=make_outlet("Zebra Times"))
    draft = make_post("Draft", body=f"[@{source.citekey}]", published=False)
    assert titles("zebra") == []
    draft.published_at = NOW - timedelta(days=1)
    draft.save()
    assert titles("zebra") == ["Zebra"]


def test_by_date_the_newest_comes_first() -> None:
    fill()
    by_date = titles("permission", is_by_date=True, kind=Kind.POST)
    assert by_date == ["Permission, again", "Long-range missiles, short permission"]
    assert titles("minister", is_by_date=True)[0] == "Raketen und Versprechen"


def test_words_together_come_before_words_apart() -> None:
    make_post("One", body="The cable was cut. " * 3 + "The sea is deep.")
    make_post("Two", body="The sea cable was cut.")
    make_post("Three", body="A cable.\n\nA sea. A sea. A sea. A cable. Cable! Sea!")
    assert titles("sea cable")[0] == "Two"


def test_a_scheduled_post_is_found_when_its_time_comes() -> None:
    post = make_scheduled("Zebra crossing")
    assert "Zebra" not in page("/search/?q=zebra")
    with time_machine.travel(timezone.now() + timedelta(days=500)):
        assert post.get_absolute_url() in page("/search/?q=zebra")


def test_a_withdrawn_or_changed_post_is_found_no_longer() -> None:
    post = make_post("Zebra crossing")
    post.headline = "Pelican crossing"
    post.save()
    assert titles("zebra") == []
    post.withdrawn_at = timezone.now()
    post.save()
    assert titles("pelican") == []


def test_pages_and_their_ways_keep_what_was_asked() -> None:
    story = make_story("Birds")
    for number in range(45):
        make_post(f"Pelican {number}", story=story)
    first = page("/search/?q=pelican&in=posts&story=birds")
    assert "1 to 20 of 45" in first
    assert 'href="?q=pelican&amp;in=posts&amp;story=birds&amp;page=2" rel="next"' in first
    last = page("/search/?q=pelican&in=posts&story=birds&page=3")
    assert "41 to 45 of 45" in last
    assert 'rel="prev"' in last
    assert 'rel="next"' not in last
    assert 'href="?q=pelican&amp;in=posts"' in first


def test_all_hits_are_counted_and_few_of_them_held() -> None:
    fill()
    for number in range(9):
        make_post(f"Pelican {number}", story=make_story(f"Birds {number % 2}"))
    for wish in (Search(asked("pelican")), Search(asked("pelican"), is_by_date=True), ALL_OF_2024):
        every, few = find(wish, NOW, most=100), find(wish, NOW, most=3)
        assert few.tally == every.tally
        assert few.tally.total == len(every.hits) >= 9
        assert few.hits == every.hits[:3]


def test_where_it_is_found_is_counted() -> None:
    fill()
    html = page("/search/?q=permission")
    assert (
        '<a class="bare" href="?q=permission&amp;story=missiles">Missiles</a></dt><dd>2</dd>'
        in (html)
    )
    assert '<a class="bare" href="?q=permission&amp;year=2025">2025</a></dt><dd>1</dd>' in html


def test_nothing_found_leads_on() -> None:
    fill()
    html = page("/search/?q=xylophone&year=2024")
    assert "Nothing here has “xylophone”" in html
    for way in ("/stories/", "/topics/", "/archive/", "?q=xylophone"):
        assert f'href="{way}"' in html


def test_a_mistyped_word_is_offered_rightly() -> None:
    fill()
    html = page("/search/?q=missles&in=posts")
    assert "Nothing here has “missles”" in html
    assert 'Did you mean <a href="?q=missiles&amp;in=posts">missiles</a>?' in html


def test_a_browser_is_told_how_to_search() -> None:
    html = page("/")
    assert '<link rel="search" type="application/opensearchdescription+xml"' in html
    fill()
    described = Client().get("/opensearch.xml")
    assert described["Content-Type"].startswith("application/opensearchdescription+xml")
    assert b'template="https://margin.example.org/search/?q={searchTerms}"' in described.content


def test_a_lost_reader_can_search() -> None:
    lost = Client().get("/nothing/here/").content.decode()
    assert '<form class="ask" role="search" action="/search/">' in lost


# --- What it costs --------------------------------------------------------------------

ASKED = {"grid": 15, '"winter grid" -police': 17, "": 6, "xylophone": 19}


def queries(typed: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        page(f"/search/?q={typed}")
    return len(asked)


def test_a_search_asks_the_same_however_many_posts_there_are() -> None:
    fill()
    assert {typed: queries(typed) for typed in ASKED} == ASKED
    for number in range(60):
        make_post(f"Winter grid {number}", body=f"The [[the-winter-grid|grid]] {number}.")
    assert {typed: queries(typed) for typed in ASKED} == ASKED


# --- In step with what it is made from ------------------------------------------------


@pytest.mark.parametrize("field", ["title", "note"])
def test_what_a_source_says_now_is_found(field: str) -> None:
    source = make_source("one", title="Old", note="Old")
    make_post("Citing", body="[@one]")
    setattr(source, field, "Zebra")
    source.save(update_fields=[field])
    assert titles("zebra", kind=Kind.SOURCE) == [str(source)]


def test_a_renamed_outlet_leads_to_its_sources() -> None:
    outlet = make_outlet("Old Times")
    make_source("one", title="News", outlet=outlet)
    make_post("Citing", body="[@one]")
    outlet.name = "Zebra Times"
    outlet.save()
    assert titles("zebra news") == ["News"]


def test_a_page_that_is_only_linked_is_found_by_its_words() -> None:
    make_post("Linking", body="So it was [said by zebras](https://zebra.example.org/said).")
    assert "said by zebras" in titles("zebras", kind=Kind.SOURCE)


def test_records_that_are_found_wrongly_are_reported_and_mended() -> None:
    source = make_source("one", title="Zebra")
    make_post("Citing", body="[@one]")
    type(source).objects.update(found_by="")
    assert titles("zebra") == []
    with pytest.raises(Exception, match="1 row differs"):
        call_command("check_references", verbosity=0)
    call_command("rebuild_references", verbosity=0)
    call_command("check_references", verbosity=0)
    assert titles("zebra") == ["Zebra"]


def test_a_site_from_before_the_search_is_found_once_posts_are_saved() -> None:
    post = make_post("Zebra", body="Stripes of missiles, missile")
    type(post.card).objects.update(lines="")
    post.save()
    assert titles("stripes") == ["Zebra"]
    assert Post.objects.count() == 1
