"""Rich text as word processors and web pages put it on the clipboard, and the Markdown of it."""
# ruff: noqa: E501 - what is on a clipboard stands here as it comes

import pytest
from playwright.sync_api import Page

from blog.markup import parse

pytestmark = pytest.mark.django_db(transaction=True)

CONVERT = """async ([snippets, taken]) => {
    const { toMarkdown } = await import('/static/admin/writing/richtext.js');
    return snippets.map((html) => {
        const found = toMarkdown(html, new Set(taken));
        return found && found.markdown;
    });
}"""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm} --></style>
<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<h1>Who said it<o:p></o:p></h1>
<p class=MsoNormal>The decision was <b style='mso-bidi-font-weight:normal'>first reported </b>on Sunday by
<a href="https://news.example.org/report?a=1&amp;b=2"><span style='color:blue'>the Courier</span></a>, and
<i>not</i> denied.<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]>[1]<![endif]></span></span></a><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>First<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span><![endif]>Within<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>One</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>Two</p>
<!--EndFragment--><div style='mso-element:footnote-list'><hr align=left size=1 width="33%">
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1"
name="_ftn1" title=""><span class=MsoFootnoteReference>[1]</span></a> So an <i>adviser</i> says.<o:p></o:p></p></div></div>
</body></html>"""
WORD_MARKDOWN = """## Who said it

