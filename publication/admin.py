"""The publication's one page at the desk, and the background jobs, which can only be looked at."""

from typing import ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from publication.models import Job, Publication


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


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):
    """What waits, and what failed with which error. Nobody changes anything here."""

    list_display = ("name", "status", "attempts", "run_at", "finished_at", "error")
    list_filter = ("status", "task")
    ordering = ("-pk",)

    @admin.display(description="job", ordering="task")
    def name(self, job: Job) -> str:
        words = [*map(repr, job.args), *(f"{key}={job.kwargs[key]!r}" for key in job.kwargs)]
        return f"{job.task.rpartition('.')[2]}({', '.join(words)})"

    @admin.display(description="last error")
    def error(self, job: Job) -> str:
        """The last line of a traceback is what went wrong."""
        return job.last_error.strip().rpartition("\n")[2][:200]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False
