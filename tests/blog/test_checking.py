"""Checking a text: each thing that is wrong, with its line, the nearest match and the remedy."""

import pytest
from pytest_django import DjangoAssertNumQueries

from blog.checking import Problem, Severity, errors, new_errors, problems
from blog.models import Post
from tests.factories import (
    Role,
    make_draft,
    make_post,
    make_publication,
    make_source,
    make_user,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db


def messages(body: str) -> list[str]:
    return [problem.message for problem in problems(body)]


def only(body: str) -> Problem:
    (problem,) = problems(body)
    return problem


def test_a_text_without_marks_has_no_problems() -> None:
    assert problems("Nothing but words.\n\nAnd more of them.") == []


def test_a_reference_that_leads_nowhere_is_named_with_line_nearest_and_remedy() -> None:
    make_post("Who is allowed to say yes", slug="who-is-allowed-to-say-yes")
    make_post("Something else entirely", slug="permafrost")
    problem = only("One line.\n\nAnd [[who-decides]] is not settled.")
    assert problem.severity is Severity.ERROR
    assert problem.message == (
        "Line 3: [[who-decides]] leads nowhere. The nearest is “Who is allowed to say yes” "
        "(who-is-allowed-to-say-yes). Choose that, make the post, or remove the mark."
    )


def test_words_do_not_help_a_reference_that_leads_nowhere() -> None:
    assert only("[[gone|here]]").severity is Severity.ERROR


def test_where_nothing_is_near_nothing_is_offered() -> None:
    make_post("Permafrost", slug="permafrost")
    assert messages("[[xyzzy]]") == [
        "Line 1: [[xyzzy]] leads nowhere. Make the post, or remove the mark."
    ]


def test_a_misspelt_slug_finds_its_post() -> None:
    make_post("The permission that arrived by leak", slug="permission-by-leak")
    nearest = only("[[permision-by-leek]]").nearest
    assert nearest is not None
    assert nearest.name == "permission-by-leak"


def test_the_headline_serves_as_well_as_the_slug() -> None:
    make_post("The permission that arrived by leak", slug="p1")
    nearest = only("[[the-permission-that-arrived]]").nearest
    assert nearest is not None
    assert nearest.name == "p1"


def test_a_reference_to_a_published_post_is_fine_with_and_without_words() -> None:
    make_post(slug="yes")
    assert problems("[[yes]], [[yes|here]], [[YES]] and [[updates::yes|there]]") == []


def test_a_former_slug_still_leads_somewhere() -> None:
    post = make_post(slug="old-name")
    post.slug = "new-name"
    post.save()
    assert problems("[[old-name]]") == []


def test_a_draft_may_be_referred_to_with_words() -> None:
    make_draft(slug="coming")
    assert problems("[[coming|soon]]") == []


def test_a_bare_reference_to_a_draft_is_an_error_with_its_remedy() -> None:
    make_draft("A secret headline", slug="coming")
    problem = only("See [[coming]].")
    assert problem.severity is Severity.ERROR
    assert problem.message == (
        "Line 1: [[coming]] names a post that is not published yet. Give it words, "
        "[[coming|words]]: they show plainly until that post is published."
    )


def test_a_bare_reference_to_a_withdrawn_post_is_an_error() -> None:
    make_withdrawn(slug="taken-back")
    assert "withdrawn" in only("[[taken-back]]").message


def test_a_citation_of_no_source_is_named_with_the_nearest() -> None:
    make_source("courier2024grid", title="Grid attacked")
    problem = only("It says so.[@courier2024gird]")
    assert problem.severity is Severity.ERROR
    assert problem.message == (
        "Line 1: [@courier2024gird] names no source. The nearest is “Grid attacked” "
        "(courier2024grid). Choose that, add the source, or remove the mark."
    )


def test_in_a_bracket_of_several_the_one_that_is_missing_is_named() -> None:
    make_source("known")
    assert only("Both [see @known, p. 3; @xyzzy].").what.startswith("@xyzzy in [see @known")


def test_a_pasted_address_of_ours_that_leads_nowhere_is_a_warning() -> None:
    make_publication(address="https://margin.example.org")
    for address in ("/2024/11/18/gone/", "https://margin.example.org/2024/11/18/gone/"):
        assert only(f"[here]({address})").severity is Severity.WARNING


def test_a_pasted_address_of_a_post_is_fine() -> None:
    post = make_post(slug="there")
    assert problems(f"[here]({post.get_absolute_url()}) and [home](/) and [about](/about/)") == []


def test_an_address_elsewhere_is_none_of_our_business() -> None:
    assert problems("[there](https://example.org/2024/11/18/gone/)") == []


def test_a_picture_without_alt_text_is_a_warning() -> None:
    problem = only("![](/media/a.png)")
    assert problem.severity is Severity.WARNING
    assert "alt text" in problem.message
    assert problems("![A pylon](/media/a.png)") == []


def test_a_mark_in_code_is_flagged_as_a_warning() -> None:
    found = problems("`[[gone]]`")
    assert [problem.severity for problem in found] == [Severity.WARNING]


def test_problems_come_in_the_order_of_lines() -> None:
    found = problems("[@b]\n\n![](/media/a.png)\n\n[[a]]\n\n[x](/2024/01/01/c/)")
    assert [problem.line for problem in found] == [1, 3, 5, 7]


def test_only_new_errors_count_against_a_text_that_had_some() -> None:
    before = problems("[[old-gone]] and [@old]")
    after = problems("[[old-gone|other words]], [@old], [[new-gone]] and [@new]")
    assert [problem.name for problem in new_errors(after, before)] == ["new-gone", "@new"]
    assert len(errors(after)) == 4


class TestWhatAUserMayNotLearn:
    @pytest.fixture
    def secret(self) -> Post:
        return make_draft("The secret headline", slug="secret-plan")

    def test_a_draft_of_another_is_not_offered_as_the_nearest(self, secret: Post) -> None:
        for role in ("contributor", "author"):
            (found,) = problems("[[secret-plam]]", user=make_user(role))
            assert found.nearest is None
            assert "secret headline" not in found.message

    def test_a_draft_of_another_reads_like_one_that_does_not_exist(self, secret: Post) -> None:
        user = make_user("contributor")
        for mark, other in (
            ("[[secret-plan]]", "[[no-such-text]]"),
            ("[[secret-plan|x]]", "[[no-such-text|x]]"),
            ("[x](/2024/11/18/secret-plan/)", "[x](/2024/11/18/no-such-text/)"),
        ):
            (found,), (absent,) = problems(mark, user=user), problems(other, user=user)
            assert found.message.replace("secret-plan", "no-such-text") == absent.message

    def test_ones_own_draft_is_offered(self) -> None:
        user = make_user("contributor")
        make_draft("Mine", slug="my-own-plan", created_by=user)
        (found,) = problems("[[my-own-plam]]", user=user)
        assert found.nearest is not None
        assert problems("[[my-own-plan|x]]", user=user) == []

    def test_an_editor_is_told_of_every_draft(self, secret: Post) -> None:
        (found,) = problems("[[secret-plam]]", user=make_user("editor"))
        assert found.nearest is not None
        assert found.nearest.title == "The secret headline"

    def test_a_post_may_name_itself(self) -> None:
        user = make_user("contributor")
        own = make_draft(slug="self", created_by=user)
        assert problems("[[self|x]]", user=user, post=own) == []


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_the_number_of_queries_does_not_grow_with_the_marks(
    role: Role, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = make_user(role)
    make_draft(slug="coming")
    make_publication()
    text = "[[gone-{0}]], [@key{0}], [[coming]] and [x](/2024/01/01/gone-{0}/)\n\n"
    user.has_perm("blog.change_post")
    for times in (2, 60):
        with django_assert_num_queries(8):
            problems("".join(text.format(n) for n in range(times)), user=user)
