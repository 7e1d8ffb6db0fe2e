"""RIS, as reference managers read it."""

import re

from sources.citing import to_ris
from tests.sources.citing.items import HOSTILE

LINE = re.compile(r"[A-Z][A-Z0-9]  - [^\r\n]*")


def values(tag: str) -> list[str]:
    return re.findall(rf"(?m)^{tag}  - (.*)\r$", to_ris([HOSTILE]))


def test_every_line_is_a_tag_and_its_value() -> None:
    text = to_ris([HOSTILE, HOSTILE])

    assert text.endswith("ER  - \r\n")
    assert all(LINE.fullmatch(line) for line in text.split("\r\n")[:-1])


def test_a_line_end_in_a_title_begins_no_new_entry() -> None:
    assert values("TY") == ["NEWS"]
    assert values("ER") == [""]


def test_each_author_has_a_line_family_name_first() -> None:
    assert values("AU") == [
        "O’Neil and Sons, Ada",
        "Ministry of Defence, Poland",
        "van der Berg, Jan, Jr.",
    ]


def test_a_date_is_told_as_well_as_it_is_known_and_in_words() -> None:
    assert values("PY") == ["2024"]
    assert values("DA") == ["2024/10//early October 2024"]
    assert values("Y2") == ["2024/11/18/"]


def test_a_date_known_in_words_alone_stays_in_words() -> None:
    text = to_ris([{"id": "a", "type": "book", "issued": {"literal": "before the war"}}])

    assert "DA  - ///before the war\r\n" in text
    assert "PY" not in text


def test_pages_are_a_first_and_a_last() -> None:
    assert (values("SP"), values("EP")) == (["3"], ["5"])


def test_a_type_that_the_format_lacks_is_general() -> None:
    assert to_ris([{"id": "a", "type": "speech"}]).startswith("TY  - GEN\r\n")


def test_nothing_makes_an_empty_file() -> None:
    assert to_ris([]) == ""
