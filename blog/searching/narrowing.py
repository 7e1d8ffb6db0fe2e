"""Among which posts a reader looks: everything that can be chosen beside the words."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db.models import QuerySet

from blog.markup import fold
from blog.models import Citation, CrossReference, Post
from blog.models.reading import PostQuerySet

LONGEST = 200


@dataclass(frozen=True)
class Narrowing:
    """As addresses name them, by slug or citekey; empty where nothing is chosen."""

    story: str = ""
    topic: str = ""
    author: str = ""
    year: str = ""
    source: str = ""
    """Posts that cite it."""
    outlet: str = ""
    """Posts that cite one of its sources."""
    refers: str = ""
    """Posts that refer to this post."""

    @classmethod
    def of(cls, sent: Mapping[str, str]) -> "Narrowing":
        """From what an address says. A character that no database can look for says nothing."""
        return cls(**{each.name: clean(sent.get(each.name, "")) for each in fields(cls)})

    @property
    def chosen(self) -> dict[str, str]:
        given = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in given.items() if value}

    @property
    def is_of_posts_alone(self) -> bool:
        """What is chosen means nothing for sources and claims."""
        return bool(self.chosen.keys() - {"year", "outlet"})

    def posts(self, at: datetime) -> PostQuerySet:
        """The public posts among which is looked. What leads nowhere leaves none."""
        found = Post.objects.published(at)
        if self.story:
            found = found.filter(story__slug=self.story)
        if self.topic:
            found = found.filter(pk__in=Post.objects.filter(topics__slug=self.topic).values("pk"))
        if self.author:
            by = Post.objects.filter(bylines__author__slug=self.author)
            found = found.filter(pk__in=by.values("pk"))
        if self.year:
            found = found.dated(*_year(self.year)) if _is_year(self.year) else found.none()
        if self.source or self.outlet:
            found = found.filter(pk__in=self._citing(at).order_by().values("post"))
        if self.refers:
            found = found.filter(pk__in=self._referring(at).order_by().values("post"))
        return found

    def _citing(self, at: datetime) -> QuerySet[Citation]:
        marks = Citation.objects.public(at)
        if self.source:
            marks = marks.filter(source__citekey=self.source)
        return marks.filter(source__outlet__slug=self.outlet) if self.outlet else marks

    def _referring(self, at: datetime) -> QuerySet[CrossReference]:
        """By any slug that the post ever had."""
        return CrossReference.objects.public(at).filter(target__slugs__folded=fold(self.refers))


def clean(value: str) -> str:
    return "".join(letter for letter in value[:LONGEST] if letter.isprintable()).strip()


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit() and text != "0000"


def _year(text: str) -> tuple[date, date]:
    return date(int(text), 1, 1), date(int(text), 12, 31)
