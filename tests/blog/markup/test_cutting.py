"""An author's text without what its page keeps to itself."""

import pytest

from blog.markup import LinkState, LinkTarget, ReferenceTarget, Targets, for_readers, parse

DEAD = LinkTarget(LinkState.DEAD)
TARGETS = Targets(
    references={"seen": ReferenceTarget("/2024/11/18/seen/", "Seen")},
    links={"/2031/07/09/hid/": DEAD, "https://own.example/2031/07/09/hid/": DEAD},
)


def cut(text: str) -> str:
    return for_readers(parse(text), TARGETS)


@pytest.mark.parametrize(
    "text",
    [
        "Plain *text* with a [link](https://example.org/a) and a figure.[^1]\n\n[^1]: Its note.",
        "A [[seen|mark]], [[updates::seen]] and [@key, p. 3].",
        "Code: `<!-- kept -->` and `[[hid|kept]]`.",
        "```\n<!-- kept -->\n```\n\n    <!-- kept, too -->",
        "An index as in R, a[[0]], and 3 < 4 > 2.",
        "<https://example.org/> and an unclosed `` ` ``",
    ],
)
def test_what_the_page_shows_stays_as_it_was_typed(text: str) -> None:
    assert cut(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Of [[hid|a plan]].", "Of a plan."),
        ("Of [[updates::HID#p-22222222|a plan]].", "Of a plan."),
        ("Of [[claim::no|a claim]].", "Of a claim."),
        ("> Of [[hid|a\n> plan]].", "> Of a\n> plan."),
        ("| a |\n|---|\n| [[hid\\|cell]] |", "| a |\n|---|\n| cell |"),
        ("A note.[^1]\n\n[^1]: Of [[hid|a plan]].", "A note.[^1]\n\n[^1]: Of a plan."),
    ],
)
def test_a_mark_that_leads_to_nothing_public_becomes_its_words(text: str, left: str) -> None:
    assert cut(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "See [it](/2031/07/09/hid/).",
        'See [it](</2031/07/09/hid/> "hid title").',
        "See [it](https://own.example/2031/07/09/hid/).",
        "See [it](/2031/07/09/%68id/).",
    ],
)
def test_a_link_to_what_is_not_public_becomes_its_words(text: str) -> None:
    document = parse(text)
    targets = Targets(links={link.url: DEAD for link in document.links})

    assert for_readers(document, targets) == "See it."


@pytest.mark.parametrize(
    "text",
    [
        "<https://own.example/2031/07/09/hid/>",
        "[it][1]\n\n[1]: /2031/07/09/hid/",
        '<a href="/2031/07/09/hid/">it</a>',
        '<div><a href="/2031/07/09/hid/">it</a></div>',
    ],
)
def test_nor_does_its_address_stay_in_any_other_kind_of_link(text: str) -> None:
    assert "hid" not in cut(text)


@pytest.mark.parametrize(
    "text",
    [
        "Before <!-- secret --> after.",
        "Before <!-- secret\nover lines --> after.",
        "<!-- secret -->",
        "<!-- secret",
        "<!--\nsecret\n\n```\nsecret\n```\n-->",
        "<div>` <!-- secret ` --></div>",
        "`a` <!-- `secret` -->",
        "> <!-- secret -->\n> quoted",
        "- <!-- secret -->\n  item",
        "<template>\nsecret\n</template>",
        "<script>\nsecret\n</script>",
        "<?php secret ?>",
        "<![CDATA[ secret ]]>",
        "[//]: # (secret)",
        "[comment]: <> (secret)",
        "Seen.\n\n[^9]: secret\n\n    secret, too",
        "Seen.[^9]\n\n[^9]: Seen.\n\n[^9]: secret",
        'Seen <span data-x="secret">here</span>.',
        '<p onclick="secret">Seen</p>',
    ],
)
def test_what_no_reader_sees_is_left_out(text: str) -> None:
    assert "secret" not in cut(text)


def test_whatever_begins_first_counts() -> None:
    assert cut("`a <!-- ` b --> c") == "`a <!-- ` b --> c"


def test_line_ends_of_other_systems_are_read_as_such() -> None:
    assert cut("Of [[hid|a]]\r\nand <!-- secret\r\n-->more.") == "Of a\nand more."
