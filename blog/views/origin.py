"""The site's own address, for what must name it in full."""

from django.http import HttpRequest

from publication.models import Publication


def publication_of(request: HttpRequest) -> Publication:
    """The publication that the middleware looked up."""
    publication = getattr(request, "publication", None)
    return publication if isinstance(publication, Publication) else Publication.current()


def origin(request: HttpRequest) -> str:
    """Scheme and host without a slash at the end: the publication's address, if it has one."""
    return publication_of(request).address.rstrip("/") or request.build_absolute_uri("/")[:-1]
