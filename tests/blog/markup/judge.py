"""Reads HTML as a browser would, to say what in it could run or reach out."""

from html.parser import HTMLParser

from blog.markup.addresses import scheme

RUNNING = """
    script style iframe object embed form input button svg math link meta base template frame
    frameset applet audio video source noscript textarea select
"""
ELEMENTS = frozenset(RUNNING.split())
ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "cite", "poster"})
VOID = frozenset({"br", "hr", "img", "wbr", "col"})


class Judge(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"unclosed {tag}" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ELEMENTS:
            self.faults.append(f"element {tag}")
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            self._attribute(name, value or "")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"badly nested {tag}")

    def handle_comment(self, data: str) -> None:
        self.faults.append("comment")

    def _attribute(self, name: str, value: str) -> None:
        if name.startswith("on") or name in ("style", "srcset", "srcdoc", "name"):
            self.faults.append(f"attribute {name}")
        if name in ADDRESSES and scheme(value) not in ("", "http", "https", "mailto"):
            self.faults.append(f"address {value}")
        if name == "id":
            self.ids.append(value)


def faults(html: str) -> list[str]:
    return Judge(html).faults
