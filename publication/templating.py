"""Django's templates, whose contexts are gone as soon as the page is there.

A context and what is pushed onto it refer to each other. Left like that, all that a page was made
of (a search: every hit) stays until Python next looks for garbage everywhere.
"""

from typing import Any

from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.backends.django import DjangoTemplates, Template, reraise
from django.template.context import make_context
from django.utils.safestring import SafeString


class Passing(Template):
    def render(
        self, context: dict[str, Any] | None = None, request: HttpRequest | None = None
    ) -> SafeString:
        made = make_context(context, request, autoescape=self.backend.engine.autoescape)
        try:
            html = self.template.render(made)
        except TemplateDoesNotExist as missing:
            reraise(missing, self.backend)
        # Not after a failure, which tells of what was there.
        made.dicts.clear()
        return html


class Templates(DjangoTemplates):
    def from_string(self, template_code: str) -> Passing:
        return self._passing(super().from_string(template_code))

    def get_template(self, template_name: str) -> Passing:
        return self._passing(super().get_template(template_name))

    def _passing(self, one: Template) -> Passing:
        return Passing(one.template, self)
