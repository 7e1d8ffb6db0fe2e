"""Where pictures are used, and how one that is used nowhere goes.

A post uses its lead picture, and every picture whose address, or that of a rendition
of it, stands in its text, in a text that readers could read before, or in a notice.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from functools import partial, reduce
from operator import or_

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from blog.models import Author, Correction, Picture, Post, Story, Version
from blog.models.reading import PostQuerySet
from blog.models.unsaved import UnsavedText
from publication.models import Publication

log = logging.getLogger(__name__)


class PictureInUse(Exception):  # noqa: N818 (a refusal, like those of pictures and files)
    """Deleting it would leave a hole."""


def posts_using(picture: Picture) -> PostQuerySet:
    """All of them, whoever asks."""
    address = picture.stem
    versions = Version.objects.filter(body__contains=address)
    notices = Correction.objects.filter(Q(was__contains=address) | Q(text__contains=address))
    return Post.objects.filter(
        Q(lead_picture=picture)
        | Q(body__contains=address)
        | Q(pk__in=versions.values("post"))
        | Q(pk__in=notices.values("post"))
    )


def other_texts_using(picture: Picture) -> Iterator[object]:
    """The rows, other than posts, whose texts show it: what readers read, and what is typed."""
    address = picture.stem
    yield from Author.objects.filter(bio__contains=address)
    yield from Story.objects.filter(summary__contains=address)
    yield from Publication.objects.filter(
        Q(about__contains=address) | Q(policies__contains=address)
    )
    typed = UnsavedText.objects.annotate(typed=Cast("fields", TextField()))
    yield from typed.filter(typed__contains=address)


def uses_of(pictures: Sequence[Picture], among: PostQuerySet) -> dict[int, list[Post]]:
    """For each picture, by its id, which of these posts show it now, newest first. One query."""
    if not pictures:
        return {}
    by_address = reduce(or_, (Q(body__contains=picture.stem) for picture in pictures))
    posts = list(among.filter(Q(lead_picture__in=pictures) | by_address).newest_first())
    return {picture.pk: [post for post in posts if _shows(post, picture)] for picture in pictures}


def _shows(post: Post, picture: Picture) -> bool:
    return post.lead_picture_id == picture.pk or picture.stem in post.body


def delete_picture(picture: Picture) -> None:
    """Delete the row, and with the commit every file of it. Raises PictureInUse."""
    with transaction.atomic():
        row = Picture.objects.select_for_update().filter(pk=picture.pk).first()
        if row is None:
            return
        if posts_using(row).exists() or any(other_texts_using(row)):
            raise PictureInUse(str(row))
        files = [row.file.name, *row.renditions.values_list("file", flat=True)]
        row.delete()
        transaction.on_commit(partial(_delete_files, [str(name) for name in files]))


def _delete_files(names: Iterable[str]) -> None:
    for name in names:
        try:
            default_storage.delete(name)
        except OSError:
            # The row is gone already: nothing shows the file, and nothing else is kept waiting.
            log.exception("The file %s could not be deleted.", name)
