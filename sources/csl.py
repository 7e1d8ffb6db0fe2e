"""CSL-JSON: what goes out to other programs, and what comes in from them.

Items are valid by the published schema, which allows no field of one's own outside `custom`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sources.bibliography import safe_address
from sources.citekeys import is_citekey
from sources.dates import PartialDate
from sources.models import Outlet, Source
from sources.names import clean_names
from sources.vocabulary import (
    CSL_TYPE_LABELS,
    CSL_VARIABLES,
    OTHER_CSL_DATES,
    OTHER_CSL_NAMES,
    OTHER_CSL_STRINGS,
    Attribution,
)
from sources.wordlists import words

Item = dict[str, Any]

# Ours in `custom`, each beside the field it fills.
_OWN = words("attribution attributed_to archived_url is_not_a_source")
_OWN_OF_OUTLET = words("outlet outlet_name")
_FORMER_NAMES = {
    "event": "event-title",
    "shortTitle": "title-short",
    "journalAbbreviation": "container-title-short",
}
# Types that appear in something of their outlet's; of other types the outlet is the publisher.
_IN_A_CONTAINER = words(
    "article-newspaper article-magazine article-journal article webpage post post-weblog broadcast "
    "interview chapter entry entry-dictionary entry-encyclopedia paper-conference review "
    "review-book"
)
_LIMITS = {field.name: field.max_length for field in Source._meta.concrete_fields}


def to_csl(source: Source) -> Item:
    """The source as a CSL-JSON item; touches its outlet."""
    plain = {name: getattr(source, ours) for name, ours in CSL_VARIABLES.items()}
    item = _kept_of_others(source.other_csl) | {k: v for k, v in plain.items() if v}
    if source.outlet:
        of_outlet = "container-title" if source.csl_type in _IN_A_CONTAINER else "publisher"
        item.setdefault(of_outlet, source.outlet.name)
    lists = {
        "author": clean_names(source.authors),
        "issued": source.issued,
        "accessed": _day_to_csl(source.accessed_on),
        "custom": _custom(source),
    }
    return {"id": source.citekey, "type": source.csl_type} | item | _filled(lists)


def from_csl(item: Mapping[str, Any]) -> dict[str, Any]:
    """Values for the fields of a Source, whatever program wrote the item; never raises.

    The outlet is left to the caller (`outlet_slug`). An id that cannot be a citekey is dropped,
    so that saving makes one; a text too long for its field is cut.
    """
    item = {_FORMER_NAMES.get(name, name): _storable(value) for name, value in item.items()}
    custom = item.get("custom")
    custom = custom if isinstance(custom, Mapping) else {}
    fields = {ours: _text(item.get(name)) for name, ours in CSL_VARIABLES.items()}
    fields |= {name: _text(custom.get(name)) for name in _OWN - {"is_not_a_source"}}
    fields["note"] = fields["note"] or _text(custom.get("note"))
    fields["citekey"] = _citekey(item)
    fields = {name: _cut(name, text) for name, text in fields.items()}
    fields |= {name: safe_address(fields[name]) for name in ("url", "archived_url")}
    for name in ("container_title", "publisher"):
        fields[name] = "" if fields[name] == custom.get("outlet_name") else fields[name]
    if fields["attribution"] not in Attribution:
        fields["attribution"] = ""
    csl_type = _text(item.get("type"))
    return {
        **fields,
        "csl_type": csl_type if csl_type in CSL_TYPE_LABELS else "document",
        "authors": clean_names(item.get("author")),
        **_issued(item.get("issued")),
        "accessed_on": _day_from_csl(item.get("accessed")),
        "is_not_a_source": custom.get("is_not_a_source") is True,
        "other_csl": _others(item, custom),
    }


def outlet_slug(item: Mapping[str, Any]) -> str:
    """The slug of the outlet that an item of ours names, or ""."""
    custom = item.get("custom")
    return _text(custom.get("outlet")) if isinstance(custom, Mapping) else ""


def _custom(source: Source) -> Item:
    outlet = source.outlet or Outlet()
    own = {name: getattr(source, name) for name in sorted(_OWN)}
    kept = source.other_csl.get("custom")
    kept = dict(kept) if isinstance(kept, Mapping) else {}
    return kept | _filled({"outlet": outlet.slug, "outlet_name": outlet.name, **own})


def _kept_of_others(other: Mapping[str, Any]) -> Item:
    """Of the variables without a field, those that are what CSL says they are."""
    names = {k: clean_names(v) for k, v in other.items() if k in OTHER_CSL_NAMES}
    dates = {k: PartialDate.from_csl(v).csl() for k, v in other.items() if k in OTHER_CSL_DATES}
    texts = {k: _text(v) for k, v in other.items() if k in OTHER_CSL_STRINGS}
    return _filled({**texts, **names, **dates})


def _others(item: Mapping[str, Any], custom: Mapping[str, Any]) -> Item:
    """What has no field of ours, and what CSL does not know, in `custom`."""
    known = {"id", "type", "citation-key", "author", "issued", "accessed", "custom"}
    kept = _kept_of_others(item)
    own = _OWN | _OWN_OF_OUTLET | ({"note"} if not item.get("note") else set())
    rest = {k: v for k, v in custom.items() if k not in own}
    rest |= {k: v for k, v in item.items() if k not in {*known, *CSL_VARIABLES, *kept} and v}
    csl_type = _text(item.get("type"))
    if csl_type and csl_type not in CSL_TYPE_LABELS:
        rest["type"] = csl_type
    return kept | ({"custom": rest} if rest else {})


def _issued(value: object) -> dict[str, Any]:
    issued = PartialDate.from_csl(value)
    return {
        "issued_year": issued.year,
        "issued_month": issued.month,
        "issued_day": issued.day,
        "issued_circa": issued.is_circa,
        "issued_words": _cut("issued_words", issued.words),
    }


def _day_from_csl(value: object) -> date | None:
    day = PartialDate.from_csl(value)
    if day.year is None or day.year < 1 or not day.month or not day.day:
        return None
    return date(day.year, day.month, day.day)


def _day_to_csl(day: date | None) -> Item:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else {}


def _citekey(item: Mapping[str, Any]) -> str:
    keys = (_text(item.get(name)) for name in ("citation-key", "id"))
    return next((key for key in keys if is_citekey(key)), "")


def _cut(name: str, text: str) -> str:
    return text[: _LIMITS[name]]


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _storable(value: Any) -> Any:
    """The JSON value without what databases refuse in text: NUL and halves of characters."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {_storable(str(key)): _storable(part) for key, part in value.items()}
    return [_storable(part) for part in value] if isinstance(value, list) else value


def _filled(item: Mapping[str, Any]) -> Item:
    return {name: value for name, value in item.items() if value}
