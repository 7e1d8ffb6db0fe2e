"""Work that need not be done while somebody waits for it.

The names and the shape are those of ``django.tasks`` (Django 6), so that moving there
is a change of one import and one setting:

    @task
    def make_renditions(picture_id: int) -> None: ...

    make_renditions.enqueue(picture.pk)

A call becomes a row in the caller's own transaction: it is committed or lost with it.
With PASSIM_TASKS=immediate it runs right after the commit, in the same process; with
PASSIM_TASKS=worker it waits for ``manage.py worker``. A worker may die at any moment,
and then its job is run again: a task must be a nudge that does no harm when it comes
twice, and takes only JSON. A call that waits already is not put in line again.
"""

import hashlib
import json
import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Generic, ParamSpec, overload

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from publication.models import Job, TaskResultStatus
from publication.models.jobs import JobQuerySet

__all__ = ["Task", "TaskError", "TaskResult", "TaskResultDoesNotExist", "TaskResultStatus", "task"]

P = ParamSpec("P")
log = logging.getLogger(__name__)

# A task is shorter than this; who runs longer is taken for lost.
LEASE = timedelta(minutes=10)
# Tried again after half a minute, 2, 8 and 32 minutes, and 2 hours; then given up.
MAX_ATTEMPTS = 6
FIRST_PAUSE = timedelta(seconds=30)
KEPT = {
    TaskResultStatus.SUCCESSFUL: timedelta(days=7),
    TaskResultStatus.FAILED: timedelta(days=90),
}
LONGEST_ERROR = 8000
IMMEDIATE = "immediate"


class TaskResultDoesNotExist(LookupError):  # noqa: N818 (the name that Django gives it)
    """No call has this id, or it was done long ago."""


@dataclass(frozen=True)
class TaskError:
    exception_class_path: str
    traceback: str


@dataclass(frozen=True)
class TaskResult:
    """What became of a call, as of the last `refresh()`."""

    job: Job

    @property
    def id(self) -> str:
        return str(self.job.pk)

    @property
    def status(self) -> TaskResultStatus:
        return TaskResultStatus(self.job.status)

    @property
    def is_finished(self) -> bool:
        return self.status in KEPT

    @property
    def attempts(self) -> int:
        return self.job.attempts

    @property
    def errors(self) -> list[TaskError]:
        """The last one, if any."""
        job = self.job
        return [TaskError(job.last_error_class, job.last_error)] if job.last_error else []

    def refresh(self) -> None:
        self.job.refresh_from_db()


@dataclass(frozen=True)
class Task(Generic[P]):
    func: Callable[P, object]
    priority: int = 0
    run_after: datetime | None = None

    @property
    def module_path(self) -> str:
        return f"{self.func.__module__}.{self.func.__qualname__}"

    def using(self, *, priority: int | None = None, run_after: datetime | None = None) -> "Task[P]":
        """The same task, sooner than others or later. What is to run later needs a worker."""
        return replace(
            self,
            priority=self.priority if priority is None else priority,
            run_after=run_after or self.run_after,
        )

    def call(self, *args: P.args, **kwargs: P.kwargs) -> object:
        return self.func(*args, **kwargs)

    def enqueue(self, *args: P.args, **kwargs: P.kwargs) -> TaskResult:
        """Put the call in line. Raises TypeError or ValueError for arguments that are not JSON."""
        written = json.dumps([self.module_path, args, kwargs], sort_keys=True, allow_nan=False)
        job = Job(
            task=self.module_path,
            args=list(args),
            kwargs=kwargs,
            key=hashlib.sha256(written.encode()).hexdigest(),
            priority=self.priority,
            run_at=self.run_after or timezone.now(),
        )
        with transaction.atomic():
            waiting = in_line(job)
            if settings.PASSIM_TASKS == IMMEDIATE and waiting.run_at <= timezone.now():
                transaction.on_commit(partial(run_now, waiting.pk), robust=True)
        return TaskResult(waiting)

    def get_result(self, result_id: str) -> TaskResult:
        """Raises TaskResultDoesNotExist."""
        found = Job.objects.filter(pk=result_id, task=self.module_path).first()
        if found is None:
            raise TaskResultDoesNotExist(result_id)
        return TaskResult(found)


@overload
def task(function: Callable[P, object], /) -> Task[P]: ...
@overload
def task(*, priority: int = 0) -> Callable[[Callable[P, object]], Task[P]]: ...
def task(function: Any = None, /, *, priority: int = 0) -> Any:
    """Make a function of a module a task; a higher priority (-100 to 100) comes first."""
    if function is None:
        return partial(Task, priority=priority)
    return Task(function, priority=priority)


