"""What is wrong with a text before it goes out, each thing with its line and its remedy."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser, User
from rapidfuzz import fuzz, process

from blog.markup import Citation, Document, Link, Reference, fold, parse
from blog.models import Post, State
from blog.models.addresses import DATED_PATH, own_path
from blog.models.resolving import Resolution, resolve
from blog.roles import seen_by
from sources.models import Claim, Source

# How like (0 to 100) a name must be to be offered in place of one that leads nowhere.
LIKENESS = 50
# Of an archive without end, the newest are compared: a look-up must not grow with it.
COMPARED = 20_000


class Severity(StrEnum):
    ERROR = "error"
    """Refuses publishing, and a change to what is published."""
    WARNING = "warning"


@dataclass(frozen=True)
class Nearest:
    """What the author may have meant: the name to write, and what it is called."""

    name: str
    title: str

    def __str__(self) -> str:
        return f"“{self.title}” ({self.name})" if self.title else self.name


@dataclass(frozen=True)
class Problem:
    line: int
    name: str
    """What leads nowhere: the slug, the citekey, the address."""
    what: str
    """What is the matter, after "Line 12: "."""
    remedy: str
    severity: Severity = Severity.ERROR
    nearest: Nearest | None = None

    @property
    def message(self) -> str:
        return f"Line {self.line}: {self.what} {self.remedy}"

    def __str__(self) -> str:
        return self.message


def problems(
    body: str, *, user: User | AnonymousUser | None = None, post: Post | None = None
) -> list[Problem]:
    """What a text still needs, in the order of its lines. Reads only.

    For a `user`, drafts that are not theirs do not exist: they are neither offered nor
    told from what leads nowhere. Without one (imports, commands) every post counts.
    The number of queries does not depend on the number of marks.
    """
    document = parse(body)
    resolution = resolve(document)
    if user is not None:
        seen = seen_by(user)
        resolution = resolution.known_to(
            seen if post is None else seen | Post.objects.filter(pk=post.pk)
        )
    return problems_in(document, resolution, user=user)


def problems_in(
    document: Document, resolution: Resolution, *, user: User | AnonymousUser | None = None
) -> list[Problem]:
    """The same of a text that is parsed already, and looked up as the user may know it."""
    found = [
        *_references(document, resolution, user),
        *_citations(document, resolution),
        *_claims(document, resolution),
        *_pasted(document, resolution),
        *_pictures(document),
        *_flags(document),
    ]
    return sorted(found, key=lambda problem: problem.line)


def errors(found: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in found if problem.severity is Severity.ERROR]


def new_errors(found: Iterable[Problem], before: Iterable[Problem]) -> list[Problem]:
    """The errors that were not there before the change: nobody pays for an old text's marks."""
    old = {problem.name for problem in errors(before)}
    return [problem for problem in errors(found) if problem.name not in old]


def _references(
    document: Document, resolution: Resolution, user: User | AnonymousUser | None
) -> Iterator[Problem]:
    lost: list[Lost] = []
    for mark in document.references:
        target = resolution.posts.get(fold(mark.slug))
        if target is None:
            what = f"{mark.source} leads nowhere."
            lost.append(Lost(mark.line, fold(mark.slug), mark.slug, what))
        elif not mark.words and not target.is_published:
            yield _bare(mark, target)
    yield from _nowhere(lost, lambda: _post_names(user), "make the post")


@dataclass(frozen=True)
class Lost:
    """A mark that leads nowhere: how it is named among the problems, and as it was written."""

    line: int
    name: str
    written: str
    what: str


def _nowhere(lost: Sequence[Lost], names_of: "Callable[[], Names]", make: str) -> Iterator[Problem]:
    """Each with the nearest name; the names are looked up only where one is asked for."""
    if not lost:
        return
    names = names_of()
    for one in lost:
        nearest = names.nearest(one.written)
        yield Problem(one.line, one.name, one.what, _remedy(nearest, make), nearest=nearest)


def _bare(mark: Reference, target: Post) -> Problem:
    withdrawn = target.state() is State.WITHDRAWN
    named = mark.source[:-2]
    return Problem(
        mark.line,
        fold(mark.slug),
        f"{mark.source} names a post that is {'withdrawn' if withdrawn else 'not published yet'}.",
        f"Give it words, {named}|words]]: they show plainly"
        + ("." if withdrawn else " until that post is published."),
    )


