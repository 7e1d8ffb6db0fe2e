"""The picture that stands for a page elsewhere."""

from io import BytesIO

import pytest
from django.core.cache import cache
from django.test import Client
from PIL import Image

from blog.models import Post
from blog.social import SIZES, Words, _set, path_of_post, picture
from publication.models import Publication
from tests.factories import make_author, make_draft, make_post, make_publication, make_scheduled

LONG = "A word and another, said again and again until no reader listens any more, " * 6


def drawn(headline: str) -> Image.Image:
    image = Image.open(BytesIO(picture(Words(headline, "The Margin Note", "Ada", "1 May 2024"))))
    return image.convert("L")


def ink(headline: str) -> int:
    """How much of the headline's part is not paper."""
    part = drawn(headline).crop((0, 150, 1200, 525))
    return sum(part.histogram()[:128])


@pytest.mark.parametrize(
    "headline",
    ["Mondays", "Світло за розкладом", "Łódź, Žižek, Đorđe", LONG, "W" * 300, "日本語", ""],
)
def test_every_picture_has_the_size_that_is_asked_for(headline: str) -> None:
    assert drawn(headline).size == (1200, 630)


@pytest.mark.parametrize("headline", ["Mondays", "Світло", "«Калі б»", "Łódź"])
def test_letters_of_every_script_of_ours_are_set(headline: str) -> None:
    assert ink(headline) > 2000


def test_each_script_is_set_in_its_own_letters() -> None:
    """Boxes would all be the same."""
    assert drawn("Світло").tobytes() != drawn("Лінія!").tobytes()
    assert ink("Ш") != ink("І")


def test_what_our_faces_have_no_letters_for_gives_way_to_the_name_of_the_site() -> None:
    assert ink("日本語の見出し") == ink("The Margin Note")


@pytest.mark.parametrize("headline", ["Mondays", LONG, "W" * 300])
def test_a_headline_stays_within_its_lines(headline: str) -> None:
    face, lines = _set(headline)

    assert len(lines) <= dict(SIZES)[face.size]
    assert all(face.length(line) <= 1200 - 2 * 84 + face.size for line in lines)


def test_no_headline_reaches_what_stands_above_and_below_it() -> None:
    page = drawn(LONG)

    assert not any(page.crop((1200 - 84, 0, 1200, 630)).histogram()[:200])
    assert not any(page.crop((0, 515, 1200, 530)).histogram()[:200])


@pytest.mark.django_db
class TestItsAddress:
    @pytest.fixture(autouse=True)
    def publication(self) -> None:
        make_publication()

    def path(self, post: Post) -> str:
        return path_of_post(post, Publication.current())

    def test_is_kept_for_ever_and_may_be_shown_anywhere(self) -> None:
        response = Client().get(self.path(make_post("Live")))

        assert response.headers["Content-Type"] == "image/png"
        assert "immutable" in response.headers["Cache-Control"]
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"

    def test_changes_with_all_that_the_picture_says(self) -> None:
        post = make_post("Live", authors=[make_author("Ada")])
        paths = [self.path(post)]
        post.headline = "Alive"
        paths.append(self.path(post))
        Publication.objects.update(name="Another Note")
        paths.append(self.path(post))

        assert len(set(paths)) == 3

    def test_stays_when_something_else_changes(self) -> None:
        post = make_post("Live")
        before = self.path(post)
        post.body = post.standfirst = "Another text."

        assert self.path(post) == before

    def test_that_was_leads_to_the_one_that_is(self) -> None:
        post = make_post("Live")
        before = self.path(post)
        post.headline = "Alive"
        post.save()

        response = Client().get(before)
        assert (response.status_code, response.headers["Location"]) == (302, self.path(post))

    def test_of_a_hidden_post_is_nowhere(self) -> None:
        for post in (make_draft("One"), make_scheduled("Two")):
            post.published_at = post.published_at or post.created_at
            assert Client().get(self.path(post)).status_code == 404

    def test_is_drawn_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        post = make_post("Live")
        first = Client().get(self.path(post)).content
        monkeypatch.setattr("blog.social._drawn", lambda words: b"drawn again")

        assert Client().get(self.path(post)).content == first
        cache.clear()
        assert Client().get(self.path(post)).content == b"drawn again"
