"""For whom and when: the site's whole address, its time zone, and the moment of reading."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from blog.models import Post
from blog.models.addresses import path_of
from blog.views.origin import origin, publication_of
from publication.models import Publication


@dataclass(frozen=True)
class Telling:
    at: datetime
    publication: Publication
    site: str
    """Scheme and host, without a slash at the end."""

    def page(self, name: str, *args: str | int) -> str:
        """The whole address of a page of ours."""
        return self.site + path_of(name, *args)

    def post(self, post: Post) -> str:
        return self.site + post.get_absolute_url()

    def moment(self, at: datetime | None) -> str | None:
        """ISO 8601 in the publication's zone."""
        return at.astimezone(self.publication.zone).isoformat() if at else None

    def language(self, post: Post) -> str:
        return post.language or self.publication.language


def telling(request: HttpRequest) -> Telling:
    return Telling(timezone.now(), publication_of(request), origin(request))
