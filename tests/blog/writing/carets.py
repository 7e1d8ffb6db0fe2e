"""Texts with their caret drawn in: "one‸ two", or "«one» two" where words are selected."""

from typing import Any

from playwright.sync_api import Page

CARET, START, END = "‸", "«", "»"
State = dict[str, Any]


def state_of(drawn: str) -> State:
    """As the browser has it: places count UTF-16 units."""
    if CARET in drawn:
        before, _, after = drawn.partition(CARET)
        return {"text": before + after, "start": units(before), "end": units(before)}
    before, _, rest = drawn.partition(START)
    inner, _, after = rest.partition(END)
    text = before + inner + after
    return {"text": text, "start": units(before), "end": units(before + inner)}


def drawn(state: State) -> str:
    raw = state["text"].encode("utf-16-le")
    start, end = 2 * state["start"], 2 * state["end"]
    before, inner, after = (
        part.decode("utf-16-le") for part in (raw[:start], raw[start:end], raw[end:])
    )
    return f"{before}{START}{inner}{END}{after}" if inner else f"{before}{CARET}{after}"


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


STATE_NOW = """() => {
    const text = document.getElementById('id_body');
    return { text: text.value, start: text.selectionStart, end: text.selectionEnd };
}"""
SET_STATE = """([whole, start, end]) => {
    const text = document.getElementById('id_body');
    text.value = '';
    text.value = whole;
    text.focus();
    text.setSelectionRange(start, end);
    text.dispatchEvent(new Event('input', { bubbles: true }));
}"""


def write(page: Page, text: str) -> None:
    """Have the field hold a text, with its caret, and nothing to undo."""
    state = state_of(text)
    page.evaluate(SET_STATE, [state["text"], state["start"], state["end"]])


def read(page: Page) -> str:
    return drawn(page.evaluate(STATE_NOW))


PASTE = """({ plain, html }) => {
    const data = new DataTransfer();
    if (plain) data.setData('text/plain', plain);
    if (html) data.setData('text/html', html);
    const given = { clipboardData: data, bubbles: true, cancelable: true };
    return document.getElementById('id_body').dispatchEvent(new ClipboardEvent('paste', given));
}"""


def paste(page: Page, plain: str = "", html: str = "") -> bool:
    """Paste as a browser does; True where the browser is left to do it by itself."""
    return bool(page.evaluate(PASTE, {"plain": plain, "html": html}))
