"""Ten years of somebody else's blog: the import that everything else is tried on.

The folder is imported once for this module, and exported and imported again once.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import frontmatter
import pytest
import yaml
from django.core.management import call_command
from pytest_django.plugin import DjangoDbBlocker

from blog.importing.report import Finding, Report
from blog.models import Citation, CrossReference, OldAddress, Picture, Post
from sources.models import Outlet, Source
from tests.blog.exporting.rows import Site, everything
from tests.blog.importing.folders import load
from tests.conftest import put_back, rows_of_migrations

pytestmark = pytest.mark.django_db

HOST = "18f.gsa.gov"
# An address of a post anywhere in the source of a text, however it is wrapped.
DATED = re.compile(
    r"(?:https?://(?:www\.)?18f\.gsa\.gov)?/(20\d\d)/(\d\d)/(\d\d)/([^/\s\"'#)>|}]+)"
)


@pytest.fixture(scope="module")
def folder(shared_folder: Path) -> Path:
    found = shared_folder / "samples" / "18f-blog"
    if not found.is_dir():
        pytest.skip("the folder ../shared with the samples is not here")
    return found


@pytest.fixture(scope="module")
def report(
    folder: Path,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    request: pytest.FixtureRequest,
) -> Iterator[Report]:
    """The import, as every test of this module finds it.

    Not in a transaction around them all: PostgreSQL would take minutes to check, after each, what
    all rows of it refer to.
    """
    with django_db_blocker.unblock():
        yield load(folder, f"https://{HOST}")
        # As Django ends a test: rows are numbered on, past those that are put back.
        options = {"interactive": False, "inhibit_post_migrate": True, "reset_sequences": False}
        call_command("flush", verbosity=0, **options)
    put_back(*request.config.stash[rows_of_migrations])


@pytest.fixture(scope="module")
def imported(report: Report, django_db_blocker: DjangoDbBlocker) -> Site:
    with django_db_blocker.unblock():
        return everything()


def files(folder: Path) -> list[Path]:
    return sorted((folder / "posts").glob("*.md"))


def addresses_of(path: Path) -> set[tuple[str, str]]:
    """Day and slug of a file, by its name, its front matter's date and its permalink."""
    year, month, day, slug = path.stem.split("-", 3)
    found = {(f"{year}-{month}-{int(day):02}", slug.lower())}
    try:
        matter = frontmatter.load(str(path)).metadata
    except yaml.YAMLError:
        return found
    found.add((str(matter.get("date", ""))[:10], slug.lower()))
    former = matter.get("redirect_from") or []
    for address in [matter.get("permalink"), *(former if isinstance(former, list) else [former])]:
        if address and (match := DATED.search(address)):
            found.add((f"{match[1]}-{match[2]}-{match[3]}", match[4].lower()))
    return found


def links_among(folder: Path) -> dict[tuple[str, str], set[str]]:
    """For each pair of files the addresses by which one links to the other, found by ourselves."""
    known = {address: path.name for path in files(folder) for address in addresses_of(path)}
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for path in files(folder):
        body = path.read_text().split("---\n", 2)[-1]
        for match in DATED.finditer(body):
            before = body[max(0, match.start() - 1) : match.start()]
            target = known.get((f"{match[1]}-{match[2]}-{match[3]}", match[4].lower().rstrip(".")))
            if target and target != path.name and before in tuple("\"'( <\n"):
                found[path.name, target].add(match[0])
    return found


def name_of(post: Post) -> str:
    return post.import_key.rpartition("/")[2]


def test_every_file_is_a_post_or_is_named_with_its_reason(folder: Path, report: Report) -> None:
    named = {f.file for f in report.findings if f.kind in (Finding.REFUSED, Finding.LEFT_OUT)}
    posts = set(Post.objects.values_list("import_key", flat=True))
    there = {f"posts/{path.name}" for path in (folder / "posts").iterdir()}
    assert there == posts | named
    assert len(posts) == 504


def test_every_link_to_another_post_is_a_cross_reference_or_in_the_report(
    folder: Path, report: Report
) -> None:
    rows = CrossReference.objects.filter(target__isnull=False).select_related("post", "target")
    made = {(name_of(row.post), name_of(row.target)) for row in rows if row.target}
    reported = {(f.file.rpartition("/")[2], f.what) for f in report.of(Finding.UNRESOLVED)}
    wanted = links_among(folder)
    lost = {
        (pair, address)
        for pair, addresses in wanted.items()
        for address in addresses
        if pair not in made and not any(n == pair[0] and address in w for n, w in reported)
    }
    assert lost == set()
    assert len(wanted) > 400


def test_what_leads_nowhere_is_no_post_of_the_folder(folder: Path, report: Report) -> None:
    known = {address for path in files(folder) for address in addresses_of(path)}
    for found in report.of(Finding.UNRESOLVED):
        match = DATED.search(found.what)
        assert match is not None
        assert (f"{match[1]}-{match[2]}-{match[3]}", match[4].lower()) not in known


def test_the_figures_are_those_of_the_folder(report: Report) -> None:
    assert report.counts["made"] == 504
    assert report.counts["references resolved"] > 550
    assert len(report.of(Finding.UNRESOLVED)) < 12
    assert Source.objects.count() > 2000
    assert Outlet.objects.count() > 500
    assert len(report.of(Finding.PICTURE_MISSING)) > 1000
    assert not Picture.objects.exists()


def test_no_address_of_the_old_blog_became_a_source(report: Report) -> None:
    assert not Citation.objects.filter(written__contains=f"//{HOST}/").exists()


def test_slugs_keep_their_dots_underscores_and_capitals(report: Report) -> None:
    kept = {"analytics.usa.gov-agency-specific-dashboards", "We-Are-Hiring", "the_weekly_ship"}
    assert kept <= set(Post.objects.values_list("slug", flat=True))
    same = Post.objects.filter(slug__startswith="andrew-hyder-award").chronological()
    assert [post.slug[18:] for post in same] == ["", "-2", "-3"]


def test_every_path_of_the_old_blog_leads_to_its_post(folder: Path, report: Report) -> None:
    old = {row.path.lower(): row.post for row in OldAddress.objects.select_related("post")}
    present = {post.path.lower(): post for post in Post.objects.all()}
    for path in files(folder):
        for day, slug in addresses_of(path):
            if day:
                address = f"/{day.replace('-', '/')}/{slug}/"
                assert name_of((present | old)[address]) == path.name


def test_no_template_of_theirs_is_left_but_for_code(report: Report) -> None:
    assert report.of(Finding.TEMPLATE) == []


def test_the_file_with_tabs_behind_its_author_is_read(report: Report) -> None:
    post = Post.objects.get(slug__startswith="content-debt-what-it-is")
    assert [byline.author.name for byline in post.bylines.all()] == ["melody"]


def test_the_index_is_what_the_texts_say(report: Report) -> None:
    call_command("check_references")


def test_a_second_run_changes_nothing(folder: Path, imported: Site) -> None:
    stamps = dict(Post.objects.values_list("pk", "edited_at"))
    again = load(folder, f"https://{HOST}")
    assert again.counts["unchanged"] == 504
    assert everything() == imported
    assert dict(Post.objects.values_list("pk", "edited_at")) == stamps
