"""What to call a page of which nothing is known but a link to it."""

import re
from urllib.parse import unquote, urlsplit

from sources.wordlists import phrases

MAX_LENGTH = 500

# Words that authors put links under and that name nothing, in lower case.
EMPTY_WORDS = phrases(
    """
    here | there | this | that | these | those | it | link | links | this link | the link |
    more | read more | learn more | see more | find out more | details | source | sources |
    via | article | this article | the article | an article | post | this post | blog post |
    this blog post | report | this report | the report | story | page | this page | site |
    website | web site | click here | see here | read it | see | read | one | two | three |
    another | first | second | third | example | an example | for example | this one | last
    week | last year | last month | earlier | yesterday | today | announced | said | says |
    тут | здесь | ось | там | джерело | источник | tutaj | tu | hier
    """
)
_IS_ADDRESS = re.compile(r"(?:https?:)?//\S+|www\.\S+|[\w.-]+\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_EXTENSION = re.compile(
    r"\.(?:html?|php|aspx?|jsp|cfm|pdf|docx?|xlsx?|pptx?|txt|md)$", re.IGNORECASE
)


def title_for_link(words: str, url: str) -> str:
    """The link's words when they say something, else what the address says; never empty."""
    said = "".join(c for c in " ".join(words.split()) if c.isprintable())
    return (said if _says_something(said) else _title_of_address(url))[:MAX_LENGTH]


def _says_something(words: str) -> bool:
    bare = words.strip(" .,;:!?…–—-()[]\"'“”‘’«»→↗")
    if bare.lower() in EMPTY_WORDS or _IS_ADDRESS.fullmatch(bare):
        return False
    # One word says something if it is a name; "announced" is not.
    return any(c.isalpha() for c in bare) and (" " in bare or not bare[0].islower())


def _title_of_address(url: str) -> str:
    """ "/2024/11/us-lifts-limit.html" → "Us lifts limit"; the host where the path has no words."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return url or "Untitled"
    for segment in reversed(parts.path.split("/")):
        printable = "".join(c for c in unquote(segment) if c.isprintable())
        words = " ".join(re.split(r"[\s_+-]+", _EXTENSION.sub("", printable))).strip()
        if sum(c.isalpha() for c in words) >= 3:
            return words[0].upper() + words[1:]
    return host.removeprefix("www.") or url or "Untitled"
