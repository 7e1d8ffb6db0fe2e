"""The one allow-list that everything passes before it leaves."""

import re

import nh3

TAG_NAMES = """
    a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong
    sub summary sup table tbody td tfoot th thead time tr u ul var wbr
"""
TAGS = frozenset(TAG_NAMES.split())
# What the renderer alone writes.
OWN_TAGS = frozenset({"picture", "source"})
# What an author's own HTML may say; the renderer's attributes come on top.
RAW_ATTRIBUTES = {
    "*": frozenset({"lang", "dir", "title"}),
    "a": frozenset({"href"}),
    "blockquote": frozenset({"cite"}),
    "del": frozenset({"datetime"}),
    "details": frozenset({"open"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "ins": frozenset({"datetime"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "reversed"}),
    "q": frozenset({"cite"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}
OWN_ATTRIBUTES = {
    "*": frozenset({"id", "class"}),
    "a": frozenset({"rel", "role", "aria-label", "aria-describedby"}),
    "div": frozenset({"role", "tabindex", "aria-label"}),
    "img": frozenset({"loading", "decoding"}),
    "source": frozenset({"type", "srcset", "sizes"}),
}
CLASS_NAMES = """
    x cl out ref n bare unresolved lead-in alias scroll num centre prov dead in sr sc lab line
    st s-unreported s-reported s-corroborated s-confirmed s-refuted s-unresolved s-contested
"""
CLASSES = frozenset(CLASS_NAMES.split())
URL_SCHEMES = frozenset({"http", "https", "mailto"})
# Addresses on this site, each with a width.
OWN_SRCSET = re.compile(r"/(?!/)[\w./%-]+ \d+w(?:, /(?!/)[\w./%-]+ \d+w)*", re.ASCII)
OWN_ID = re.compile(r"p-[a-z0-9-]{1,60}|[rn]\d+(?:-\d+)?")


def sanitise(html: str) -> str:
    return CLEANER.clean(html)


def raw_attributes(tag: str, attrs: dict[str, str]) -> dict[str, str]:
    """The attributes that an author may write on a tag; ids and classes are ours alone."""
    allowed = RAW_ATTRIBUTES["*"] | RAW_ATTRIBUTES.get(tag, frozenset())
    return {name: value for name, value in attrs.items() if name in allowed}


def _own_value(_tag: str, name: str, value: str) -> str | None:
    if name == "id":
        return value if OWN_ID.fullmatch(value) else None
    if name == "srcset":
        return value if OWN_SRCSET.fullmatch(value) else None
    if name == "class":
        return " ".join(each for each in value.split() if _is_own_class(each)) or None
    return value


def _is_own_class(name: str) -> bool:
    return name in CLASSES or bool(re.fullmatch(r"language-[\w+#.-]{1,40}", name))


def _allowed_attributes() -> dict[str, set[str]]:
    tags = RAW_ATTRIBUTES.keys() | OWN_ATTRIBUTES.keys()
    return {
        tag: set(RAW_ATTRIBUTES.get(tag, frozenset()) | OWN_ATTRIBUTES.get(tag, frozenset()))
        for tag in tags
    }


CLEANER = nh3.Cleaner(
    tags=set(TAGS | OWN_TAGS),
    attributes=_allowed_attributes(),
    attribute_filter=_own_value,
    generic_attribute_prefixes={"data-"},
    url_schemes=set(URL_SCHEMES),
    link_rel=None,
    strip_comments=True,
)
