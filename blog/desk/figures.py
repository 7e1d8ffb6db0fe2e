"""Numbers that read as quantities, in paragraphs that say of nothing where they have it from.

Pure, and rather silent than wrong: what may be a date, a name or a place in a book is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from blog.markup import Citation, Claim, Document, Link, Paragraph

# From here on a bare number is worth a source; a smaller one with a unit is, too.
SMALLEST = 10
YEARS = range(1000, 2101)

# What a number in it does not count: code, marks, notes, links, addresses, HTML.
ASIDE = re.compile(
    r"(`+)[^`].*?\1(?!`)|\[\[.*?\]\]|!?\[[^\[\]]*\]\([^)]*\)|\[[^\[\]]*\]|<[^<>]+>|https?://\S+",
    re.DOTALL,
)
LIST_NUMBER = re.compile(r"^\s*(?:>\s*)*(?:\d{1,9}[.)]|[-*+])\s", re.MULTILINE)
MONTHS = r"""(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?
    |sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?
    |січн[яі]|лют(?:ого|ому)|берез(?:ня|ні)|квіт(?:ня|ні)|трав(?:ня|ні)|черв(?:ня|ні)|лип(?:ня|ні)
    |серп(?:ня|ні)|верес(?:ня|ні)|жовт(?:ня|ні)|листопад[аі]|груд(?:ня|ні)
    |stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada
    |grudnia|januar|jänner|februar|märz|mai|juni|juli|oktober|dezember)"""
DATES = re.compile(
    rf"""\d{{1,2}}(?:st|nd|rd|th)?\.?\s*(?:[-–]\s*\d{{1,2}}\.?\s*)?(?:\s+of)?\s*{MONTHS}\b\.?
    (?:,?\s*\d{{4}})?
    |\b{MONTHS}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}})?(?!\d)(?:,\s*\d{{4}})?
    |\d{{4}}-\d\d-\d\d|\d{{1,2}}\.\s?\d{{1,2}}\.(?:\d{{2,4}})?
    |\d{{1,2}}:\d\d(?::\d\d)?|\d{{1,2}}(?:\.\d\d)?\s*(?:[ap]\.?m\b\.?|o['’]clock|uhr\b|год\b)
    |\d+\s*/\s*\d+""",
    re.IGNORECASE | re.VERBOSE,
)
# Before a number: it is a name or a place in something.
NAMING = re.compile(
    r"""(?:[§№#@&]|\b(?:art(?:icles?|ykułu?|ikel)?|sec(?:tions?)?|ch(?:apters?)?|parts?|nos?|nr|pp?
    |pages?|vols?|volumes?|fig(?:ures?)?|tables?|resolutions?|rules?|phase|versions?|lines?
    |para(?:graphs?|s)?|days?|weeks?|group|channel|room|level|route|number
    |ст|статт[яі]|розділ|пункт|п|стор|рис|номер|ustęp|ust|rozdział|str|punkt|pkt|absatz|abs|kapitel
    |seite|nummer|ziffer|teil)\b)\.?\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
UNIT = r"""(?:%|‰|°C|(?:percent|per\ cent|million|billion|trillion|thousand|hundred|bn|mn|km|kg
    |tonnes?|tons?|MW|GW|kW|m|відсотк\w*|мільйон\w*|млн|мільярд\w*|млрд|тисяч\w*|тис|км|кг
    |procent\w*|mln|mld|milion\w*|miliard\w*|tysi\w+|tys|prozent|millionen|milliarden|tausend)\b)"""
NUMBER = re.compile(
    rf"""(?<![\w.,:/§№\#@-])(?P<money>[€$£₴]\s?|(?:US\$|USD|EUR|PLN)\s?)?
    (?P<number>\d{{1,3}}(?:[,.\ \u00a0\u202f]\d{{3}})+(?!\d)|\d+)(?P<fraction>[.,]\d{{1,2}}(?!\d))?
    (?P<unit>[-\s\u00a0]?{UNIT}|\s?(?:€|zł\b))?
    (?![\w/:-]|[.,]\d)(?P<stop>\.(?=\s+\w))?(?P<noun>\s+[^\W\d_][\w’'-]*)?""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    line: int
    words: str
    """With the word after it: "200 missiles"."""


def figures_without_source(document: Document) -> Iterator[Figure]:
    """The first of each paragraph that has neither citation nor link, note, or claim."""
    said = {mark.paragraph for mark in document.marks if isinstance(mark, Citation | Claim | Link)}
    lines = document.text.split("\n")
    for paragraph, after in zip(document.paragraphs, [*document.paragraphs[1:], None], strict=True):
        if paragraph.id in said:
            continue
        source = _source(lines, paragraph, after)
        if "[^" not in source and (words := first_figure(source)):
            yield Figure(paragraph.line, words)


def _source(lines: list[str], paragraph: Paragraph, after: Paragraph | None) -> str:
    """As it was typed; "" for headings and tables, which stand for the text around them."""
    start = paragraph.line - 1
    end = after.line - 1 if after and after.line > paragraph.line else len(lines)
    own = lines[start:end]
    until = next((number for number, line in enumerate(own) if not line.strip()), len(own))
    is_text = own and not own[0].lstrip(" >").startswith(("#", "|"))
    return "\n".join(own[:until]) if is_text else ""


def first_figure(source: str) -> str:
    """The first quantity in a piece of Markdown, in words; "" where there is none."""
    plain = LIST_NUMBER.sub(" ", ASIDE.sub(" \0 ", source))
    plain = DATES.sub(lambda date: "\0" * len(date[0]), plain)
    for found in NUMBER.finditer(plain):
        if _is_quantity(found) and not NAMING.search(
            plain[max(0, found.start() - 20) : found.start()]
        ):
            return " ".join(found[0].split())
    return ""


def _is_quantity(found: re.Match[str]) -> bool:
    if found["unit"] or found["money"]:
        return True
    digits = re.sub(r"\D", "", found["number"])
    is_bare = digits == found["number"] and not found["fraction"]
    if is_bare and len(digits) == 4 and int(digits) in YEARS:
        return False
    # "am 3. Tag", "12. grudnia": an ordinal, or the end of a sentence.
    if found["stop"] and len(digits) < 3:
        return False
    return bool(found["fraction"]) or int(digits) >= SMALLEST