def in_line(job: Job) -> Job:
    """The row that waits for this call: this one, or the one that waits already.

    The row is locked until the caller's transaction ends: were it taken before that, it
    would be done without what the caller is about to commit.
    """
    try:
        return _in_line(job)
    except IntegrityError:
        # Another transaction put the same call in line, and a worker took it at once.
        return _in_line(job)


def _in_line(job: Job) -> Job:
    values = {name: getattr(job, name) for name in ("task", "args", "kwargs", "priority", "run_at")}
    waiting, is_new = Job.objects.select_for_update().get_or_create(
        key=job.key, status=TaskResultStatus.READY, defaults=values
    )
    if not is_new and job.run_at < waiting.run_at:
        waiting.run_at = job.run_at
        waiting.save(update_fields=["run_at"])
    return waiting


# --- Running ------------------------------------------------------------------------------


def run_now(job_id: int) -> None:
    """Immediate mode: this one call, in this process, and only once."""
    if job := take("immediate", Job.objects.filter(pk=job_id, status=TaskResultStatus.READY)):
        run(job, may_retry=False)
        prune()


def take(worker: str, jobs: JobQuerySet) -> Job | None:
    """The first of these jobs, leased to this worker: no other gets it before the lease ends."""
    with transaction.atomic():
        # SQLite knows no row locks and needs none: one transaction writes at a time.
        job = jobs.select_for_update(skip_locked=True).first()
        if job is None:
            return None
        if is_lost := job.attempts >= MAX_ATTEMPTS:
            _give_up_lost(job)
        else:
            _lease(job, worker)
    return take(worker, jobs) if is_lost else job


def _lease(job: Job, worker: str) -> None:
    job.status, job.worker = TaskResultStatus.RUNNING, worker
    job.attempts += 1
    job.started_at = timezone.now()
    job.leased_until = job.started_at + LEASE
    job.save()


def _give_up_lost(job: Job) -> None:
    log.error("Gave up %s: its worker was lost %d times.", job, job.attempts)
    job.status, job.finished_at = TaskResultStatus.FAILED, timezone.now()
    job.last_error = job.last_error or "Its worker was lost each time, and never said why."
    job.save()


def run(job: Job, *, may_retry: bool = True) -> None:
    """Run a job that was taken, and note what became of it. An error of the task is not raised."""
    try:
        _task_named(job.task).func(*job.args, **job.kwargs)
    except Exception as error:  # noqa: BLE001 (whatever it is: it is noted, and the worker lives)
        _failed(job, error, may_retry=may_retry)
    else:
        _note(job, status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now())


def _task_named(path: str) -> Task[...]:
    found = import_string(path)
    if not isinstance(found, Task):
        raise ImportError(f"{path} is not a task.")
    return found


def _failed(job: Job, error: Exception, *, may_retry: bool) -> None:
    now = timezone.now()
    told = {
        "last_error_class": f"{type(error).__module__}.{type(error).__qualname__}"[:200],
        "last_error": "".join(traceback.format_exception(error))[-LONGEST_ERROR:],
    }
    with transaction.atomic():
        # The same call, put in line since, is as good as another attempt.
        has_twin = Job.objects.filter(key=job.key, status=TaskResultStatus.READY).exists()
        if job.attempts < MAX_ATTEMPTS and may_retry and not has_twin:
            pause = FIRST_PAUSE * 4 ** (job.attempts - 1)
            log.warning("%s failed and is tried again in %s: %s", job, pause, error)
            _note(job, status=TaskResultStatus.READY, run_at=now + pause, **told)
        else:
            log.error("Gave up %s after %d attempts.", job, job.attempts, exc_info=error)
            _note(job, status=TaskResultStatus.FAILED, finished_at=now, **told)


def _note(job: Job, **changes: Any) -> None:
    """Unless the lease ended meanwhile, and the job is another worker's now."""
    mine = Job.objects.filter(
        pk=job.pk, status=TaskResultStatus.RUNNING, worker=job.worker, attempts=job.attempts
    )
    if not mine.update(leased_until=None, **changes):
        log.warning("%s took longer than its lease; what became of it is not noted.", job)


def prune() -> None:
    """Forget what was finished long ago."""
    for status, period in KEPT.items():
        Job.objects.finished(status, before=timezone.now() - period).delete()
