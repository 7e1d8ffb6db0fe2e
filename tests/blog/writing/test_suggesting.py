""" "You wrote about this before": what is offered, to whom, and how it gets into the text."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, Route, expect

from tests.factories import make_draft, make_post, make_publication, make_user

NEW = "/admin/blog/post/suggesting/"
BODY = "#id_body"
SAID = (
    "Minsk denies that soldiers from Pyongyang have crossed the border, and says that it would be "
    "a grave escalation if they had."
)
ASKS = "What did Minsk say of an escalation when soldiers from Pyongyang crossed the border?"

OF_MINSK = re.compile("What a denial concedes|Soldiers at the border")
COMMON = (
    "The roses of the garden want pruning by now, when and how through what, so much if it had."
)
GRAIN = "How much of the harvest of grain goes through the Bosporus by now?"


def make_archive() -> None:
    make_post("What a denial concedes", slug="denial", body=SAID, standfirst="Minsk says no.")
    make_post("Soldiers at the border", slug="border", body=f"Pyongyang again. {SAID}")
    make_post("Grain", slug="grain", body="The harvest of grain went through the Bosporus.")
    for number in range(8):
        make_post(f"On gardens {number}", body=f"{COMMON} Month {number}.")


@pytest.mark.django_db
class TestWhatIsOffered:
    @pytest.fixture
    def client(self) -> Client:
        make_publication()
        make_archive()
        client = Client()
        client.force_login(make_user("contributor"))
        return client

    def ask(self, client: Client, body: str, paragraph: str = ASKS) -> list[dict[str, Any]]:
        response = client.post(NEW, {"paragraph": paragraph, "body": body})
        assert response.status_code == 200
        found: list[dict[str, Any]] = response.json()["suggestions"]
        return found

    def test_posts_that_speak_of_it_with_the_passage_that_says_it(self, client: Client) -> None:
        found = self.ask(client, ASKS)
        assert {one["slug"] for one in found[:2]} == {"denial", "border"}
        first = found[0]
        assert "18 November 2024" in first["when"]
        assert "escalation" in first["passage"][1::2]
        assert "Minsk denies" in "".join(first["passage"])

    def test_a_post_that_is_referred_to_already_is_not_offered(self, client: Client) -> None:
        found = self.ask(client, f"As [[denial|before]].\n\n{ASKS}")
        assert found[0]["slug"] == "border"
        assert "denial" not in {one["slug"] for one in found}

    def test_passages_are_text_and_never_html(self, client: Client) -> None:
        make_post("X", slug="x", body=f"<b>Minsk</b> & `<img onerror=alert()>` {SAID}")
        passages = ["".join(one["passage"]) for one in self.ask(client, ASKS)]
        assert not any("&amp;" in one or "&lt;" in one for one in passages)

    def test_nobody_elses_draft_is_offered(self, client: Client) -> None:
        before = self.ask(client, ASKS)
        make_draft("Secret", slug="secret", body=SAID)
        after = {one["slug"] for one in self.ask(client, ASKS)}
        assert after == {one["slug"] for one in before}

    def test_an_empty_paragraph_gets_nothing(self, client: Client) -> None:
        assert self.ask(client, "", "") == []


@pytest.mark.django_db
class TestTheWrongUser:
    @pytest.mark.parametrize("role", ["contributor", "author"])
    def test_another_ones_post_is_as_if_it_were_not_there(self, role: Any) -> None:
        client = Client()
        client.force_login(make_user(role))
        for pk in (make_draft("Secret").pk, make_post("Theirs").pk, 987_654):
            path = f"/admin/blog/post/{pk}/suggesting/"
            for response in (client.get(path), client.post(path, {"paragraph": ASKS})):
                assert response.status_code == 404

    def test_who_has_no_role_is_told_nothing(self) -> None:
        staff = make_user(None)
        staff.is_staff = True
        staff.save()
        client = Client()
        assert client.post(NEW, {"paragraph": ASKS}).status_code == 302
        client.force_login(staff)
        assert client.post(NEW, {"paragraph": ASKS}).status_code == 403

    def test_it_is_asked_by_post_with_the_token_and_not_for_a_book(self) -> None:
        author = make_user("author")
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(author)
        assert strict.post(NEW, {"paragraph": ASKS}).status_code == 403
        client = Client()
        client.force_login(author)
        assert client.get(NEW).status_code == 405
        assert client.post(NEW, {"body": "x" * 400_001}).status_code == 413


class TestInABrowser:
    @pytest.fixture
    def panel(self, desk: Page, ada: User) -> Page:
        make_archive()
        desk.goto("/admin/blog/post/add/", wait_until="load")
        return desk

    def test_one_key_refers_at_the_caret_and_one_takes_it_back(self, panel: Page) -> None:
        text = panel.locator(BODY)
        text.press_sequentially(ASKS)
        expect(panel.locator("#before .t").first).to_have_text(OF_MINSK)
        first = panel.locator("#before .t").first.text_content() or ""
        slug = "denial" if "denial" in first else "border"
        expect(panel.locator("#before-state")).to_contain_text("earlier posts speak of this.")

        panel.keyboard.press("Alt+1")

        expect(text).to_have_value(f"{ASKS} [[{slug}|here]]")
        expect(text).to_be_focused()
        assert text.evaluate("t => t.value.slice(t.selectionStart, t.selectionEnd)") == "here"
        expect(panel.locator("#before .t").first).not_to_have_text(first)
        panel.keyboard.press("Control+z")
        expect(text).to_have_value(ASKS)

    def test_selected_words_become_the_words_of_the_reference(self, panel: Page) -> None:
        text = panel.locator(BODY)
        text.fill(f"Ünder 🚀. {ASKS}")
        expect(panel.locator("#before .t").first).to_have_text(OF_MINSK)
        text.evaluate(
            "t => { const at = t.value.indexOf('an escalation'); "
            "t.setSelectionRange(at, at + 'an escalation'.length); }"
        )
        button = panel.get_by_role("button", name="Refer to “What a denial concedes”")
        button.focus()
        panel.keyboard.press("Enter")
        expect(text).to_have_value(
            f"Ünder 🚀. {ASKS.replace('an escalation', '[[denial|an escalation]]')}"
        )

    def test_it_follows_the_caret_and_not_the_whole_text(self, panel: Page) -> None:
        text = panel.locator(BODY)
        text.fill(f"{GRAIN}\n\n{ASKS}")
        expect(panel.locator("#before li .t").first).not_to_contain_text("Grain")
        panel.keyboard.press("Control+Home")
        expect(panel.locator("#before li .t").first).to_have_text("Grain")

    def test_a_late_answer_never_overwrites_a_newer_one(self, panel: Page) -> None:
        held: list[Route] = []

        def hold_the_first(route: Route) -> None:
            if held:
                route.continue_()
            else:
                held.append(route)

        panel.route("**/post/suggesting/", hold_the_first)
        panel.fill(BODY, GRAIN)
        panel.wait_for_timeout(1100)
        panel.fill(BODY, ASKS)
        expect(panel.locator("#before .t").first).to_have_text(OF_MINSK)
        assert held
        held[0].continue_()
        panel.wait_for_timeout(500)
        expect(panel.locator("#before .t").first).to_have_text(OF_MINSK)

    def test_what_is_new_is_said_once_and_politely(self, panel: Page) -> None:
        said = panel.locator("#before-state")
        assert said.get_attribute("role") == "status"
        panel.fill(BODY, ASKS)
        expect(said).to_contain_text("earlier posts speak of this")
        panel.evaluate("document.getElementById('before-state').textContent = ''")
        panel.fill(BODY, f"{ASKS} Yes.")
        panel.wait_for_timeout(1500)
        expect(said).to_have_text("")
