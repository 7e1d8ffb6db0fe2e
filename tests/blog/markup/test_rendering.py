"""What render() takes and gives back, beside the HTML that language.md specifies."""

from blog.markup import (
    CitationTarget,
    LinkState,
    LinkTarget,
    ReferenceTarget,
    Rendered,
    Targets,
    parse,
    render,
    sanitise,
)
from blog.markup.marks import Document

KNOWN = Targets(
    references={"a": ReferenceTarget("/a/", "A", attrs={"data-peek": "peek-a", "onclick": "x()"})},
    citations={"k": CitationTarget("Known"), "l": CitationTarget("Later.", "Later, alone")},
    links={
        "/plain/": LinkTarget(LinkState.PLAIN, "/now/"),
        "https://example.org/": LinkTarget(LinkState.DEAD),
    },
)


def _rendered(text: str) -> Rendered:
    return render(parse(text), KNOWN)


def test_a_note_says_which_figures_lead_to_it_and_what_it_cites() -> None:
    one, two = _rendered("a[^1] b[^1] c[@k; @l]\n\n[^1]: See [@l] and [@l].").notes
    assert (one.number, one.id, one.ref_ids, one.keys) == (1, "n1", ("r1", "r1-2"), ("l",))
    assert (two.number, two.id, two.ref_ids, two.keys) == (2, "n2", ("r2",), ("k", "l"))


def test_only_a_footnote_of_several_blocks_needs_blocks() -> None:
    one, two = _rendered("a[^1] b[^2]\n\n[^1]: One.\n[^2]: One.\n\n    Two.").notes
    assert not one.is_block
    assert two.is_block


def test_what_a_preview_needs_stands_on_the_link_and_handlers_do_not() -> None:
    html = _rendered("[[a]]").html
    assert '<a class="x" href="/a/" data-peek="peek-a">A</a>' in html


def test_a_suppressed_author_falls_back_on_the_whole_note() -> None:
    assert _rendered("[-@k]").notes[0].html == "Known."
    assert _rendered("[-@l]").notes[0].html == "Later, alone."


def test_the_caller_decides_how_a_link_shows() -> None:
    assert "<p" in _rendered("[here](/plain/)").html
    assert '<a href="/now/">here</a>' in _rendered("[here](/plain/)").html
    assert "<a" not in _rendered("[gone](https://example.org/)").html


def test_aliases_stand_in_headings_items_tables_figures_and_notes() -> None:
    text = "# H\n\n- i\n\n| t |\n|---|\n| x |\n\n![p](/media/p.png 'c')\n\nn[^1]\n\n[^1]: The note."
    document = parse(text)
    aliases = {f"p-old{at}": each.id for at, each in enumerate(document.paragraphs)}
    rendered = render(document, Targets(), aliases=aliases)
    html = rendered.html + rendered.notes[0].html
    assert len(aliases) == 6
    for old, present in aliases.items():
        assert html.count(f'<span id="{old}" class="alias"></span>') == 1
        assert html.count(f'id="{present}"') == 1


def test_an_alias_that_is_no_id_of_ours_is_dropped() -> None:
    document = parse("One.")
    html = render(document, Targets(), aliases={'x" onclick="y': document.paragraphs[0].id}).html
    assert "onclick" not in html
    assert '<span class="alias">' in html


def test_rendering_twice_gives_the_same() -> None:
    document = parse("# H\n\n[[a]] x[^1] ![p](/media/p.png)\n\n[^1]: [@k]")
    assert render(document, KNOWN) == render(document, KNOWN)


def test_a_later_paragraph_of_a_tight_item_is_a_paragraph() -> None:
    html = _rendered("- a\n  ***\n  b").html
    assert html.count("<p id=") == 1


def test_a_numbered_list_keeps_its_start() -> None:
    assert '<ol start="3">' in _rendered("3. a\n4. b").html
    assert "<ol>" in _rendered("1. a").html


def test_a_lead_in_needs_a_paragraph() -> None:
    def lead(text: str) -> str:
        return render(parse(text), Targets(), lead_in=True).html

    assert "lead-in" not in lead("")
    assert "lead-in" not in lead("# One two three four")
    assert "lead-in" not in lead("- one two three four")
    assert '<span class="lead-in">One two three four</span>*' not in lead("One two three *four*")
    assert '<span class="lead-in">One two three</span>' in lead("One two three *four*")


def test_sanitising_again_changes_nothing() -> None:
    html = _rendered("# H\n\n[[a]] [@k]\n\n| a |\n|--:|\n| b |\n\n```py\nx\n```").html
    assert sanitise(html) == html


def test_a_document_knows_its_parts() -> None:
    document: Document = parse("[[a]] [@k] [l](/l/)\n\ntwo wörds[^1]\n\n[^1]: the note’s own")
    assert [mark.slug for mark in document.references] == ["a"]
    assert [mark.items[0].key for mark in document.citations] == ["k"]
    assert [mark.url for mark in document.links] == ["/l/"]
    assert document.footnotes == 1
    assert document.words == 7
    assert document.plain_text == "a l\n\ntwo wörds\n\nthe note’s own"


def test_without_marks_nothing_is_found_but_links() -> None:
    document = parse("[[a]] [@k] [l](/l/) x[^1]", with_marks=False)
    assert [type(mark).__name__ for mark in document.marks] == ["Link"]
    assert document.flags == ()


def test_code_counts_as_text_of_the_post() -> None:
    assert parse("`a`\n\n```\nb c\n```\n\n    d").plain_text == "a\n\nb c\n\nd"


def test_an_empty_text_is_an_empty_document() -> None:
    document = parse("")
    assert (document.marks, document.paragraphs, document.words) == ((), (), 0)
    assert _rendered("").html == ""
