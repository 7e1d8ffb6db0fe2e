"""From a file's bytes to its text, whatever encoding the years have left it in."""

import codecs
import re

MAX_BYTES = 2 * 1024 * 1024
# Two bytes above 127 side by side: a word of Cyrillic. Western accents mostly stand alone.
RUN = re.compile(rb"[\x80-\xff]{2,}")
HIGH = re.compile(rb"[\x80-\xff]")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class FileRefused(Exception):  # noqa: N818 (a refusal, as of pictures)
    """A file that cannot become a post; the text says why. `line` is 0 when none is to blame."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def text_of(data: bytes) -> tuple[str, str]:
    """The text, and what there is to say about how it was read ("" for plain UTF-8).

    Line ends are left as they are. Raises FileRefused.
    """
    if len(data) > MAX_BYTES:
        raise FileRefused(f"larger than {MAX_BYTES // 1024 // 1024} MB: no post is")
    text, note = _decoded(data)
    if "\0" in text:
        raise FileRefused(
            "not a text: it holds a NUL byte", text[: text.index("\0")].count("\n") + 1
        )
    if not text.strip():
        raise FileRefused("empty")
    return text, note


def _decoded(data: bytes) -> tuple[str, str]:
    try:
        if data.startswith(UTF_16):
            return data.decode("utf-16"), "read as UTF-16"
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        name = _likely_encoding(data)
        return data.decode(name, errors="replace"), f"not UTF-8; read as {name}"


def _likely_encoding(data: bytes) -> str:
    in_runs = sum(map(len, RUN.findall(data)))
    return "cp1251" if in_runs * 2 > len(HIGH.findall(data)) else "cp1252"


def with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
