"""The sources that a text cites: what is missing of them, and putting it in from the panel."""

from collections import defaultdict
from typing import Any

from django import forms
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from blog.desk.typed_dates import date_typed, date_written
from blog.markup import Citation as CitationMark
from blog.markup import Document, Link
from blog.models import Citation, Post
from blog.models.resolving import Resolution
from blog.roles import seen_by, signed_in, type_of_user
from sources.forms import NamesField
from sources.models import Outlet, Source
from sources.names import full_name, lines_from_names
from sources.titles import title_for_link

LONGEST_NAME = 500
DATE_PARTS = ("issued_year", "issued_month", "issued_day", "issued_circa", "issued_words")


# What the panel shows of them.


def cited_sources(
    document: Document, resolution: Resolution, post: Post, user: type_of_user
) -> list[dict[str, Any]]:
    """Each source once, in the order of the text. Two queries."""
    lines: dict[str, list[int]] = defaultdict(list)
    rows: dict[str, Source] = {}
    for name, source, line in _cited(document, resolution):
        lines[name].append(line)
        rows.setdefault(name, source)
    listed = {name: source for name, source in rows.items() if not source.is_not_a_source}
    others = _citing_too([one.pk for one in listed.values() if one.pk], post, user)
    may_change = user.has_perm("sources.change_source")
    return [
        described(source)
        | {
            "lines": sorted(set(lines[name])),
            "others": others.get(source.pk, 0),
            "mayChange": bool(source.pk) and may_change,
        }
        for name, source in listed.items()
    ]


def _cited(document: Document, resolution: Resolution) -> list[tuple[str, Source, int]]:
    """A name for each source that is the same whichever way it is cited, the source, a line."""
    found = []
    for mark in document.marks:
        if isinstance(mark, CitationMark):
            known = [resolution.sources.get(item.key) for item in mark.items]
            found += [(str(one.pk), one, mark.line) for one in known if one]
        elif isinstance(mark, Link):
            written = resolution.written(mark)
            if written and not written.startswith("/"):
                source = resolution.sources.get(written) or _of_page(mark, written)
                found.append((str(source.pk or written), source, mark.line))
    return found


def _of_page(link: Link, page: str) -> Source:
    """Unsaved: what saving the post would make of it."""
    return Source(url=link.url, canonical_url=page, title=title_for_link(link.words, page))


def _citing_too(ids: list[int], post: Post, user: type_of_user) -> dict[int, int]:
    """How many other posts cite each of these sources, of those that the user may see."""
    if not ids:
        return {}
    rows = (
        Citation.objects.filter(source__in=ids, post__in=seen_by(user).values("pk"))
        .exclude(post=post.pk)
        .order_by()
        .values("source")
        .annotate(n=Count("post", distinct=True))
    )
    return dict(rows.values_list("source", "n"))


def described(source: Source) -> dict[str, Any]:
    """A source as the panel shows it, with what its small form begins with."""
    where = source.outlet.name if source.outlet else source.container_title
    who = ", ".join(full_name(name) for name in source.authors)
    date = source.issued_on.text()
    return {
        "id": source.pk,
        "key": source.citekey,
        "page": source.canonical_url,
        "title": str(source) or source.canonical_url,
        "about": ", ".join(filter(None, (who, where, date))),
        "missing": _missing(who or where, date) if source.pk else [],
        "lacks": _lacks(who, where) if source.pk else [],
        "fields": {
            "date": date_written(source.issued_on),
            "authors": lines_from_names(source.authors),
            "outlet": where,
        },
    }


def _missing(whose: str, date: str) -> list[str]:
    """What no reader can do without."""
    return ["No date."] * (not date) + ["Neither author nor outlet."] * (not whose)


def _lacks(who: str, where: str) -> list[str]:
    """What many a source never had: said, and not held against it."""
    if bool(who) == bool(where):
        return []
    return ["No outlet."] if who else ["No author."]


# Putting in what is missing.


class MissingForm(forms.ModelForm):
    """What the panel lets an author put in; a field that was not sent stays as it is."""

    date = forms.CharField(required=False, max_length=100)
    authors = NamesField(required=False)
    outlet = forms.CharField(required=False, max_length=LONGEST_NAME)

    class Meta:
        model = Source
        fields = ("authors",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changed: list[str] = []
        for name in [name for name in self.fields if name not in self.data]:
            del self.fields[name]
        if isinstance(authors := self.fields.get("authors"), NamesField):
            authors.known = self.instance.authors

    def clean_date(self) -> str:
        written: str = self.cleaned_data["date"]
        date = date_typed(written)
        if problem := date.problem():
            raise ValidationError(problem[1])
        values = (date.year, date.month, date.day, date.is_circa, date.words)
        for part, value in zip(DATE_PARTS, values, strict=True):
            setattr(self.instance, part, value)
        self.changed += DATE_PARTS
        return written

    def clean_outlet(self) -> str:
        """An outlet we know by that name; otherwise the name alone, as where it was published."""
        name: str = self.cleaned_data["outlet"]
        known = Outlet.objects.filter(name__iexact=name).first() if name else None
        self.instance.outlet = known
        self.instance.container_title = "" if known else name
        self.changed += ["outlet", "container_title"]
        return name

    def saved(self) -> Source:
        """Only what was sent is written: somebody else may be at the rest."""
        changed = [*self.changed, *(["authors"] if "authors" in self.fields else [])]
        source: Source = self.instance
        source.save(update_fields=[*changed, "edited_at"])
        return source


@never_cache
def put_in(request: HttpRequest) -> JsonResponse:
    """Date, authors or outlet of the source with the id `source`."""
    user = signed_in(request)
    if not (user.has_perm("sources.change_source") and user.has_perm("blog.change_post")):
        raise PermissionDenied("Changing sources is not among your permissions.")
    if request.method != "POST":
        return JsonResponse({"error": "Changes are sent by POST."}, status=405)
    wanted = request.POST.get("source", "")
    known = Source.objects.with_outlet()
    source = known.filter(pk=wanted).first() if wanted.isdecimal() and len(wanted) < 19 else None
    if source is None:
        raise Http404("There is no such source.")
    form = MissingForm(request.POST, instance=source)
    if not form.is_valid():
        errors = {name: " ".join(map(str, told)) for name, told in form.errors.items()}
        return JsonResponse({"errors": errors}, status=400)
    saved = form.saved()
    LogEntry.objects.log_actions(
        user.pk, [saved], CHANGE, change_message="From the post screen.", single_object=True
    )
    return JsonResponse({"source": described(saved)})
