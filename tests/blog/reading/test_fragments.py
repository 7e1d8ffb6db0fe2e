"""Parts of a rendered text that stand elsewhere: on the front page, in a feed."""

import pytest

from blog.fragments import absolute, opening

PAGE = "https://margin.example.org/2024/11/18/live/"


def test_the_opening_is_the_first_paragraph() -> None:
    html = "<h2>Head</h2><p>One <em>and</em> two &amp; three.</p><p>Four.</p>"

    assert opening(html) == "<p>One <em>and</em> two &amp; three.</p>"


def test_the_opening_leaves_figures_of_notes_and_ids_behind() -> None:
    html = (
        '<p id="p-1">Said<a class="ref" id="r1" href="#n1" role="doc-noteref">1</a> by '
        '<a class="x" href="/a/">us</a>.</p>'
    )

    assert opening(html) == '<p>Said by <a class="x" href="/a/">us</a>.</p>'


def test_the_opening_is_not_cut_inside_an_attribute() -> None:
    html = '<p>A <a href="/" title="</p><script>">b</a> c</p><p>d</p>'

    assert opening(html) == ('<p>A <a href="/" title="&lt;/p&gt;&lt;script&gt;">b</a> c</p>')


@pytest.mark.parametrize("html", ["", "<ul><li>One</li></ul>", "<h2>Only a heading</h2>"])
def test_a_text_without_a_paragraph_has_no_opening(html: str) -> None:
    assert opening(html) == ""


@pytest.mark.parametrize(
    ("given", "whole"),
    [
        ("/media/a.png", "https://margin.example.org/media/a.png"),
        ("#n1", PAGE + "#n1"),
        ("https://example.org/a?b=1&amp;c=2", "https://example.org/a?b=1&amp;c=2"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("https://[bad/", "https://[bad/"),
    ],
)
def test_addresses_become_whole(given: str, whole: str) -> None:
    assert absolute(f'<a href="{given}">x</a>', PAGE) == f'<a href="{whole}">x</a>'


def test_nothing_else_changes() -> None:
    html = "<p>a &lt;b&gt; &amp; “c” &#8217;<br>d</p><pre><code>x &amp;amp; y\n</code></pre>"

    assert absolute(html, PAGE) == html
