"""By what the list of posts is narrowed."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from blog.models import Author, Byline, Post, State
from blog.models.reading import PostQuerySet
from blog.months import years_of

STATES: Mapping[str, Callable[[PostQuerySet], QuerySet[Post]]] = {
    State.DRAFT.value: lambda posts: posts.drafts(),
    State.SCHEDULED.value: lambda posts: posts.scheduled(),
    State.PUBLISHED.value: lambda posts: posts.published(),
    State.WITHDRAWN.value: lambda posts: posts.withdrawn(),
}

YEAR = re.compile("[1-9][0-9]{3}", re.ASCII)
# Stands for the empty value, which an address cannot carry.
OWN = "own"


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, name.capitalize()) for name in STATES]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        chosen = STATES.get(self.value() or "")
        return chosen(queryset) if chosen and isinstance(queryset, PostQuerySet) else queryset


class YearFilter(admin.SimpleListFilter):
    """From the first to the last that a post of the user was published in."""

    title = "year"
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        posts = Post.objects.editable_by(request.user)
        return [(year, year) for year in years_of(posts)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        chosen = self.value() or ""
        return queryset.filter(dated_on__year=chosen) if YEAR.fullmatch(chosen) else queryset


class LanguageFilter(admin.SimpleListFilter):
    """Languages that posts of the user are written in, where it is not the publication's."""

    title = "language"
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        posts = Post.objects.editable_by(request.user).filter(language__gt="").order_by()
        languages = posts.values_list("language", flat=True).distinct()
        return [(OWN, "The publication’s"), *((tag, tag) for tag in sorted(languages))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        chosen = self.value()
        if not chosen:
            return queryset
        return queryset.filter(language="" if chosen == OWN else chosen)


class AuthorFilter(admin.SimpleListFilter):
    """Authors of the posts that the user may open, and no others."""

    title = "author"
    parameter_name = "author"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        posts = Post.objects.editable_by(request.user)
        bylines = Byline.objects.filter(author=OuterRef("pk"), post__in=posts.values("pk"))
        authors = Author.objects.filter(Exists(bylines))
        return [(str(author.pk), author.name) for author in authors]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Post]) -> QuerySet[Post]:
        chosen = self.value() or ""
        return queryset.filter(bylines__author=int(chosen)) if chosen.isdecimal() else queryset
