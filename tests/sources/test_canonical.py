"""Which addresses are the same page."""

from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sources.canonical import (
    DROPPED_PARAMETERS,
    LONGEST_READ,
    MAX_LENGTH,
    Dropped,
    canonical_url,
    host_and_parents,
    host_of,
)

PAGE = "https://example.org/story"

SAME_PAGE = [
    # forms that single sites have
    ("https://www.bbc.co.uk/news/amp/world-1", "https://bbc.co.uk/news/world-1"),
    ("https://t.me/s/channel/12", "https://t.me/channel/12"),
    ("https://t.me/channel/12?single", "https://t.me/channel/12"),
    ("https://t.me/s/channel", "https://t.me/s/channel"),
    ("https://www.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fstory&h=A", PAGE),
    # scheme, host and port
    ("http://example.org/story", PAGE),
    ("HTTPS://EXAMPLE.ORG/story", PAGE),
    ("//example.org/story", PAGE),
    ("https://www.example.org/story", PAGE),
    ("https://example.org:443/story", PAGE),
    ("http://example.org:80/story", PAGE),
    ("https://example.org:8443/story", "https://example.org:8443/story"),
    ("https://example.org./story", PAGE),
    ("https://user:secret@example.org/story", PAGE),
    ("https://example.org@evil.example/story", "https://evil.example/story"),
    ("https:\\\\example.org\\story", PAGE),
    ("  https://example.org/story\n", PAGE),
    ("https://example.org/st\nory", PAGE),
    ("https://приклад.укр/a", "https://xn--80aikifvh.xn--j1amh/a"),
    ("https://xn--80aikifvh.xn--j1amh/a", "https://xn--80aikifvh.xn--j1amh/a"),
    ("https://[2001:DB8::1]:8000/a", "https://[2001:db8::1]:8000/a"),
    # path
    ("https://example.org", "https://example.org/"),
    ("https://example.org/story/", PAGE),
    ("https://example.org/story//", PAGE),
    ("https://example.org/a/./b/../../story", PAGE),
    ("https://example.org/../../story", PAGE),
    ("https://example.org/%73tory", PAGE),
    ("https://example.org/a%2fb", "https://example.org/a%2Fb"),
    ("https://example.org/Story", "https://example.org/Story"),
    ("https://example.org/ж", "https://example.org/%D0%B6"),
    ("https://example.org/%d0%b6", "https://example.org/%D0%B6"),
    ("https://example.org/a b", "https://example.org/a%20b"),
    ("https://example.org/100%", "https://example.org/100%25"),
    ("https://example.org//story", "https://example.org//story"),
    # query
    ("https://example.org/story?", PAGE),
    ("https://example.org/story?&&", PAGE),
    ("https://example.org/story?utm_source=x&utm_medium=y", PAGE),
    ("https://example.org/story?UTM_Source=x", PAGE),
    ("https://example.org/story?fbclid=1&id=7", f"{PAGE}?id=7"),
    ("https://example.org/story?id=7&gclid=1", f"{PAGE}?id=7"),
    ("https://example.org/story?id=7&amp;utm_source=x", f"{PAGE}?id=7"),
    ("https://example.org/story?b=2&a=1", f"{PAGE}?b=2&a=1"),
    ("https://example.org/story?utm%5Fsource=x", PAGE),
    ("https://example.org/story?mc_cid=1&mc_eid=2&igshid=3&CMP=4", PAGE),
    ("https://example.org/story?_hsenc=1&mkt_tok=2&msclkid=3", PAGE),
    ("https://example.org/story?ref=newsletter.example.com", PAGE),
    ("https://example.org/story?ref=main", f"{PAGE}?ref=main"),
    ("https://example.org/story?source=a", f"{PAGE}?source=a"),
    ("https://medium.com/story?source=a", "https://medium.com/story"),
    # AMP
    ("https://example.org/story/amp", PAGE),
    ("https://example.org/story/amp/", PAGE),
    ("https://example.org/story/amp/amp/", PAGE),
    ("https://example.org/story?amp", PAGE),
    ("https://example.org/story?amp=1", PAGE),
    ("https://example.org/story?outputType=amp", PAGE),
    ("https://example.org/story.amp", PAGE),
    ("https://example.org/story.amp.html", "https://example.org/story.html"),
    ("https://amp.example.org/story", PAGE),
    ("https://www.google.com/amp/s/www.example.org/story", PAGE),
    ("https://www.google.co.uk/amp/example.org/story/amp/", PAGE),
    ("https://example-org.cdn.ampproject.org/c/s/example.org/story", PAGE),
    ("https://cdn.ampproject.org/v/s/www.example.org/story?usqp=x&amp_js_v=1", PAGE),
    ("https://example.org/amp", "https://example.org/amp"),
    ("https://example.org/stamp", "https://example.org/stamp"),
    ("https://amp.dev/about", "https://amp.dev/about"),
    # mobile hosts and short forms
    ("https://m.example.org/story", PAGE),
    ("https://mobile.example.org/story", PAGE),
    ("https://www.m.example.org/story", PAGE),
    ("https://m.me/story", "https://m.me/story"),
    ("https://uk.m.wikipedia.org/wiki/A", "https://uk.wikipedia.org/wiki/A"),
    ("https://en.wikipedia.org/wiki/A?wprov=sfti1#History", "https://en.wikipedia.org/wiki/A"),
    ("https://mobile.twitter.com/a/status/1?s=20&t=x", "https://x.com/a/status/1"),
    ("https://youtu.be/abc-1?t=33", "https://youtube.com/watch?v=abc-1"),
    ("https://m.youtube.com/watch?v=abc-1&t=33s&feature=s", "https://youtube.com/watch?v=abc-1"),
    ("https://www.youtube.com/shorts/abc-1", "https://youtube.com/watch?v=abc-1"),
    ("https://dx.doi.org/10.1000/ABC", "https://doi.org/10.1000/abc"),
    # redirectors
    (f"https://www.google.com/url?sa=D&q={quote(PAGE, safe='')}&usg=x", PAGE),
    (f"https://l.facebook.com/l.php?u={quote(PAGE, safe='')}&h=x", PAGE),
    # fragments
    ("https://example.org/story#second-part", PAGE),
    ("https://example.org/story#:~:text=some%20words", PAGE),
    ("https://example.org/story#", PAGE),
    ("https://example.org/app#!/filings", "https://example.org/app#!/filings"),
    ("https://example.org/app/#/guide", "https://example.org/app#/guide"),
    ("https://example.org/app#/guide:~:text=a", "https://example.org/app#/guide"),
    ("https://example.org/app/#/", "https://example.org/app"),
    # keepers of pages
    (
        "http://web.archive.org/web/2024/https://www.example.org/story/?utm_source=a",
        "https://web.archive.org/web/2024/https://www.example.org/story/?utm_source=a",
    ),
    ("https://archive.ph/AbC#selection-1", "https://archive.ph/AbC"),
]

