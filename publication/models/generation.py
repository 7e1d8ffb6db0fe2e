"""The number of what readers can see."""

from typing import ClassVar

from django.db import models


class Generation(models.Model):
    """One row, raised by the database itself in the transaction of every visible change.

    The number is at least the time in milliseconds, so that a site that was put back from a
    backup never uses one again that had come after it. Read it with
    `publication.generation.Watcher`; write it never: the triggers of `watched` do.
    """

    number = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="generation_is_one_row")
        ]

    def __str__(self) -> str:
        return str(self.number)