The decision was **first reported** on Sunday by [the Courier](https://news.example.org/report?a=1&b=2), \
and *not* denied.[^3]

- First
   - Within

1. One
2. Two

[^3]: So an *adviser* says."""

DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-7f1">
<h2 dir="ltr" style="line-height:1.38"><span style="font-size:16pt;font-weight:400;font-style:normal">What follows</span></h2>
<p dir="ltr"><span style="font-size:11pt;font-weight:400;font-style:normal;white-space:pre-wrap;">It was </span><span
style="font-weight:700;font-style:normal">never</span><span style="font-weight:400;font-style:italic"> signed</span><span
style="font-weight:400">, </span><a href="https://www.google.com/url?q=https://a.example/x%3Fy%3D1&amp;sa=D" style="text-decoration:none;"><span
style="text-decoration:underline;font-weight:400">they say</span></a><span style="font-weight:400"> — Київ 🇺🇦 e\u0301.</span></p><br />
<ul style="margin-top:0"><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400">One</span></p></li>
<ul><li dir="ltr" aria-level="2"><p dir="ltr"><span>Within</span></p></li></ul><li dir="ltr"><p><span>Two</span></p></li></ul></b><br class="Apple-interchange-newline">"""
DOCS_MARKDOWN = """## What follows

It was **never** *signed*, [they say](https://a.example/x?y=1) — Київ 🇺🇦 e\u0301.

- One
  - Within
- Two"""

LIBRE = """<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/>
<title></title><meta name="generator" content="LibreOffice 7.6 (Linux)"/><style type="text/css">p { margin: 0 }</style></head>
<body lang="uk-UA"><h3 class="western">Розділ</h3><p class="western"><font face="Liberation Serif"><b>Жирне</b>,
<i>курсив</i> і <a href="https://a.example/ж">посилання</a></font><sup><a class="sdfootnoteanc" name="sdfootnote1anc"
href="#sdfootnote1sym"><sup>1</sup></a></sup>.</p><ol start="3"><li><p>три</p></li><li><p>чотири</p></li></ol>
<blockquote>Цитата<br/>далі</blockquote>
<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>
Примітка.</p></div></body></html>"""
LIBRE_MARKDOWN = """### Розділ

**Жирне**, *курсив* і [посилання](https://a.example/ж)[^3].

3. три
4. чотири

> Цитата\\
> далі

[^3]: Примітка."""

WEB = """<html><body><!--StartFragment--><h1 class="t">Head</h1><h2>Under</h2><p style="color: rgb(0, 0, 0)">Some <em>words</em>
and <a href="https://a.example/a_(b)" onclick="steal()">a link <strong>here</strong></a><sup id="cite_ref-1"><a
href="https://en.wikipedia.org/wiki/X#cite_note-1">[1]</a></sup> and <code>a * b</code>.</p><script>evil()</script>
<img src="https://tracker.example/p.gif"><a href="javascript:evil()">do not</a>
<table><thead><tr><th>Day</th><th>Said</th></tr></thead><tbody><tr><td>1</td><td>a | b</td></tr></tbody></table>
<pre><code>x = [[0]]
y</code></pre><hr><p>https://b.example and 2 * 3, snake_case, *stars*, [[not]], 1. no</p><!--EndFragment--></body></html>"""
WEB_MARKDOWN = """## Head

### Under

Some *words* and [a link **here**](<https://a.example/a_(b)>)[\\[1\\]](https://en.wikipedia.org/wiki/X#cite_note-1) \
and `a * b`.

do not

| Day | Said |
| --- | --- |
| 1 | a \\| b |

```
x = [[0]]
y
```

* * *

https://b.example and 2 * 3, snake_case, \\*stars\\*, \\[[not]], 1. no"""

SMALL = [
    ("<p><b>Note:</b>text</p>", "**Note**:text"),
    ("<p>a<b> b </b>c</p>", "a **b** c"),
    ("<p><b>a</b><b>b</b> <i> </i>c</p>", "**ab** c"),
    ("<p><b><i>both</i></b> and <del>gone</del></p>", "***both*** and ~~gone~~"),
    ("<b>1. not a list</b><p># not a heading</p>", "**1. not a list**\n\n\\# not a heading"),
    ('<a href="https://a.example/x">https://a.example/x</a>', "<https://a.example/x>"),
    ('<a href="#part">within</a> <b>x</b>', "within **x**"),
    ('<a href="mailto:a@b.example">Write</a>', "[Write](mailto:a@b.example)"),
    ("<p>1986. A year</p><p><b>x</b></p>", "1986\\. A year\n\n**x**"),
    ("<p>in&nbsp;May, soft\u00adhyphen <b>👩‍🚀</b></p>", "in May, softhyphen **👩‍🚀**"),
    ("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "- a\n- b\n  1. c"),
]
# Where the plain text says as much, it is taken: code of an editor, words without anything.
PLAIN = [
    "<span style='color:red'>only</span> words",
    "<meta charset='utf-8'><div style='font-family:Menlo'><div><span>if</span> a[[0]]</div></div>",
    "<pre>a\n  b</pre>",
]


@pytest.fixture
def converter(page: Page) -> Page:
    page.goto("/static/admin/writing/textops.js")
    return page


def test_documents_keep_their_structure_their_links_and_their_notes(converter: Page) -> None:
    word, docs, libre, web = converter.evaluate(CONVERT, [[WORD, DOCS, LIBRE, WEB], ["1", "2"]])
    assert word == WORD_MARKDOWN
    assert docs == DOCS_MARKDOWN
    assert libre == LIBRE_MARKDOWN
    assert web == WEB_MARKDOWN


def test_the_language_reads_what_was_meant(converter: Page) -> None:
    word, web = converter.evaluate(CONVERT, [[WORD, WEB], []])
    assert [link.url for link in parse(word).links] == ["https://news.example.org/report?a=1&b=2"]
    assert parse(word).footnotes == 1
    assert [link.words for link in parse(web).links] == ["a link here", "[1]"]
    assert not parse(web).references


def test_small_things_come_out_clean(converter: Page) -> None:
    made = converter.evaluate(CONVERT, [[html for html, _ in SMALL], []])
    assert list(zip([html for html, _ in SMALL], made, strict=True)) == SMALL


def test_what_is_plain_stays_plain(converter: Page) -> None:
    assert converter.evaluate(CONVERT, [PLAIN, []]) == [None] * len(PLAIN)