NO_PAGE = [
    "",
    "here",
    "/story",
    "example.org/story",
    "https:example.org",
    "https://",
    "https:///story",
    "https://localhost/story",
    "https://a..b/story",
    "https://exa mple.org/",
    "https://<script>.org/",
    "https://-/",
    "https://[::1/",
    "https://[evil]/",
    "https://" + "a" * 64 + ".org/",
    "mailto:someone@example.org",
    "javascript:alert(1)",
    "javascript://example.org/%0aalert(1)",
    "data:text/html,x",
    "ftp://example.org/story",
    "https://example.org/" + "a" * LONGEST_READ,
    "https://example.org/" + "a" * MAX_LENGTH,
    "https://google.com/amp/s/" * 60 + "example.org",
    "\ud800",
]

pieces = st.sampled_from(
    [
        *(
            "https://",
            "http://",
            "//",
            "www.",
            "m.",
            "amp.",
            "example.org",
            "google.com",
            "youtu.be",
        ),
        *("/amp", "/amp/", "/amp/s/", "/url?q=", "?", "&", "amp=1", "utm_source=", "ref=", ".amp"),
        *("#", "#!/", ":~:", "%", "%2", "%25", "%41", "..", "/../", "/./", "\\", ":", "@", ":80"),
        *(
            ".html",
            "cdn.ampproject.org/c/s/",
            "web.archive.org/web/1/",
            "twitter.com",
            "ж",
            "İ",
            "ß",
        ),
        *("[", "]", "\t", " ", "\x00", "\ud800", "。", "&amp;", "amp;", "q=https%3A//", "doi.org"),
    ]
)
addresses = st.builds("".join, st.lists(pieces, max_size=14)).map("https://a.org/".__add__) | (
    st.builds("".join, st.lists(pieces | st.text(max_size=4), max_size=14))
)


@pytest.mark.parametrize(("given_url", "canonical"), SAME_PAGE)
def test_addresses_of_one_page_have_one_key(given_url: str, canonical: str) -> None:
    assert canonical_url(given_url) == canonical


@pytest.mark.parametrize("text", NO_PAGE)
def test_what_is_no_address_on_the_web_has_no_key(text: str) -> None:
    assert canonical_url(text) == ""
    assert host_of(text) == ""


@given(addresses)
@example("https://a.org/%%341")
@example("https://www.google.com/url?q=https%3A%2F%2Fgoogle.com%2Famp%2Fs%2Fm.a.org/amp")
def test_a_key_is_its_own_key(url: str) -> None:
    key = canonical_url(url)
    assert canonical_url(key) == key


@given(addresses)
def test_a_key_is_short_ascii_and_https(url: str) -> None:
    key = canonical_url(url)
    assert key == "" or (key.startswith("https://") and key.isascii() and len(key) <= MAX_LENGTH)


@pytest.mark.parametrize("row", DROPPED_PARAMETERS, ids=lambda row: row.by)
def test_every_row_of_the_table_drops_its_parameters(row: Dropped) -> None:
    by, names, value, hosts = row
    host = hosts.split()[0] if hosts else "example.org"
    said = {"": "1", "amp": "amp"}.get(value, "1" if "true" in value else "example.com")
    for name in names.replace("*", "x").split():
        assert canonical_url(f"https://{host}/a?v=2&{name}={said}") == f"https://{host}/a?v=2", by


def test_the_host_is_without_port_and_without_www() -> None:
    assert host_of("http://www.Example.org:8000/a") == "example.org"
    assert host_of("https://[::1]:8000/a") == "[::1]"


def test_the_parents_of_a_host_end_at_two_labels() -> None:
    assert host_and_parents("a.b.example.org") == (
        "a.b.example.org",
        "b.example.org",
        "example.org",
    )
    assert host_and_parents("example.org") == ("example.org",)
