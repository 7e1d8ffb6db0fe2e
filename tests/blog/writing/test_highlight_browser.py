"""The layer beneath the text: it shows the marks, stands where the text stands, costs little."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.blog.writing.carets import write
from tests.factories import make_draft

pytestmark = pytest.mark.django_db(transaction=True)

MARKED = """One [[slug|here]] and [[updates::other#p-1|there]], said[@key] and [see @a, p. 3; @b].
A note[^1] over
two [[a|lines
of it]] and a [link](https://a.example/), `[[code]]`, a [bracket], me@example.org.

```
[[fenced]]
```

As [[claim::permission|they agreed [sic]]] then.

[[lost]] 👩‍🚀 [[слово]]

[^1]: Note.
"""
MARKS = ["[[slug|here]]", "[[updates::other#p-1|there]]", "[@key]", "[see @a, p. 3; @b]", "[^1]",
         "[[a|lines\nof it]]", "[[claim::permission|they agreed [sic]]]", "[[lost]]",
         "[[слово]]", "[^1]"]  # fmt: skip
LAYER = """() => ({
    text: document.querySelector('.mirror').textContent.replace(/\\u200b$/, ''),
    marks: [...document.querySelectorAll('.mirror b')].map((mark) => mark.textContent),
})"""


def settle(page: Page) -> None:
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)))")


def test_it_holds_the_same_words_and_marks_the_marks(screen: Page) -> None:
    write(screen, MARKED + "‸")
    settle(screen)
    assert screen.evaluate(LAYER) == {"text": MARKED, "marks": MARKS}


def test_it_follows_every_change(screen: Page) -> None:
    write(screen, "One.\n\n‸\n\n[[two]]\n\nThree [[three]].")
    screen.keyboard.type("```\n[[x]]\n")
    settle(screen)
    assert screen.evaluate(LAYER)["marks"] == []
    screen.keyboard.type("```\n\n[[y]]")
    settle(screen)
    assert screen.evaluate(LAYER)["marks"] == ["[[y]]", "[[two]]", "[[three]]"]
    screen.keyboard.press("Control+a")
    screen.keyboard.press("Delete")
    settle(screen)
    assert screen.evaluate(LAYER) == {"text": "", "marks": []}


def test_a_mark_looks_lost_only_where_the_server_says_so(desk: Page, ada: User) -> None:
    post = make_draft("Mine", body="See [[nowhere|x]] and [[mine|y]].", slug="mine", created_by=ada)
    desk.goto(f"/admin/blog/post/{post.pk}/change/")
    expect(desk.locator(".mirror b.no")).to_have_text(["[[nowhere|x]]"])
    desk.locator("#id_body").press("Control+End")
    desk.keyboard.type(" [[not-asked-yet")
    desk.keyboard.press("Escape")
    desk.keyboard.type("]]")
    settle(desk)
    assert "[[not-asked-yet]]" in desk.evaluate(LAYER)["marks"]
    expect(desk.locator(".mirror b.no")).to_have_text(["[[nowhere|x]]", "[[not-asked-yet]]"])


SAME = """() => {
    const text = document.getElementById('id_body');
    const layer = document.querySelector('.mirror');
    text.scrollTop = 777;
    text.dispatchEvent(new Event('scroll'));
    const [a, b] = [text.getBoundingClientRect(), layer.getBoundingClientRect()];
    return { heights: [text.scrollHeight, layer.scrollHeight],
        scrolled: [text.scrollTop, layer.scrollTop],
        boxes: [a.top - b.top, a.left - b.left, a.width - b.width, a.height - b.height] };
}"""


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_it_lies_exactly_beneath_the_text(width: int, screen: Page) -> None:
    screen.set_viewport_size({"width": width, "height": 800})
    words = "Довге слово, averyverylongwordindeed" * 3 + " 👩‍🚀 x [[slug|here]]  two  spaces. "
    write(screen, f"{words * 4}\n\n\n\tTab {words}\n" * 12 + "‸")
    settle(screen)
    same = screen.evaluate(SAME)
    assert same["heights"][0] == pytest.approx(same["heights"][1], abs=1)
    assert same["scrolled"][0] == same["scrolled"][1]
    assert same["boxes"] == [0, 0, 0, 0]


TYPING = """async () => {
    const text = document.getElementById('id_body');
    const middle = text.value.indexOf('\\n\\n', text.value.length / 2);
    text.focus();
    text.setSelectionRange(middle, middle);
    const took = [];
    for (let key = 0; key < 40; key += 1) {
        const began = performance.now();
        document.execCommand('insertText', false, 'x');
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
        took.push(performance.now() - began);
    }
    return took.sort((a, b) => a - b);
}"""
# Milliseconds from a key to its being seen; generous, for slow machines that do much else.
USUAL, WORST = 120, 800


def test_ten_thousand_words_stay_fluid(screen: Page) -> None:
    paragraph = (
        "A decision that nobody owns can be half withdrawn [[slug|here]], they say[@key]. " * 7
    )
    write(screen, "\n\n".join([paragraph] * 120) + "‸")
    assert screen.locator("#id_body").evaluate("text => text.value.split(/\\s+/).length") > 10_000
    settle(screen)
    took = screen.evaluate(TYPING)
    assert took[len(took) // 2] < USUAL, took
    assert took[-1] < WORST, took


def test_only_what_changes_is_made_anew(screen: Page) -> None:
    write(screen, "\n\n".join(f"Paragraph {n} [[x]]." for n in range(200)) + "‸")
    settle(screen)
    screen.evaluate(
        """() => {
            window.made = 0;
            const layer = document.querySelector('.mirror > div');
            new MutationObserver((changes) => {
                for (const change of changes) window.made += change.addedNodes.length;
            }).observe(layer, { childList: true });
        }"""
    )
    screen.keyboard.type("abc")
    settle(screen)
    assert 1 <= screen.evaluate("window.made") <= 3


def test_no_script_of_the_writing_room_comes_from_elsewhere() -> None:
    """Modules of our own, each by its relative name: no library, nothing to build."""
    folder = Path(__file__).parents[3] / "static" / "admin" / "writing"
    for script in folder.glob("*.js"):
        for line in script.read_text(encoding="utf-8").splitlines():
            if line.startswith("import"):
                assert "from './" in line, f"{script.name}: {line}"
