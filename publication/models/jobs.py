"""Work that waits, runs or is done: a row for each call of a task (publication/tasks.py)."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone


class TaskResultStatus(models.TextChoices):
    """Django's names for where a call of a task stands."""

    READY = "READY", "waiting"
    RUNNING = "RUNNING", "running"
    FAILED = "FAILED", "given up"
    SUCCESSFUL = "SUCCESSFUL", "done"


READY, RUNNING = TaskResultStatus.READY, TaskResultStatus.RUNNING
FAILED, SUCCESSFUL = TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL


class JobQuerySet(models.QuerySet["Job"]):
    def takeable(self, at: datetime) -> Self:
        """What a worker may take, in its order: what is due, and what a lost worker left.

        A call waits while the same call is running, so that two never write the same thing.
        """
        twin = Job.objects.filter(key=models.OuterRef("key"), status=RUNNING)
        is_due = models.Q(status=READY, run_at__lte=at) & ~models.Exists(twin)
        is_left = models.Q(status=RUNNING, leased_until__lt=at)
        return self.filter(is_due | is_left).order_by("-priority", "run_at", "pk")

    def finished(self, status: TaskResultStatus, before: datetime) -> Self:
        return self.filter(status=status, finished_at__lt=before)


class Job(models.Model):
    task = models.CharField(max_length=200, help_text="Where the function is: module and name.")
    args = models.JSONField(default=list)
    kwargs = models.JSONField("keyword arguments", default=dict)
    key = models.CharField(
        max_length=64, editable=False, help_text="The same for the same task and arguments."
    )
    priority = models.SmallIntegerField(default=0)
    status = models.CharField(
        max_length=10, choices=TaskResultStatus.choices, default=TaskResultStatus.READY
    )
    run_at = models.DateTimeField("not before", default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(
        null=True, help_text="If it is still running then, its worker is taken for lost."
    )
    worker = models.CharField(max_length=120, blank=True)
    last_error_class = models.CharField(max_length=200, blank=True)
    last_error = models.TextField(blank=True)
    enqueued_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "background job"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(status="READY"),
                name="the_same_call_waits_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "run_at"], name="job_by_status_and_time"),
            models.Index(
                fields=["key"], condition=models.Q(status="RUNNING"), name="running_job_by_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.pk}"
