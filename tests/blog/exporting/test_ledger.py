"""The ledger leaves with an export and comes back with it, with every moment of its entry."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import frontmatter
import pytest
from django.core.management import call_command

from blog.importing.report import Finding
from blog.models import Assumption, ClaimMention, Handling, Post, Story
from sources.models import Claim, Origin, Report, Ruling, StandingChange
from sources.recording import lift, strike, tell_apart
from tests.blog.exporting.rows import differences, emptied, everything
from tests.blog.importing.folders import load
from tests.factories import (
    PUBLISHED_AT,
    make_assumption,
    make_claim,
    make_draft,
    make_origin,
    make_outlet,
    make_post,
    make_publication,
    make_report,
    make_ruling,
    make_source,
    make_story,
)

pytestmark = pytest.mark.django_db

LATER = datetime(2024, 11, 20, 9, 30, 15, 123456, tzinfo=UTC)


def export(folder: Path) -> Path:
    call_command("export_markdown", str(folder), verbosity=0)
    return folder


def come_back(folder: Path) -> None:
    """Out of this site and into an empty one."""
    export(folder)
    emptied()
    load(folder)


@pytest.fixture
def claim() -> Claim:
    """With all that a ledger can hold; a post assumes it, and assumed it in other words."""
    make_publication()
    outlet, source = make_outlet("Газета", slug="gazeta"), make_source("doe2024")
    claim = make_claim("Солдати на боці Росії.", note="N", would_confirm="W")
    claim.statement, claim.slug = "Солдати вже на боці Росії.", "soldiers"
    claim.save()
    # The body is entered after who speaks for it.
    unnamed = make_origin("двоє посадовців", is_named=False, told_to=outlet, note="Хто?")
    unnamed.body = make_origin("Міністерство")
    unnamed.save()
    first = make_report(
        claim,
        by=unnamed,
        on="2024-11-05",
        said_words="early November",
        source=source,
        relayed_through="Yonhap",
        attribution="unnamed_official",
        anonymity_reason="“not allowed”",
        quotation="Так.",
        note="N",
        recorded_at=LATER,
    )
    make_report(claim, "repeats", by=unnamed, on="2024-11-06", repeats=first)
    make_report(claim, "denies", by="Мінськ", on="2024-11-07")
    make_report(claim, "confirms", by="Міністерство", on="2024-11-08", has_authority=True)
    strike(make_report(claim, "corroborates", by="Nobody", on="2024-11-09"), "A slip.", None)
    lift(make_ruling(claim, "refuted", reason="It was."), "It was not.", None)
    make_ruling(claim, "unresolved", on="2024-11-21")
    tell_apart(unnamed, "They were in other rooms.", None)
    post = make_post("On it", body="We speak of [[claim::soldiers|soldiers]].", slug="on-it")
    make_assumption(post, claim, "that it’s so: “yes”", dropped_at=LATER)
    make_assumption(post, claim, position=1, made_at=LATER)
    Handling.objects.create(post=post, claim=claim, until=LATER, what="noted", note="N", at=LATER)
    make_story("War").claims.add(claim)
    return claim


@pytest.mark.usefixtures("claim")
def test_a_ledger_comes_back_as_it_was(tmp_path: Path) -> None:
    before = everything()
    come_back(tmp_path)
    assert differences(before, everything()) == []
    assert Report.objects.count() == 5
    assert Ruling.objects.filter(lifted_at__isnull=False).count() == 1


@pytest.mark.usefixtures("claim")
def test_changes_that_were_announced_are_announced_at_the_same_moments(tmp_path: Path) -> None:
    before = list(StandingChange.objects.values_list("at", "was", "standing", "because"))
    come_back(tmp_path)
    assert list(StandingChange.objects.values_list("at", "was", "standing", "because")) == before
    assert before


@pytest.mark.usefixtures("claim")
def test_lines_keep_the_order_of_their_entry_and_what_they_repeat(tmp_path: Path) -> None:
    before = list(Report.objects.order_by("pk").values_list("stance", flat=True))
    come_back(tmp_path)
    rows = list(Report.objects.order_by("pk"))
    assert [row.stance for row in rows] == before
    assert [row.repeats for row in rows] == [None, rows[0], None, None, None]


@pytest.mark.usefixtures("claim")
def test_assumptions_stand_in_front_matter_in_the_authors_words(tmp_path: Path) -> None:
    read = frontmatter.load(str(export(tmp_path) / "posts" / "2024-11-18-on-it.md"))
    assumes: Any = read["assumes"]
    dropped, standing = assumes
    assert dropped["words"] == "that it’s so: “yes”"
    assert (dropped["claim"], standing["claim"]) == ("soldiers", "soldiers")
    assert "dropped_at" in dropped
    assert standing.keys() == {"claim", "made_at"}


def test_assumptions_keep_their_order(tmp_path: Path) -> None:
    make_publication()
    post = make_post()
    for position, slug in enumerate(("b", "a", "c")):
        make_assumption(post, make_claim(slug=slug), position=position)
    come_back(tmp_path)
    assert [row.claim.slug for row in Post.objects.get().assumptions.all()] == ["b", "a", "c"]


@pytest.mark.usefixtures("claim")
def test_a_story_has_its_claims_again_and_a_text_its_mentions(tmp_path: Path) -> None:
    come_back(tmp_path)
    claim = Claim.objects.get()
    assert list(Story.objects.get().claims.all()) == [claim]
    assert [row.claim for row in ClaimMention.objects.all()] == [claim]


@pytest.mark.usefixtures("claim")
def test_twice_the_same_import_changes_nothing(tmp_path: Path) -> None:
    come_back(tmp_path)
    before = everything()
    report = load(tmp_path)
    assert everything() == before
    assert report.findings == []


def test_an_import_leaves_a_ledger_that_is_here_as_it_is(claim: Claim, tmp_path: Path) -> None:
    export(tmp_path)
    make_report(claim, "denies", by="Another", on="2024-11-22")
    Origin.objects.filter(name="Міністерство").update(note="Better known.")
    Story.objects.get().claims.clear()
    Assumption.objects.all().delete()
    before = everything()
    load(tmp_path)
    assert everything() == before


def test_an_origin_that_is_here_under_another_slug_is_the_same(tmp_path: Path) -> None:
    make_publication()
    make_report(make_claim(), by=make_origin("White House", slug="white-house"))
    export(tmp_path)
    emptied()
    there = make_origin("white  house", slug="wh")
    load(tmp_path)
    assert Report.objects.get().origin == there
    assert Origin.objects.count() == 1


def test_a_text_that_waited_for_a_claim_finds_it(tmp_path: Path) -> None:
    make_publication()
    claim = make_claim(slug="soldiers")
    export(tmp_path)
    claim.delete()
    make_post(body="[[claim::soldiers|w]]")
    load(tmp_path)
    assert ClaimMention.objects.get().claim == Claim.objects.get()


@pytest.mark.usefixtures("claim")
def test_a_dry_run_leaves_nothing_of_a_ledger(tmp_path: Path) -> None:
    export(tmp_path)
    emptied()
    report = load(tmp_path, is_dry_run=True)
    assert (report.counts["claims"], report.counts["origins"]) == (1, 4)
    assert not Claim.objects.exists()
    assert not Origin.objects.exists()


def test_a_claim_that_only_a_draft_uses_comes_along(tmp_path: Path) -> None:
    make_publication()
    make_assumption(make_draft("Draft"), make_claim(slug="secret"))
    come_back(tmp_path)
    assert Assumption.objects.get().claim.slug == "secret"


Spoil = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda claim: claim.update(uid="x"), "UUID"),
        (lambda claim: claim.update(statement=7), "statement is not a text"),
        (lambda claim: claim.update(reports="none"), "not a list of objects"),
        (lambda claim: claim["reports"][0].update(origin="stranger"), "no origin “stranger”"),
        (lambda claim: claim["reports"][0].update(source="lost2024"), "no source “lost2024”"),
        (lambda claim: claim["reports"][0].update(stance="shouts"), "shouts"),
        (lambda claim: claim["reports"][0].update(said_from="soon"), "“soon” is not a day"),
        (lambda claim: claim["reports"][0].update(said_from="2024-12-31"), "begin"),
        (lambda claim: claim["reports"][0].update(recorded_at="soon"), "not a moment"),
        (lambda claim: claim["reports"][1].update(repeats=9), "no line 9 before it"),
        (lambda claim: claim["rulings"][0].update(standing="reported"), "reported"),
    ],
)
@pytest.mark.usefixtures("claim")
def test_a_broken_line_keeps_its_whole_claim_out_and_is_named(
    tmp_path: Path, spoil: Spoil, reason: str
) -> None:
    path = export(tmp_path) / "claims.json"
    data = json.loads(path.read_text())
    spoil(data[0])
    path.write_text(json.dumps(data))
    emptied()
    report = load(tmp_path)
    assert not Claim.objects.exists()
    assert not Report.objects.exists()
    refused = report.of(Finding.REFUSED)
    assert str(refused[0]).startswith("claims.json")
    assert reason in refused[0].what
    # What named the claim is told, and the post is here all the same.
    assert [found.file for found in refused[1:]] == ["posts/2024-11-18-on-it.md"] * 2 + [
        "handlings.json"
    ]
    assert Post.objects.get().headline == "On it"


@pytest.mark.parametrize(
    "assumes",
    [
        "assumes: soon",
        "assumes: [soldiers]",
        "assumes: [{claim: nowhere}]",
        "assumes: [{claim: [a]}]",
        "assumes: [{claim: soldiers, made_at: soon}]",
        "assumes: [{claim: soldiers, words: [a]}]",
    ],
)
def test_an_assumption_that_cannot_be_does_not_stop_its_post(tmp_path: Path, assumes: str) -> None:
    make_publication()
    make_claim(slug="soldiers")
    front = f"title: A\nslug: a\ndate: 2024-11-18\n{assumes}"
    (tmp_path / "posts").mkdir()
    (tmp_path / "publication.json").write_text("{}")
    (tmp_path / "posts" / "a.md").write_text(f"---\n{front}\n---\n\nB\n")
    load(tmp_path)
    assert Post.objects.get().headline == "A"
    assert not Assumption.objects.exists()


def test_an_assumption_without_a_moment_was_made_with_its_post(tmp_path: Path) -> None:
    make_publication()
    make_claim(slug="soldiers")
    make_assumption(make_post("A", slug="a"), Claim.objects.get(), "so")
    path = export(tmp_path) / "posts" / "2024-11-18-a.md"
    text = path.read_text()
    lines = [line for line in text.splitlines(keepends=True) if "made_at" not in line]
    path.write_text("".join(lines))
    emptied()
    load(tmp_path)
    assert Assumption.objects.get().made_at == PUBLISHED_AT
