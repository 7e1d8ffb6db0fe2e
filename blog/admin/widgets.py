"""The text field of the post screen: django-markdownx's field and widget, under our own rules.

What the package brings on the server stays: the field, the widget, its attributes
and the shape of its answers. Its script and its addresses stay out. The script puts
any answer of the server into the page and error texts into the post, holds Tab and
breaks undo; the addresses take anonymous previews and uploads. Ours are
static/admin/writing and blog/desk.
"""

from typing import Any

from django import forms
from django.urls import reverse
from markdownx.fields import MarkdownxFormField
from markdownx.widgets import AdminMarkdownxWidget

# A module, which runs once the page is there. (The stubs know only names of files here.)
SCRIPT: Any = forms.Script("admin/writing/main.js", type="module")


class MarkdownWidget(AdminMarkdownxWidget):
    template_name = "admin/blog/post/markdown.html"
    preview_url = ""
    """Where the form is shown as a page; the form sets it."""

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=[SCRIPT], css={"all": ["admin/writing.css"]})

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> str:
        return str(super().render(name, value, dict(attrs or {}), renderer))

    def add_markdownx_attrs(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The package's attributes, with addresses of ours in place of those fixed in it."""
        attrs["class"] = "markdownx-editor"
        attrs["data-markdownx-urls-path"] = self.preview_url
        attrs["data-markdownx-upload-urls-path"] = reverse("admin:blog_post_upload")
        return attrs


class MarkdownField(MarkdownxFormField):
    widget = MarkdownWidget


class MomentInput(forms.DateTimeInput):
    """A day and a time in one field of the browser's own; in the publication's zone."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")
