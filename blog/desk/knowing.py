"""What the post screen knows of the text that is being written: the panel under it.

One answer to the form as it stands, in JSON. The text is parsed once and everything that it
names is looked up in a number of queries that does not depend on it. Writes nothing, and
names no post that the user could not find otherwise.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache

from blog.assuming import read as read_assumptions
from blog.checking import Problem, Severity, claim_name, problems_in
from blog.desk.cited_sources import cited_sources
from blog.desk.places import Place, places_of_marks, places_without_alt
from blog.desk.preview import LONGEST
from blog.desk.touching import touching
from blog.desk.used_claims import used_claims
from blog.markup import Citation, Claim, Document, Link, Reference, fold, parse
from blog.models import Post, State
from blog.models.resolving import Resolution, resolve
from blog.roles import seen_by, signed_in, type_of_user

# How fast a careful reader reads, in words a minute.
PACE = 230
TOO_LONG = f"The text is longer than {LONGEST:,} characters: too long to be looked through."
Json = dict[str, Any]
# What a mark that leads nowhere should have led to.
OF = {Reference: "post", Claim: "claim", Citation: "source"}


@never_cache
def know_new(request: HttpRequest) -> JsonResponse:
    """Of a post that was never saved."""
    return _answer(request, new_post(request))


@never_cache
def know_saved(request: HttpRequest, pk: int) -> JsonResponse:
    return _answer(request, own_post(request, pk))


def new_post(request: HttpRequest) -> Post:
    """An unsaved post, for who may write one."""
    if not request.user.has_perm("blog.add_post"):
        raise PermissionDenied("Writing posts is not among your permissions.")
    return Post()


def own_post(request: HttpRequest, pk: int) -> Post:
    """The post, for who may open it at the desk."""
    post = Post.objects.editable_by(signed_in(request)).filter(pk=pk).first()
    if post is None:
        raise Http404("There is no such post among yours.")
    return post


def _answer(request: HttpRequest, post: Post) -> JsonResponse:
    if request.method != "POST":
        return JsonResponse({"error": "The text is sent by POST."}, status=405)
    body = request.POST.get("body", "").replace("\r\n", "\n")
    if len(body) > LONGEST:
        return JsonResponse({"error": TOO_LONG}, status=413)
    sent = {name: request.POST.get(name, "") for name in ("slug", "assumes")}
    return JsonResponse(known(body, post, signed_in(request), **sent))


def known(body: str, post: Post, user: type_of_user, *, slug: str = "", assumes: str = "") -> Json:
    """All that the panel shows. `slug` and `assumes` are what the form has."""
    document = parse(body)
    resolution = resolve(document).known_to(seen_by(user))
    found = problems_in(document, resolution, user=user)
    places = places_of_marks(document)
    sources = cited_sources(document, resolution, post, user)
    references = list(_references(document, resolution, places, post))
    claims = used_claims(document, resolution, read_assumptions(assumes))
    lost = list(_lost(document, places, found))
    pictures = [
        {"line": image.line, "url": image.url, "place": place.as_json()}
        for image, place in places_without_alt(document)
    ]
    return {
        "references": references,
        "sources": sources,
        "claims": claims,
        "lost": lost,
        "pictures": pictures,
        "others": list(_others(document, found)),
        "counts": _counts(document, references, sources, claims),
        "unsettled": _unsettled(found, sources),
        "touching": touching(post, user, slug=slug.strip()) if post.pk else None,
    }


# Posts referred to.


def _references(
    document: Document, resolution: Resolution, places: list[Place | None], post: Post
) -> Iterator[Json]:
    """Each mark, and each pasted address, that leads to another post."""
    for mark, place in zip(document.marks, places, strict=True):
        if isinstance(mark, Reference):
            target = resolution.posts.get(fold(mark.slug))
        elif isinstance(mark, Link):
            target = resolution.posts.get(resolution.written(mark) or "")
        else:
            continue
        if target is None or target.pk == post.pk:
            continue
        yield {
            "title": target.headline,
            "slug": target.slug,
            "when": when(target),
            "url": address(target),
            "kind": mark.kind.value if isinstance(mark, Reference) else None,
            "line": mark.line,
            "place": place.as_json() if place else None,
        }


def when(post: Post) -> str:
    """The day of a post, or why it has none that readers know."""
    state = post.state()
    if state is State.DRAFT or post.published_at is None:
        return "draft"
    moment = timezone.localtime(post.published_at)
    day = f"{moment.day} {moment:%B %Y}"
    return day if state is State.PUBLISHED else f"{state.value}, {day}"


def address(post: Post) -> str:
    if post.is_published:
        return post.get_absolute_url()
    return reverse("admin:blog_post_preview", args=[post.pk])


# What leads nowhere.


def _lost(document: Document, places: list[Place | None], found: list[Problem]) -> Iterator[Json]:
    """Each mark with something amiss, and what to write in its place where that can be guessed."""
    amiss = {(problem.line, problem.name): problem for problem in found}
    for mark, place in zip(document.marks, places, strict=True):
        if place is None or isinstance(mark, Link):
            continue
        for name in _names(mark):
            if problem := amiss.get((mark.line, name)):
                yield _told(problem) | {
                    "of": OF[type(mark)],
                    "place": place.as_json(),
                    "mended": _mended(place.source, mark, name, problem),
                }


def _names(mark: Reference | Claim | Citation) -> list[str]:
    """As problems name them."""
    if isinstance(mark, Claim):
        return [claim_name(mark.slug)]
    if isinstance(mark, Reference):
        return [fold(mark.slug)]
    return list(dict.fromkeys(f"@{item.key}" for item in mark.items))


def _mended(
    source: str, mark: Reference | Claim | Citation, name: str, problem: Problem
) -> str | None:
    """The mark with the nearest name in place of the one that leads nowhere."""
    if problem.nearest is None:
        return None
    wanted = problem.nearest.name
    if isinstance(mark, Reference | Claim):
        return _swapped(source, mark.slug, wanted)
    braced = f"@{{{name[1:]}}}"
    return _swapped(source, braced if braced in source else name, f"@{{{wanted}}}")


def _swapped(source: str, old: str, new: str) -> str | None:
    """A key may be the beginning of another: the first whole one gives way."""
    before, found, after = source.partition(old)
    while found and (after[:1].isalnum() or after[:1] in "_-"):
        more, found, after = after.partition(old)
        before += old + more
    return f"{before}{new}{after}" if found else None


def _told(problem: Problem) -> Json:
    near = problem.nearest
    return {
        "line": problem.line,
        "what": problem.what,
        "remedy": problem.remedy,
        "isError": problem.severity is Severity.ERROR,
        "nearest": {"name": near.name, "title": near.title or near.name} if near else None,
    }


def _others(document: Document, found: list[Problem]) -> Iterator[Json]:
    """What is amiss and is neither a mark that was read nor a picture, which are told apart."""
    told = {
        (mark.line, name)
        for mark in document.marks
        if not isinstance(mark, Link)
        for name in _names(mark)
    } | {(image.line, image.url) for image in document.images}
    for problem in found:
        if (problem.line, problem.name) not in told:
            yield _told(problem)


# Numbers.


def _counts(
    document: Document, references: list[Json], sources: list[Json], claims: list[Json]
) -> Json:
    posts = len({reference["slug"] for reference in references})
    notes = document.footnotes + len(document.citations)
    minutes = max(1, round(document.words / PACE))
    named = [_number(posts, "earlier post"), _number(len(sources), "source")]
    # Who uses no claims hears nothing of them.
    named += [_number(len(claims), "claim")] if claims else []
    return {
        "words": document.words,
        "notes": notes,
        "minutes": minutes,
        "inWords": ", ".join(
            [
                f"{document.words:,} {'word' if document.words == 1 else 'words'}",
                f"about {_number(minutes, 'minute')} to read",
                _number(notes, "note"),
            ]
        ),
        "referred": capfirst(", ".join(named) + "."),
    }


def _unsettled(found: list[Problem], sources: list[Json]) -> str:
    count = len(found) + sum(bool(source["missing"]) for source in sources)
    if not count:
        return ""
    return capfirst(f"{_number(count, 'thing')} to settle or to look at.")


def _number(count: int, what: str) -> str:
    return f"{apnumber(count) if count else 'no'} {what}{'' if count == 1 else 's'}"
