"""The place within a cited source: ", pp. 33-35" → page 33-35, in Pandoc's manner."""

import re
from dataclasses import dataclass

# CSL's name of a locator → how authors write it, in the languages we meet most.
TERMS = {
    "book": "book books bk bks",
    "chapter": "chapter chapters chap chaps ch розділ розд kapitel kap rozdział rozdz",
    "column": "column columns col cols",
    "figure": "figure figures fig figs рис abb",
    "folio": "folio folios fol fols",
    "issue": "number numbers no nos № nr",
    "line": "line lines l ll",
    "note": "note notes n nn прим",
    "opus": "opus op",
    "page": "page pages p pp с стор s str seite strona",
    "paragraph": "paragraph paragraphs para paras ¶ ¶¶ абз абзац absatz abs akapit",
    "part": "part parts pt pts ч частина teil",
    "section": "section sections sec secs § §§",
    "sub-verbo": "sub-verbo s.v s.vv",
    "verse": "verse verses v vv",
    "volume": "volume volumes vol vols т том band bd tom",
}
LABELS = {term: label for label, terms in TERMS.items() for term in terms.split()}
LABEL = "|".join(re.escape(term) for term in sorted(LABELS, key=len, reverse=True))
UNIT = r"(?:[A-Za-z]{0,3}\d[\w./:]*\w|[A-Za-z]{0,3}\d|[ivxlcdmIVXLCDM]+\b)"
UNITS = rf"{UNIT}(?:\s?[-–—]\s?{UNIT}|\s?[,&]\s?(?:(?:{LABEL})\.?\s)?(?=\d){UNIT})*"
LABELLED = rf"(?P<label>{LABEL})\.?\s*(?P<labelled>{UNITS})"
# "n.d." (no date) is not note 500.
PLAIN = re.compile(
    rf"\s*,?\s*(?!n\.\s?d\b)(?P<shown>{LABELLED}|(?P<bare>(?=\d){UNITS}))(?!\w)",
    re.IGNORECASE,
)
FORCED = re.compile(r"\{(?P<inside>[^{}]*)\}")
WITHIN = re.compile(
    rf"\s*(?:(?P<label>{LABEL})(?!\w)\.?\s*)?(?P<value>.+)", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Locator:
    value: str = ""
    label: str = ""
    shown: str = ""


def split_locator(rest: str) -> tuple[Locator, str]:
    """What follows a key → its locator and the suffix (with its comma, if it has one)."""
    if forced := FORCED.match(rest):
        return _forced(forced["inside"]), _suffix(rest[forced.end() :])
    if found := PLAIN.match(rest):
        return _plain(found), _suffix(rest[found.end() :])
    return Locator(), _suffix(rest)


def _suffix(rest: str) -> str:
    return rest.strip() if rest.strip(" ,.:") else ""


def _forced(inside: str) -> Locator:
    """`{ii, A}` is a locator whatever it looks like; `{}` says that there is none."""
    found = WITHIN.fullmatch(inside)
    if found is None or not inside.strip():
        return Locator()
    value = found["value"].strip()
    if found["label"] is None:
        return Locator(value, "page", _page(value))
    return Locator(value, _label(found["label"]), inside.strip())


def _plain(found: re.Match[str]) -> Locator:
    if found["label"] is None:
        return Locator(found["bare"], "page", _page(found["bare"]))
    return Locator(found["labelled"], _label(found["label"]), found["shown"])


def _label(typed: str) -> str:
    # A pattern without case also matches letters that lower() does not unite, such as "ı" and "i".
    return LABELS.get(typed.casefold(), "page")


def _page(value: str) -> str:
    return f"pp. {value}" if re.search(r"[-–—,&]", value) else f"p. {value}"
