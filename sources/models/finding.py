"""By which words a source, an outlet or a claim is found: kept beside them by each save."""

from collections.abc import Iterable

from django.db import models

from publication.words import line

# Between the words of its name and the rest.
BAR = "|"


class FoundBy(models.TextField):
    """The words of a row, folded (publication.words), each between spaces, the name's first."""

    def __init__(self, **options: object) -> None:
        super().__init__(**({"default": "", "editable": False} | options))  # type: ignore[arg-type]


def found_by(name: Iterable[str], rest: Iterable[str] = ()) -> str:
    return f"{line(' '.join(name))}{BAR}{line(' '.join(rest))}"
