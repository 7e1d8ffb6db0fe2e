"""What a file's place and name say of its post: its name, its day, its language."""

import posixpath
import re
from datetime import date

from blog.markup import nfc

# ISO 639-1, without those that are endings of files or of hosts, or English words.
CODES = (
    "aa ab af ak am an ar av ay az ba be bg bm bn bo br bs ca ce cs cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fr fy ga gd gl gn gu gv ha he hi hr ht hu hy hz id ig ii ik it iu "
    "ja jv ka kg ki kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml "
    "mn mr ms mt na nb nd ne ng nl nn nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw "
    "sa sc sd se sg si sk sl sm sn sq sr ss st su sv sw ta te tg th ti tk tl tn tr ts tt tw ty "
    "ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
LANGUAGES = frozenset(CODES.split())
TAG = re.compile(r"(?P<language>[a-z]{2})(?:[-_](?:[A-Za-z]{2}|[A-Z][a-z]{3}))?")
DAY_IN_FOLDERS = re.compile(r"(?:^|/)(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/_-]|$)")


def name_of(key: str) -> str:
    """`a/b.md`, `a/b/index.md`, `a/b.uk.md` and `a/b/uk.md` are all "b"."""
    folder, name = posixpath.split(key)
    stem = _without_language(name.rpartition(".")[0] or name)
    if folder and (stem.lower() == "index" or is_language(stem)):
        stem = posixpath.basename(folder)
    return nfc(stem)


def language_of(key: str) -> str:
    """As multilingual sites tell it: `b.uk.md`, `b/uk.md`, `content/uk/b.md`; "" for none."""
    folder, name = posixpath.split(key)
    stem = name.rpartition(".")[0]
    for part in (stem.rpartition(".")[2] if "." in stem else "", stem if folder else ""):
        if is_language(part):
            return part.replace("_", "-")
    folders = folder.split("/")
    first = folders[folders.index("content") + 1 :] if "content" in folders else folders
    return first[0].replace("_", "-") if first and is_language(first[0]) else ""


def is_language(text: str) -> bool:
    found = TAG.fullmatch(text)
    return found is not None and found["language"] in LANGUAGES


def day_in_folders(key: str) -> date | None:
    """`2015/06/15/slug.md` and `2015-06-15/index.md`."""
    found = DAY_IN_FOLDERS.search(posixpath.dirname(key))
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _without_language(stem: str) -> str:
    bare, _, last = stem.rpartition(".")
    return bare if bare and is_language(last) else stem
