"""Calls of tasks: put in line with their transaction, done once, tried again, told."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from publication import tasks
from publication.models import Job
from publication.tasks import TaskResultDoesNotExist, TaskResultStatus
from publication.worker import Worker
from tests.factories import make_user
from tests.publication import jobs

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_calls_yet() -> Iterator[None]:
    jobs.calls.clear()
    yield
    jobs.calls.clear()


@pytest.fixture
def by_worker(settings: Settings) -> Worker:
    settings.PASSIM_TASKS = "worker"
    return Worker(name="w")


class TestImmediately:
    """As in development: after the commit, in the same process."""

    def test_a_task_is_done_after_the_commit_and_not_before(
        self, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            result = jobs.note.enqueue("a")
            assert jobs.calls == []
            assert result.status is TaskResultStatus.READY
        result.refresh()
        assert jobs.calls == ["a"]
        assert (result.status, result.is_finished) == (TaskResultStatus.SUCCESSFUL, True)

    @pytest.mark.django_db(transaction=True)
    def test_without_a_transaction_it_is_done_at_once(self) -> None:
        jobs.note.enqueue("a")
        assert jobs.calls == ["a"]

    @pytest.mark.django_db(transaction=True)
    def test_a_transaction_that_is_undone_takes_the_call_with_it(self) -> None:
        with transaction.atomic():
            jobs.note.enqueue("a")
            transaction.set_rollback(True)
        assert jobs.calls == []
        assert not Job.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_an_error_is_noted_and_does_not_reach_the_caller(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        result = jobs.fail.enqueue("no luck")
        result.refresh()
        assert (result.status, result.attempts) == (TaskResultStatus.FAILED, 1)
        assert result.errors[0].exception_class_path == "builtins.ValueError"
        assert "ValueError: no luck" in result.errors[0].traceback
        assert "Gave up" in caplog.text

    @pytest.mark.django_db(transaction=True)
    def test_what_is_for_later_waits_for_a_worker(self) -> None:
        result = jobs.note.using(run_after=timezone.now() + timedelta(days=1)).enqueue("a")
        assert jobs.calls == []
        assert result.status is TaskResultStatus.READY

    @pytest.mark.django_db(transaction=True)
    def test_a_call_whose_process_was_killed_does_not_keep_the_next_one_waiting(self) -> None:
        first = jobs.note.enqueue("a")
        Job.objects.update(status=TaskResultStatus.RUNNING)
        jobs.note.enqueue("a")
        assert jobs.calls == ["a", "a"]
        assert Job.objects.exclude(pk=first.id).get().status == TaskResultStatus.SUCCESSFUL


class TestInLine:
    def test_a_worker_does_what_waits(self, by_worker: Worker) -> None:
        result = jobs.note.enqueue({"deep": [1, None, "ї"]})
        by_worker.run_until_idle()
        result.refresh()
        assert jobs.calls == [{"deep": [1, None, "ї"]}]
        assert (result.status, result.attempts) == (TaskResultStatus.SUCCESSFUL, 1)

    def test_the_same_call_waits_once(self, by_worker: Worker) -> None:
        results = [jobs.note.enqueue("a"), jobs.note.enqueue("a"), jobs.note.enqueue("b")]
        assert results[0].id == results[1].id != results[2].id
        by_worker.run_until_idle()
        assert jobs.calls == ["a", "b"]

    def test_a_call_that_is_done_may_be_made_again(self, by_worker: Worker) -> None:
        for _ in range(2):
            jobs.note.enqueue("a")
            by_worker.run_until_idle()
        assert jobs.calls == ["a", "a"]

    def test_a_call_made_while_it_runs_is_done_after_that_and_not_beside_it(
        self, by_worker: Worker
    ) -> None:
        """Else what the second caller changed might be missed, or written twice at once."""
        jobs.note.enqueue("a")
        first = tasks.take("other", Job.objects.takeable(timezone.now()))
        assert first is not None
        jobs.note.enqueue("a")
        by_worker.run_until_idle()
        assert jobs.calls == []
        tasks.run(first)
        by_worker.run_until_idle()
        assert jobs.calls == ["a", "a"]

    def test_asking_sooner_brings_a_waiting_call_forward(self, by_worker: Worker) -> None:
        jobs.note.using(run_after=timezone.now() + timedelta(days=1)).enqueue("a")
        jobs.note.enqueue("a")
        by_worker.run_until_idle()
        assert jobs.calls == ["a"]

    def test_a_call_for_later_waits_until_then(self, by_worker: Worker) -> None:
        with time_machine.travel(NOW, tick=False) as clock:
            jobs.note.using(run_after=NOW + timedelta(hours=1)).enqueue("a")
            by_worker.run_until_idle()
            assert jobs.calls == []
            clock.shift(timedelta(hours=1))
            by_worker.run_until_idle()
        assert jobs.calls == ["a"]

    def test_a_higher_priority_comes_first_and_else_who_came_first(self, by_worker: Worker) -> None:
        for call in (jobs.note, jobs.note.using(priority=-5), jobs.note_soon):
            call.enqueue(f"{call.priority} first")
            call.enqueue(f"{call.priority} second")
        by_worker.run_until_idle()
        assert jobs.calls == [f"{p} {n}" for p in (10, 0, -5) for n in ("first", "second")]

    @pytest.mark.parametrize("what", [object(), {1, 2}, NOW, float("nan")])
    def test_what_is_not_json_is_refused_at_the_call(self, what: object) -> None:
        with pytest.raises((TypeError, ValueError)):
            jobs.note.enqueue(what)
        assert not Job.objects.exists()

    def test_results_are_found_by_id_and_by_their_own_task(self, by_worker: Worker) -> None:
        result = jobs.note.enqueue("a")
        assert jobs.note.get_result(result.id).status is TaskResultStatus.READY
        for task, known in ((jobs.fail, result.id), (jobs.note, "999999")):
            with pytest.raises(TaskResultDoesNotExist):
                task.get_result(known)

    def test_a_task_can_be_called_like_the_function_that_it_is(self) -> None:
        jobs.note.call("a")
        assert jobs.calls == ["a"]


class TestFailing:
    def test_it_is_tried_again_later_each_time_and_then_given_up(self, by_worker: Worker) -> None:
        pauses = []
        with time_machine.travel(NOW, tick=False) as clock:
            result = jobs.fail.enqueue("no luck")
            while not result.is_finished:
                by_worker.run_until_idle()
                result.refresh()
                pauses.append((result.job.run_at - timezone.now()).total_seconds())
                clock.move_to(max(result.job.run_at, timezone.now()))
        assert pauses[:-1] == [30, 120, 480, 1920, 7680]
        assert result.status is TaskResultStatus.FAILED
        assert len(jobs.calls) == result.attempts == tasks.MAX_ATTEMPTS

    def test_each_failure_is_told_with_its_error(
        self, by_worker: Worker, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.WARNING):
            result = jobs.fail.enqueue("no luck")
            by_worker.run_until_idle()
        assert "is tried again in 0:00:30: no luck" in caplog.text
        result.refresh()
        assert "ValueError: no luck" in result.errors[0].traceback

    def test_others_are_done_meanwhile(self, by_worker: Worker) -> None:
        jobs.fail.enqueue("no luck")
        jobs.note.enqueue("a")
        by_worker.run_until_idle()
        assert jobs.calls == ["no luck", "a"]

    def test_the_same_call_put_in_line_since_takes_the_place_of_another_attempt(
        self, by_worker: Worker
    ) -> None:
        jobs.fail.enqueue("no luck")
        first = tasks.take("other", Job.objects.takeable(timezone.now()))
        assert first is not None
        second = jobs.fail.enqueue("no luck")
        tasks.run(first)
        first.refresh_from_db()
        assert first.status == TaskResultStatus.FAILED
        assert second.id != str(first.pk)
        by_worker.run_until_idle()
        second.refresh()
        assert second.attempts == 1

    @pytest.mark.parametrize(
        "name",
        [
            "nowhere.at_all",
            "nothing",
            "tests.publication.jobs.gone",
            "tests.publication.jobs.no_task",
        ],
    )
    def test_a_name_that_is_no_task_fails_like_any_and_the_worker_goes_on(
        self, name: str, by_worker: Worker
    ) -> None:
        """A newer server may ask for what this worker does not know yet: so it is tried again."""
        Job.objects.create(task=name, key="k")
        jobs.note.enqueue("a")
        by_worker.run_until_idle()
        strange = Job.objects.get(task=name)
        assert (strange.status, strange.attempts) == (TaskResultStatus.READY, 1)
        assert strange.last_error_class == "builtins.ImportError" or "Module" in strange.last_error
        assert jobs.calls == ["a"]

    @pytest.mark.django_db(transaction=True)
    def test_an_error_of_the_database_is_noted_like_any(self, by_worker: Worker) -> None:
        result = jobs.break_the_query.enqueue()
        by_worker.run_until_idle()
        result.refresh()
        assert result.status is TaskResultStatus.READY
        assert "nowhere" in result.errors[0].traceback


class TestLostWorkers:
    def test_a_job_is_leased_to_one_worker(self, by_worker: Worker) -> None:
        jobs.note.enqueue("a")
        assert tasks.take("one", Job.objects.takeable(timezone.now()))
        assert tasks.take("two", Job.objects.takeable(timezone.now())) is None

    def test_what_a_lost_worker_left_is_done_when_its_lease_ends(self, by_worker: Worker) -> None:
        with time_machine.travel(NOW, tick=False) as clock:
            result = jobs.note.enqueue("a")
            tasks.take("lost", Job.objects.takeable(timezone.now()))
            clock.shift(tasks.LEASE)
            by_worker.run_until_idle()
            assert jobs.calls == []
            clock.shift(timedelta(seconds=1))
            by_worker.run_until_idle()
        result.refresh()
        assert jobs.calls == ["a"]
        assert (result.status, result.attempts) == (TaskResultStatus.SUCCESSFUL, 2)

    def test_who_comes_back_too_late_changes_nothing(
        self, by_worker: Worker, caplog: pytest.LogCaptureFixture
    ) -> None:
        with time_machine.travel(NOW, tick=False) as clock:
            result = jobs.fail.enqueue("no luck")
            late = tasks.take("late", Job.objects.takeable(timezone.now()))
            assert late is not None
            clock.shift(tasks.LEASE + timedelta(seconds=1))
            tasks.take("next", Job.objects.takeable(timezone.now()))
            tasks.run(late)
        result.refresh()
        assert (result.status, result.job.worker) == (TaskResultStatus.RUNNING, "next")
        assert "longer than its lease" in caplog.text

    def test_a_job_that_loses_every_worker_is_given_up(self, by_worker: Worker) -> None:
        """One that takes all memory would otherwise kill workers for ever."""
        result = jobs.note.enqueue("a")
        Job.objects.update(
            status=TaskResultStatus.RUNNING,
            attempts=tasks.MAX_ATTEMPTS,
            leased_until=timezone.now() - timedelta(seconds=1),
        )
        by_worker.run_until_idle()
        result.refresh()
        assert jobs.calls == []
        assert result.status is TaskResultStatus.FAILED
        assert "lost" in result.errors[0].traceback


class TestKeepingHouse:
    def test_what_was_finished_long_ago_is_forgotten(self, by_worker: Worker) -> None:
        days = {TaskResultStatus.SUCCESSFUL: (6, 8), TaskResultStatus.FAILED: (89, 91)}
        for status, ages in days.items():
            for age in ages:
                Job.objects.create(
                    task=f"{status} {age}",
                    key=f"{status} {age}",
                    status=status,
                    finished_at=timezone.now() - timedelta(days=age),
                )
        Job.objects.create(task="t", run_at=timezone.now() + timedelta(days=400), key="k")
        by_worker.step()
        kept = set(Job.objects.values_list("task", flat=True))
        assert kept == {"SUCCESSFUL 6", "FAILED 89", "t"}

    def test_looking_for_work_writes_nothing(self, by_worker: Worker) -> None:
        by_worker.step()
        with CaptureQueriesContext(connection) as asked:
            by_worker.step()
        assert len(asked) == 1


class TestAtTheDesk:
    @pytest.fixture
    def client(self) -> Client:
        client = Client()
        client.force_login(make_user("editor", is_superuser=True))
        return client

    def test_failures_are_seen_with_their_errors(self, client: Client, by_worker: Worker) -> None:
        result = jobs.fail.enqueue("no <b>luck</b>")
        by_worker.run_until_idle()
        listed = client.get(reverse("admin:publication_job_changelist")).content.decode()
        assert "ValueError: no &lt;b&gt;luck&lt;/b&gt;" in listed
        url = reverse("admin:publication_job_change", args=[result.id])
        assert "Traceback" in client.get(url).content.decode()

    def test_nobody_changes_or_deletes_a_job_there(self, client: Client, by_worker: Worker) -> None:
        result = jobs.note.enqueue("a")
        for page in ("change", "delete"):
            url = reverse(f"admin:publication_job_{page}", args=[result.id])
            assert client.post(url, {"post": "yes"}).status_code == 403
        assert client.get(reverse("admin:publication_job_add")).status_code == 403
        assert Job.objects.get().status == TaskResultStatus.READY

    @pytest.mark.parametrize("role", ["contributor", "author", "editor"])
    def test_the_roles_of_the_desk_see_no_jobs(self, role: str) -> None:
        """An error may quote what somebody else writes."""
        client = Client()
        client.force_login(make_user(role))  # type: ignore[arg-type]
        assert client.get(reverse("admin:publication_job_changelist")).status_code == 403
