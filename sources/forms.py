"""The forms in which sources are described at the desk."""

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html

from sources.models import Source
from sources.names import Name, lines_from_names, names_from_lines
from sources.vocabulary import FITTING_FIELDS


class NamesField(forms.CharField):
    """Names of authors, one a line; what lines cannot say of a known name is kept."""

    widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
    known: Iterable[Name] = ()

    def prepare_value(self, value: Any) -> Any:
        return lines_from_names(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[Name]:
        return names_from_lines(super().clean(value), self.known)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return names_from_lines(data or "", self.known) != (initial or [])


class SourceForm(forms.ModelForm):
    """A source: its authors in lines, its page not yet among the others.

    For the desk, which names the model and the fields.
    """

    authors = NamesField(
        required=False,
        help_text="One a line: “Family, Given”. A line without a comma is a whole name (“Federal "
        "Wire”); braces keep a comma inside one: {Ministry of Defence, Poland}.",
    )

    class Meta:
        widgets = {  # noqa: RUF012 (Django's own manner)
            "csl_type": forms.Select(attrs={"data-fitting": json.dumps(FITTING_FIELDS)}),
            **{
                name: forms.TextInput(attrs={"class": "vLargeTextField"})
                for name in ("title", "original_title", "container_title", "url", "archived_url")
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(authors := self.fields.get("authors"), NamesField):
            authors.known = self.instance.authors

    def clean(self) -> None:
        super().clean()
        given = {name: self.cleaned_data.get(name, "") for name in ("url", "doi")}
        if twin := Source(pk=self.instance.pk, **given).duplicate():
            self.add_error("url" if given["url"] else "doi", _already_there(twin))


def _already_there(twin: Source) -> ValidationError:
    return ValidationError(
        format_html(
            'This page is already a source: <a href="{}">{}</a>, [@{}]. Change that one, or give '
            "another address.",
            reverse("admin:sources_source_change", args=[twin.pk]),
            twin,
            twin.citekey,
        )
    )
