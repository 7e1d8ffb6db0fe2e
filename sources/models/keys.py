"""Citekeys that sources once had. Texts may still name them, so they lead on for ever."""

from django.db import models


class FormerCitekey(models.Model):
    key = models.CharField(max_length=100, unique=True)
    source = models.ForeignKey(
        "sources.Source", on_delete=models.CASCADE, related_name="former_citekeys"
    )

    def __str__(self) -> str:
        return self.key
