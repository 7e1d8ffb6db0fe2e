"""Before a post goes out: what has to be settled first, and what is only advised."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from blog.assuming import read as read_assumptions
from blog.checking import Problem, Severity, problems_in
from blog.desk.comparing import saved_by
from blog.desk.keeping import moment_typed
from blog.desk.ledger_advice import ledger_advice
from blog.desk.moments import PASSED, NoSuchMoment, in_words, moment_meant
from blog.markup import Citation as CitationMark
from blog.markup import Document, Link, parse
from blog.merging import marked_lines
from blog.models import Post
from blog.models.resolving import Resolution, resolve
from blog.roles import may_publish, seen_by, signed_in
from sources.models import Source

BYLINE = re.compile(r"(bylines-\d+)-author")
# The button of the form that asks for a moment to come.
SCHEDULE = "_schedule"
NO_MOMENT = "Say when it goes out, or publish it now."
BOTH_STAND = "two versions of a passage stand one below the other. Keep what is right of them."
ADVISED: Mapping[str, str] = {
    "standfirst": "There is no standfirst: a sentence or two that lists and feeds show.",
    "known_at": "It does not say as of when its facts are known.",
}


@dataclass(frozen=True)
class Thing:
    """One line of the list, with where it is: a line of the text, or a field of the form."""

    words: str
    is_must: bool
    line: int | None = None
    field: str = ""


@never_cache
@require_POST
def outgoing_new(request: HttpRequest) -> HttpResponse:
    """The list for a post that was never saved."""
    user = signed_in(request)
    if not (user.has_perm("blog.add_post") and user.has_perm("blog.publish_post")):
        raise Http404("Publishing posts is not among your permissions.")
    return _listed(request, Post())


@never_cache
def outgoing(request: HttpRequest, pk: int) -> HttpResponse:
    """The list for a post, of the form as it is now, as a piece of a page. Writes nothing."""
    user = signed_in(request)
    post = Post.objects.editable_by(user).filter(pk=pk).first()
    if post is None or not may_publish(user, post):
        raise Http404("There is no such post for you to publish.")
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    return _listed(request, post)


def _listed(request: HttpRequest, post: Post) -> HttpResponse:
    things = list(settling(request, post))
    context = {
        "musts": [thing for thing in things if thing.is_must],
        "advised": [thing for thing in things if not thing.is_must],
        "is_schedule": SCHEDULE in request.POST,
        "words": _words(request.POST),
    }
    return render(request, "admin/blog/post/_outgoing.html", context)


def settling(request: HttpRequest, post: Post) -> Iterator[Thing]:
    """What the form still needs, what must be settled and what is advised, fields first."""
    sent, user = request.POST, signed_in(request)
    document = parse(sent.get("body", ""))
    resolution = resolve(document)
    seen = seen_by(user) | Post.objects.filter(pk=post.pk)
    found = problems_in(document, resolution.known_to(seen), user=user)
    if post.pk and sent.get("opened") != post.edited_at.isoformat():
        yield Thing(f"Your text is not the newest: the post was {saved_by(post, user)}.", True)
    yield from _of_form(sent)
    for line in marked_lines(sent.get("body", "")):
        yield Thing(BOTH_STAND, True, line)
    yield from map(_of_problem, found)
    yield from _of_sources(document, resolution)
    yield from _of_claims(sent, document, resolution)


def _of_form(sent: QueryDict) -> Iterator[Thing]:
    if not sent.get("headline", "").strip():
        yield Thing("It has no headline.", True, field="headline")
    if SCHEDULE in sent and (wrong := _moment_wrong(sent)):
        yield Thing(wrong, True, field="goes_out_at")
    if not sent.get("body", "").strip():
        yield Thing("It has no text.", False, field="body")
    for name, words in ADVISED.items():
        if not sent.get(name, "").strip():
            yield Thing(words, False, field=name)
    if not _has_byline(sent):
        yield Thing("It has no byline: nobody is named as its author.", False)


def _moment_wrong(sent: QueryDict) -> str:
    typed = sent.get("goes_out_at", "").strip()
    if not typed:
        return NO_MOMENT
    try:
        return PASSED if moment_meant(typed) <= timezone.now() else ""
    except NoSuchMoment as error:
        return str(error)


def _has_byline(sent: QueryDict) -> bool:
    matches = [match for name in sent if (match := BYLINE.fullmatch(name))]
    return any(sent[match[0]] and not sent.get(f"{match[1]}-DELETE") for match in matches)


def _of_problem(problem: Problem) -> Thing:
    words = f"{problem.what} {problem.remedy}"
    return Thing(words, problem.severity is Severity.ERROR, problem.line)


def _of_sources(document: Document, resolution: Resolution) -> Iterator[Thing]:
    """Cited sources of which readers would miss the day or the outlet; each once."""
    seen: set[int] = set()
    for mark in document.marks:
        names = (
            [item.key for item in mark.items]
            if isinstance(mark, CitationMark)
            else [resolution.written(mark) or ""]
            if isinstance(mark, Link)
            else []
        )
        for source in filter(None, map(resolution.sources.get, names)):
            missing = _missing(source)
            if missing and source.pk not in seen and not source.is_not_a_source:
                seen.add(source.pk)
                yield Thing(f"the source “{source}” has no {missing}.", False, mark.line)


def _of_claims(sent: QueryDict, document: Document, resolution: Resolution) -> Iterator[Thing]:
    now = timezone.now()
    assumed = read_assumptions(sent.get("assumes", ""))
    for problem in assumed.problems:
        yield Thing(problem, True, field="assumes")
    since = moment_typed(sent.get("shown_at", ""), now)
    for advice in ledger_advice(document, resolution, assumed, now=now, since=since):
        yield Thing(advice.words, False, advice.line, advice.field)


def _missing(source: Source) -> str:
    missing = [
        name
        for name, has in (
            ("date", source.issued_year or source.issued_words),
            ("outlet", source.outlet_id or source.container_title or source.publisher),
        )
        if not has
    ]
    return " and no ".join(missing)


def _words(sent: QueryDict) -> str:
    """When it goes out, for the button that lets it."""
    if SCHEDULE not in sent or _moment_wrong(sent):
        return ""
    return in_words(moment_meant(sent.get("goes_out_at", "")))