def _citations(document: Document, resolution: Resolution) -> Iterator[Problem]:
    lost = [
        Lost(mark.line, f"@{item.key}", item.key, f"{_written(mark, item.key)} names no source.")
        for mark in document.citations
        for item in mark.items
        if item.key not in resolution.sources
    ]
    yield from _nowhere(lost, _source_names, "add the source")


def _claims(document: Document, resolution: Resolution) -> Iterator[Problem]:
    lost = [
        Lost(mark.line, claim_name(mark.slug), mark.slug, f"{mark.source} names no claim.")
        for mark in document.claims
        if fold(mark.slug) not in resolution.claims
    ]
    yield from _nowhere(lost, _claim_names, "add the claim")


def claim_name(slug: str) -> str:
    """How a claim that leads nowhere is named among the problems."""
    return f"claim::{fold(slug)}"


def nearest_claim(written: str) -> Nearest | None:
    """The claim that may be meant by a name that is none's."""
    return _claim_names().nearest(written)


def _written(mark: Citation, key: str) -> str:
    return mark.source if len(mark.items) == 1 else f"@{key} in {mark.source}"


def _pasted(document: Document, resolution: Resolution) -> Iterator[Problem]:
    for link in document.links:
        path = own_path(link.url, resolution.own_hosts)
        if path is None or not DATED_PATH.match(path):
            continue
        if path not in resolution.posts:
            yield _dead(link)


def _dead(link: Link) -> Problem:
    return Problem(
        link.line,
        link.url,
        f"the link “{link.words or link.url}” goes to {link.url}, where there is no post.",
        "Correct the address, or write [[slug|words]], which survives a new address.",
        Severity.WARNING,
    )


def _pictures(document: Document) -> Iterator[Problem]:
    for image in document.images:
        if not image.alt.strip():
            yield Problem(
                image.line,
                image.url,
                "a picture has no alt text.",
                "Say between ![ and ] what it shows, for readers who cannot see it.",
                Severity.WARNING,
            )


def _flags(document: Document) -> Iterator[Problem]:
    for flag in document.flags:
        what = f"{flag.source} stays as typed." if flag.source else "something stays as typed."
        yield Problem(flag.line, flag.source, what, flag.remedy, Severity.WARNING)


class Names:
    """What may be meant, brought to plain words once however many marks ask."""

    def __init__(self, entries: Sequence[Nearest]) -> None:
        self.entries = entries
        self.plain = (
            [_plain(entry.name) for entry in entries],
            [_plain(entry.title) for entry in entries],
        )
        self.found: dict[str, Nearest | None] = {}

    def nearest(self, written: str) -> Nearest | None:
        if written not in self.found:
            self.found[written] = self._likeliest(_plain(written))
        return self.found[written]

    def _likeliest(self, wanted: str) -> Nearest | None:
        """By its name or by its title, whichever is more alike."""
        best: tuple[float, Nearest | None] = (0, None)
        for plain in self.plain:
            found = process.extractOne(
                wanted, plain, scorer=fuzz.WRatio, score_cutoff=max(LIKENESS, best[0])
            )
            if found and found[1] > best[0]:
                best = found[1], self.entries[found[2]]
        return best[1]


def _post_names(user: User | AnonymousUser | None) -> Names:
    posts = Post.objects.all() if user is None else seen_by(user)
    rows = posts.order_by("-pk").values_list("slug", "headline")[:COMPARED]
    return Names([Nearest(slug, headline) for slug, headline in rows])


def _source_names() -> Names:
    rows = Source.objects.order_by("-pk").values_list("citekey", "title")[:COMPARED]
    return Names([Nearest(citekey, title) for citekey, title in rows])


def _claim_names() -> Names:
    rows = Claim.objects.order_by("-pk").values_list("slug", "statement")[:COMPARED]
    return Names([Nearest(slug, statement) for slug, statement in rows])


def _plain(text: str) -> str:
    return " ".join(fold(text).replace("-", " ").replace("_", " ").split())


def _remedy(nearest: Nearest | None, make: str) -> str:
    if nearest is None:
        return f"{make.capitalize()}, or remove the mark."
    return f"The nearest is {nearest}. Choose that, {make}, or remove the mark."
