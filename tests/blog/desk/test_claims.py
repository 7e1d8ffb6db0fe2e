"""Claims at the desk: who may do what with a ledger, and the posts that rest on it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client
from django.urls import reverse

from blog.models import ClaimMention, Handled, Handling, Post
from blog.roles import may_report
from sources.models import Claim, Origin, Report, Ruling
from tests.blog.desk.conftest import LogIn
from tests.factories import (
    Role,
    make_assumption,
    make_claim,
    make_draft,
    make_origin,
    make_post,
    make_report,
    make_ruling,
    make_scheduled,
    make_source,
    make_user,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db

WHO = ("nobody", "staff", "contributor", "author", "editor")


class Case:
    """A claim on which a published post rests, with a report, a ruling and an unnamed origin."""

    def __init__(self) -> None:
        self.claim = make_claim("Soldiers are there.", slug="soldiers")
        self.origin = make_origin("unnamed officials", is_named=False)
        self.report = make_report(self.claim, by=self.origin)
        self.ruling = make_ruling(self.claim, "refuted")
        make_assumption(make_post("Public"), self.claim)

    def state(self) -> tuple[Any, ...]:
        models = (Claim, Origin, Report, Ruling)
        return tuple(sorted(map(repr, model._default_manager.values_list())) for model in models)


Ask = Callable[[Client, Case], Any]


def add(client: Client, case: Case) -> Any:
    sent = {"claim": case.claim.pk, "origin": case.origin.pk, "stance": "reports"}
    return client.post(reverse("admin:sources_report_add"), sent | {"said_from": "2024-11-18"})


def rule(client: Client, case: Case) -> Any:
    sent = {"claim": case.claim.pk, "standing": "confirmed", "reason": "x"}
    return client.post(reverse("admin:sources_ruling_add"), sent | {"ruled_on": "2024-11-18"})


def act(name: str, row: str, **sent: Any) -> Ask:
    def ask(client: Client, case: Case) -> Any:
        at = reverse(f"admin:sources_{name}", args=[getattr(case, row).pk])
        return client.post(at, sent)

    return ask


# What is done to a ledger that readers see, and who may.
ACTS: dict[str, tuple[Ask, set[str]]] = {
    "add a report": (add, {"author", "editor"}),
    "complete a report": (act("report_change", "report", note="x"), {"author", "editor"}),
    "strike": (act("report_strike", "report", because="x"), {"author", "editor"}),
    "reword": (
        act("claim_change", "claim", statement="Others are.", slug="soldiers"),
        {"author", "editor"},
    ),
    "rule": (rule, {"editor"}),
    "lift": (act("ruling_lift", "ruling", because="x"), {"editor"}),
    "tell apart": (act("origin_apart", "origin", because="x"), {"editor"}),
    "delete a report": (act("report_delete", "report", post="yes"), set()),
    "delete a ruling": (act("ruling_delete", "ruling", post="yes"), set()),
    "delete the claim": (act("claim_delete", "claim", post="yes"), set()),
    "delete the origin": (act("origin_delete", "origin", post="yes"), set()),
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", ACTS)
def test_who_does_what_to_a_ledger_that_readers_see(
    name: str, who: str, request: pytest.FixtureRequest, log_in: LogIn
) -> None:
    case = Case()
    client = Client() if who == "nobody" else log_in(request.getfixturevalue(who))
    ask, allowed = ACTS[name]
    before = case.state()
    response = ask(client, case)
    assert response.status_code < 500
    assert (case.state() != before) == (who in allowed)


@pytest.mark.parametrize("who", ["contributor", "author", "editor"])
def test_the_screen_offers_what_may_be_done_and_nothing_else(
    who: str, request: pytest.FixtureRequest, log_in: LogIn
) -> None:
    case, client = Case(), log_in(request.getfixturevalue(who))
    page = client.get(reverse("admin:sources_claim_change", args=[case.claim.pk]))
    html = page.content.decode()
    assert ("Add a report" in html) == (who != "contributor")
    assert ("Strike this line" in html) == (who != "contributor")
    assert ("Rule on it" in html) == (who == "editor")
    assert ("Lift this ruling" in html) == (who == "editor")


class TestWhoMayReport:
    def test_a_contributor_prepares_what_rests_on_nothing(self, contributor: User) -> None:
        assert may_report(contributor, make_claim())

    def test_a_contributor_prepares_what_only_drafts_of_their_own_rest_on(
        self, contributor: User, log_in: LogIn
    ) -> None:
        case = make_claim("Mine.", slug="mine")
        make_assumption(make_draft(created_by=contributor), case)
        make_draft(body="[[claim::mine|Words]]", created_by=contributor)
        assert may_report(contributor, case)
        sent = {"claim": case.pk, "origin": make_origin().pk, "stance": "reports"}
        at = reverse("admin:sources_report_add")
        log_in(contributor).post(at, sent | {"said_from": "2024-11-18"})
        assert case.reports.get().recorded_by == contributor

    @pytest.mark.parametrize("make", [make_post, make_scheduled, make_withdrawn])
    def test_not_once_a_post_of_theirs_goes_out(
        self, make: Callable[..., Post], contributor: User
    ) -> None:
        claim = make_claim()
        make_assumption(make(created_by=contributor), claim)
        assert not may_report(contributor, claim)

    @pytest.mark.parametrize("is_mark", [True, False])
    def test_not_where_a_draft_of_somebody_else_rests_on_it(
        self, is_mark: bool, contributor: User, author: User
    ) -> None:
        claim = make_claim(slug="theirs")
        draft = make_draft(body="[[claim::theirs|Words]]" if is_mark else "", created_by=author)
        if not is_mark:
            make_assumption(draft, claim)
        assert not may_report(contributor, claim)

    def test_what_is_refused_names_the_remedy_and_nothing_of_the_draft(
        self, contributor: User, author: User, log_in: LogIn
    ) -> None:
        claim = make_claim()
        make_assumption(make_draft("Hidden headline", created_by=author), claim)
        sent = {"claim": claim.pk, "origin": make_origin().pk, "stance": "reports"}
        at = reverse("admin:sources_report_add")
        page = log_in(contributor).post(at, sent | {"said_from": "2024-11-18"}).content.decode()
        assert "Ask an author or an editor to enter the line" in page
        assert "Hidden headline" not in page

    @pytest.mark.parametrize("role", ["author", "editor"])
    def test_who_publishes_keeps_every_ledger(self, role: Role) -> None:
        claim = make_claim()
        make_assumption(make_draft(created_by=make_user("author")), claim)
        assert may_report(make_user(role), claim)

    def test_nobody_else_does(self, staff: User) -> None:
        assert not may_report(staff, make_claim())
        assert not may_report(AnonymousUser(), make_claim())


class TestPostsThatRestOnIt:
    def test_are_named_to_who_may_see_them_and_others_are_not_counted(
        self, author: User, editor: User, log_in: LogIn
    ) -> None:
        claim = make_claim(slug="soldiers")
        make_assumption(make_post("The public one"), claim)
        for number in range(2):
            hidden = make_draft(f"Hidden {number}", created_by=editor)
            make_assumption(hidden, claim)
        make_draft("My own", body="[[claim::soldiers|Words]]", created_by=author)
        at = reverse("admin:sources_claim_change", args=[claim.pk])
        page = log_in(author).get(at).content.decode()
        assert "The public one" in page
        assert "My own" in page
        assert page.count("something that is not yours to open") == 1
        assert "Hidden" not in page
        assert "Hidden 1" in log_in(editor).get(at).content.decode()

    def test_what_was_done_about_posts_of_others_is_not_told(
        self, author: User, editor: User, log_in: LogIn
    ) -> None:
        claim, post = make_claim(), make_post(created_by=editor)
        Handling.objects.create(
            post=post, claim=claim, until=post.edited_at, what=Handled.NOTED, note="Said on air."
        )
        at = reverse("admin:sources_claim_change", args=[claim.pk])
        assert "Said on air." not in log_in(author).get(at).content.decode()
        assert "Said on air." in log_in(editor).get(at).content.decode()

    def test_keep_the_claim_from_being_deleted(self, editor: User, log_in: LogIn) -> None:
        claim = make_claim()
        make_assumption(make_draft("It rests here", created_by=editor), claim)
        at = reverse("admin:sources_claim_delete", args=[claim.pk])
        assert "It rests here" in log_in(editor).get(at).content.decode()
        log_in(editor).post(at, {"post": "yes"})
        assert Claim.objects.exists()


def test_a_claim_with_a_ledger_is_kept_and_one_without_may_go(editor: User, log_in: LogIn) -> None:
    claim = make_claim()
    report = make_report(claim)
    at = reverse("admin:sources_claim_delete", args=[claim.pk])
    assert "what was entered is kept for good" in log_in(editor).get(at).content.decode()
    log_in(editor).post(at, {"post": "yes"})
    assert Claim.objects.exists()
    Report.objects.filter(pk=report.pk).delete()
    log_in(editor).post(at, {"post": "yes"})
    assert not Claim.objects.exists()


def test_a_source_that_a_ledger_names_is_kept_and_the_desk_says_where(
    editor: User, log_in: LogIn
) -> None:
    source = make_source()
    make_report(make_claim("Soldiers are there."), source=source)
    at = reverse("admin:sources_source_delete", args=[source.pk])
    page = log_in(editor).post(at, {"post": "yes"}).content.decode()
    assert "A line of the ledger of" in page
    assert "Soldiers are there." in page


def test_a_new_claim_answers_the_marks_that_waited_for_it(author: User, log_in: LogIn) -> None:
    draft = make_draft(body="[[claim::soldiers|They are]] there.", created_by=author)
    sent = {"statement": "Soldiers are there.", "slug": "Soldiers"}
    log_in(author).post(reverse("admin:sources_claim_add"), sent)
    claim = Claim.objects.get()
    assert claim.created_by == author
    assert draft.claimmentions.get().claim == claim


def test_a_changed_slug_answers_the_marks_that_waited_for_it(author: User, log_in: LogIn) -> None:
    make_draft(body="[[claim::soldiers|They are]] there.", created_by=author)
    claim = make_claim(slug="troops")
    at = reverse("admin:sources_claim_change", args=[claim.pk])
    log_in(author).post(at, {"statement": claim.statement, "slug": "soldiers"})
    assert ClaimMention.objects.get().claim == claim


def test_a_slug_that_led_elsewhere_is_refused_by_name(author: User, log_in: LogIn) -> None:
    claim = make_claim("The first.", slug="first")
    claim.slug = "renamed"
    claim.save()
    at = reverse("admin:sources_claim_add")
    page = log_in(author).post(at, {"statement": "Another.", "slug": "first"}).content.decode()
    assert "“first” was the slug of “The first.”. Choose another." in page
