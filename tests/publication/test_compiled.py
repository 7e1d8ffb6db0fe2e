"""A compiled query gives what its queryset would give, whatever it is asked for and how often."""

from datetime import datetime, timedelta
from threading import Thread

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.db.models import Count, QuerySet

from publication.compiled import compiled, prefetched
from publication.models import Job

pytestmark = pytest.mark.django_db


@compiled
def due(at: datetime) -> QuerySet[Job]:
    return Job.objects.filter(run_at__lte=at).order_by("pk")


@compiled
def named(task: str) -> QuerySet[Job]:
    return Job.objects.filter(task=task).exclude(key="50%").order_by("pk")


@compiled
def among(jobs: tuple[int, ...], priority: int) -> QuerySet[Job]:
    return Job.objects.filter(pk__in=jobs, priority__gte=priority).order_by("pk")


def make_jobs(number: int) -> list[Job]:
    return [Job.objects.create(task=f"task {n}", key=f"key {n}", priority=n) for n in range(number)]


def test_gives_the_rows_of_its_queryset() -> None:
    jobs = make_jobs(3)
    [found] = named("task 1")
    assert found == jobs[1]
    assert (found.args, found.run_at, found.status) == ([], jobs[1].run_at, "READY")


def test_asks_for_what_is_given_each_time() -> None:
    jobs = make_jobs(2)
    assert [named("task 0"), named("task 1"), named("none"), named("task 0")] == [
        [jobs[0]],
        [jobs[1]],
        [],
        [jobs[0]],
    ]


def test_finds_what_was_written_since() -> None:
    assert named("task 0") == []
    [job] = make_jobs(1)
    assert named("task 0") == [job]
    Job.objects.update(worker="another")
    assert named("task 0")[0].worker == "another"


def test_makes_its_sql_once_for_each_shape() -> None:
    built = []

    @compiled
    def counted(jobs: tuple[int, ...]) -> QuerySet[Job]:
        built.append(jobs)
        return Job.objects.filter(pk__in=jobs)

    for pks in ((1,), (2,), (1, 2, 3), (4, 5, 6, 7), (8, 9, 10)):
        counted(pks)
    assert len(built) == 2


def test_knows_moments_to_the_microsecond() -> None:
    [job] = make_jobs(1)
    assert due(job.run_at) == [job]
    assert due(job.run_at - timedelta(microseconds=1)) == []


@pytest.mark.parametrize("number", range(1, 10))
def test_takes_collections_of_any_length(number: int) -> None:
    jobs = make_jobs(10)
    pks = tuple(job.pk for job in jobs)
    assert among(pks[:number], 0) == jobs[:number]
    assert among(pks[:number], 1) == jobs[1:number]


def test_signs_of_sql_are_text_wherever_they_stand() -> None:
    told = '100 %s %(p0)s \'; "?" ??'
    job = Job.objects.create(task=told, key="1")
    Job.objects.create(task=told, key="50%")
    assert named(told) == [job]


def test_gives_related_rows_and_what_is_annotated_or_deferred() -> None:
    @compiled
    def permitted(user: int) -> QuerySet[Permission]:
        permissions = Permission.objects.filter(user=user).select_related("content_type")
        return permissions.annotate(users=Count("user")).defer("name")

    user = User.objects.create(username="writer")
    user.user_permissions.add(Permission.objects.get(codename="change_post"))
    [found] = permitted(user.pk)
    assert found.get_deferred_fields() == {"name"}
    assert vars(found)["users"] == 1
    with connection.execute_wrapper(refused):
        assert found.content_type.app_label == "blog"


def test_gives_values_where_the_queryset_does() -> None:
    @compiled
    def keys(priority: int) -> QuerySet[Job, str]:
        return Job.objects.filter(priority=priority).values_list("key", flat=True)[:1]

    make_jobs(2)
    assert keys(1) == ["key 1"]


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_a_connection_of_its_own() -> None:
    jobs, found = make_jobs(4), {}

    def ask(number: int) -> None:
        found[number] = [named(f"task {number}") for _ in range(50)]
        connection.close()

    threads = [Thread(target=ask, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: [[jobs[number]]] * 50 for number in range(4)}


def test_what_was_asked_for_otherwise_is_not_asked_for_again() -> None:
    user, group = User.objects.create(username="writer"), Group.objects.create(name="Writers")
    user.groups.add(group)
    prefetched(user, groups=[group])
    with connection.execute_wrapper(refused):
        assert list(user.groups.all()) == [group]


def test_what_is_narrowed_afterwards_is_of_the_same_row() -> None:
    user, group = User.objects.create(username="writer"), Group.objects.create(name="Writers")
    prefetched(user, groups=[])
    assert not user.groups.filter(pk=group.pk)


def refused(*asked: object) -> None:
    raise AssertionError("It asks the database.")
