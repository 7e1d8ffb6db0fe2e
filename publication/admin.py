"""The publication's one page at the desk: there is nothing to list, add or delete."""

from typing import ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from publication.models import Publication


@admin.register(Publication)
class PublicationAdmin(admin.ModelAdmin):
    formfield_overrides: ClassVar = {models.URLField: {"assume_scheme": "https"}}
    fieldsets = (
        (None, {"fields": ("name", "tagline", "notice", "contact")}),
        (
            "Place and language",
            {"fields": ("address", "former_addresses", "language", "time_zone")},
        ),
        ("Pages", {"fields": ("about", "policies")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Publication | None = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, str] | None = None
    ) -> HttpResponse:
        """Straight to the only row, which is made on the first visit."""
        if self.has_change_permission(request):
            Publication.objects.get_or_create(pk=Publication.THE_ONLY_ID)
        return HttpResponseRedirect(
            reverse("admin:publication_publication_change", args=[Publication.THE_ONLY_ID])
        )
