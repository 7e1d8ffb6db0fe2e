"""A writer whose every key and tap is counted."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import FilePayload, Page, expect

# Where `make bench` asks for the counts; nowhere in a plain run of the tests.
STEPS_FILE = "PASSIM_STEPS_FILE"


@dataclass
class Writer:
    """Presses keys; words that are typed anyway (searched for, or the text itself) cost nothing."""

    page: Page
    steps: int = field(default=0)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.steps += 1

    def mark(self, signs: str) -> None:
        """Signs that are typed only to call for something: each is a key."""
        self.page.keyboard.type(signs)
        self.steps += len(signs)

    def words(self, words: str) -> None:
        self.page.keyboard.type(words)

    def choose(self, words: str) -> None:
        """Wait for the list to offer these words first, and take what it offers."""
        option = self.page.locator("#suggest [role=option]").first
        expect(option).to_contain_text(words)
        self.press("Enter")

    def reach(self, selector: str, *, most: int = 120) -> None:
        """By Tab alone, as somebody does who has no mouse. Fails where it cannot be reached."""
        for _ in range(most):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {selector}")

    def bring(self, selector: str, file: FilePayload) -> None:
        """Reach the field of a file, open its chooser by its key, and choose."""
        # Asked for only when the key is pressed, choosers are sometimes caught too late.
        self.page.on("filechooser", lambda _: None)
        self.reach(selector)
        with self.page.expect_file_chooser() as chooser:
            self.press("Space")
        chooser.value.set_files(file)


def record(task: str, steps: int) -> None:
    """For `make bench`, which prints them."""
    if name := os.environ.get(STEPS_FILE):
        path = Path(name)
        counts = json.loads(path.read_text()) if path.exists() else {}
        path.write_text(json.dumps(counts | {task: steps}))
