"""Pictures in several widths: what is made, how it is shown, and how a picture goes."""

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageCms
from pytest_django import DjangoCaptureOnCommitCallbacks

from blog import renditions
from blog.markup import sanitise
from blog.models import Author, Picture, Post, Version
from blog.models.pictures import Rendition
from blog.models.unsaved import UnsavedText
from blog.picture_uses import PictureInUse, delete_picture
from blog.pictures import keep_picture
from blog.rendering import preview_post, render_post, render_text
from blog.renditions import make_renditions
from publication.models import Job, Publication
from tests.blog.test_pictures import animated, drawn
from tests.factories import make_draft, make_post, make_publication, make_user

pytestmark = pytest.mark.django_db


def photo(width: int = 240, height: int = 160, kind: str = "JPEG", **options: Any) -> bytes:
    """Grain, so that it is as large as photos are."""
    grain = Image.frombytes(
        "RGB", (width // 4, height // 4), os.urandom(3 * (width // 4) * (height // 4))
    )
    out = BytesIO()
    grain.resize((width, height), Image.Resampling.BICUBIC).save(
        out, format=kind, **({"quality": 95} if kind == "JPEG" else {}), **options
    )
    return out.getvalue()


def kept(data: bytes, alt: str = "") -> Picture:
    return keep_picture(data, name="photo", alt=alt)


def made(data: bytes, alt: str = "") -> Picture:
    picture = kept(data, alt)
    make_renditions.call(picture.pk)
    return picture


def opened(rendition: Rendition) -> Image.Image:
    with rendition.file.open() as file:
        image = Image.open(BytesIO(file.read()))
        image.load()
    return image


def widths(picture: Picture) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for rendition in picture.renditions.order_by("format", "width"):
        found.setdefault(rendition.format, []).append(rendition.width)
    return found


def files(settings: Any) -> set[str]:
    return {path.name for path in Path(settings.MEDIA_ROOT).rglob("*.*")}


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small pictures, or these tests would take minutes."""
    monkeypatch.setattr(renditions, "WIDTHS", (96, 192, 320))


@pytest.mark.parametrize(
    ("width", "expected"),
    [(300, [300]), (480, [480]), (700, [480, 700]), (2000, [480, 960, 1600])],
)
def test_none_is_wider_than_the_picture_or_than_a_page_needs(
    width: int, expected: list[int]
) -> None:
    assert widths(made(photo(width, 100)))["webp"] == expected


@pytest.mark.usefixtures("narrow")
class TestMaking:
    @pytest.mark.django_db(transaction=True)
    def test_a_picture_that_is_kept_gets_its_widths_without_anybodys_doing(self) -> None:
        picture = kept(photo())
        assert widths(picture) == {"avif": [96, 192, 240], "webp": [96, 192, 240]}

    def test_they_are_put_in_line_with_the_picture_and_made_after_the_commit(
        self, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            picture = kept(photo())
            assert Job.objects.get().args == [picture.pk]
            assert widths(picture) == {}
        assert widths(picture) != {}

    def test_sending_the_same_picture_again_makes_nothing_again(self) -> None:
        data = photo(120, 80)
        kept(data)
        kept(data)
        assert Job.objects.count() == 1

    def test_each_is_what_its_name_says(self) -> None:
        picture = made(photo())
        for rendition in picture.renditions.all():
            image = opened(rendition)
            assert image.format == rendition.format.upper()
            assert image.size == (rendition.width, round(rendition.width * 2 / 3))
            assert rendition.file.name == f"{picture.stem}-{rendition.width}.{rendition.format}"

    def test_the_picture_itself_stays_as_it_is_at_its_full_size(self) -> None:
        picture = kept(photo(400, 200))
        before = picture.file.read()
        make_renditions.call(picture.pk)
        picture.refresh_from_db()
        assert (picture.width, picture.height) == (400, 200)
        with picture.file.open() as file:
            assert file.read() == before

    @pytest.mark.parametrize("kind", ["GIF", "WEBP"])
    def test_what_moves_is_left_alone(self, kind: str) -> None:
        assert widths(made(animated(kind))) == {}

    @pytest.mark.parametrize("size", [(3, 40_000)])
    def test_what_no_format_can_hold_is_left_alone(self, size: tuple[int, int]) -> None:
        assert widths(made(drawn("PNG", size))) == {}

    @pytest.mark.parametrize("mode", ["CMYK", "I;16"])
    def test_colours_that_would_change_are_left_alone(self, mode: str) -> None:
        out = BytesIO()
        Image.new(mode, (120, 80)).save(out, format="JPEG" if mode == "CMYK" else "PNG")
        assert widths(made(out.getvalue())) == {}

    def test_what_cannot_be_read_is_left_alone(self) -> None:
        picture = kept(photo(120, 80))
        default_storage.delete(str(picture.file.name))
        default_storage.save(str(picture.file.name), ContentFile(b"\xff\xd8 torn"))
        make_renditions.call(picture.pk)
        assert widths(picture) == {}

    def test_a_picture_that_is_gone_needs_none(self) -> None:
        make_renditions.call(4711)

    def test_a_file_that_cannot_be_fetched_is_tried_again_later(self) -> None:
        """The storage may be back in a minute; so this is an error, and the job's to repeat."""
        picture = kept(photo(120, 80))
        default_storage.delete(str(picture.file.name))
        with pytest.raises(FileNotFoundError):
            make_renditions.call(picture.pk)

    def test_a_drawing_is_not_made_larger_than_it_is(self) -> None:
        """In a format that would cost readers more bytes than the original, there is nothing."""
        out = BytesIO()
        drawing = Image.new("P", (240, 160))
        for x in range(0, 240, 8):
            drawing.paste(1, (x, 0, x + 1, 160))
        drawing.putpalette([255, 255, 255, 0, 0, 0])
        drawing.save(out, format="PNG", optimize=True)
        picture = made(out.getvalue())
        for rendition in picture.renditions.filter(width=240):
            assert rendition.file.size < picture.file.size
        for found in widths(picture).values():
            assert found[-1] == 240

    def test_colours_keep_their_profile_and_what_is_clear_stays_clear(self) -> None:
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        coloured = made(photo(120, 80, icc_profile=profile))
        assert all(opened(r).info["icc_profile"] == profile for r in coloured.renditions.all())
        grain = Image.frombytes("RGBA", (120, 80), os.urandom(4 * 600 * 400))
        grain.paste((0, 0, 0, 0), (0, 0, 60, 80))
        out = BytesIO()
        grain.save(out, format="PNG")
        clear = made(out.getvalue())
        assert widths(clear)["webp"] == [96, 120]
        for rendition in clear.renditions.all():
            pixel = opened(rendition).convert("RGBA").getpixel((20, 20))
            assert isinstance(pixel, tuple)
            assert pixel[3] < 8

    def test_making_them_again_changes_nothing(self, settings: Any) -> None:
        picture = made(photo())
        before = list(picture.renditions.values_list("pk", "file"))
        names = files(settings)
        make_renditions.call(picture.pk)
        assert list(picture.renditions.values_list("pk", "file")) == before
        assert files(settings) == names

    def test_what_an_interrupted_run_left_is_taken_up(
        self, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        picture, made_so_far = kept(photo()), []

        def dying(*given: Any, **fields: Any) -> Any:
            made_so_far.append(fields["file"])
            if len(made_so_far) == 3:
                raise KeyboardInterrupt
            return create(*given, **fields)

        create = Rendition.objects.create
        with monkeypatch.context() as patched:
            patched.setattr(Rendition.objects, "create", dying)
            with pytest.raises(KeyboardInterrupt):
                make_renditions.call(picture.pk)
        make_renditions.call(picture.pk)
        assert widths(picture) == {"avif": [96, 192, 240], "webp": [96, 192, 240]}
        assert len(files(settings)) == 7

    def test_a_command_has_what_is_missing_made(
        self, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        picture = kept(photo(120, 80))
        Job.objects.all().delete()
        with django_capture_on_commit_callbacks(execute=True):
            call_command("make_renditions")
        assert widths(picture)["webp"] == [96, 120]


@pytest.mark.usefixtures("narrow")
class TestShowing:
    @pytest.fixture
    def picture(self) -> Picture:
        return made(photo(), alt="Grain")

    def test_a_picture_in_the_text_is_offered_in_every_width(self, picture: Picture) -> None:
        html = render_post(make_post(body=f"![Grain]({picture.file.url})")).html
        avif, webp = (
            ", ".join(f"/media/{picture.stem}-{w}.{kind} {w}w" for w in (96, 192, 240))
            for kind in ("avif", "webp")
        )
        sizes = 'sizes="(min-width: 42rem) 39rem, 100vw"'
        assert (
            f'<picture><source type="image/avif" srcset="{avif}" {sizes}>'
            f'<source type="image/webp" srcset="{webp}" {sizes}>'
            f'<img src="{picture.file.url}" alt="Grain" width="240" height="160" '
            'loading="lazy" decoding="async"></picture>'
        ) in html

    @pytest.mark.parametrize(
        "body",
        [
            '![Grain]({0} "A caption")',
            'Some ![Grain]({0} "title") words',
            '<img src="{0}" alt="Grain">',
            "![Grain](https://margin.example.org{0})",
            "Words[^1].\n\n[^1]: ![Grain]({0})",
        ],
    )
    def test_however_it_stands_there(self, body: str, picture: Picture) -> None:
        make_publication()
        rendered = render_post(make_post(body=body.format(picture.file.url)))
        html = rendered.html + "".join(note.html for note in rendered.notes)
        assert html.count("<picture>") == html.count("<img") == 1
        assert 'width="240"' in html

    def test_the_preview_and_texts_of_other_pages_show_it_alike(self, picture: Picture) -> None:
        text = f"![Grain]({picture.file.url})"
        for html in (preview_post(Post(body=text)).html, render_text(text)):
            assert "<picture>" in html

    def test_before_there_are_renditions_it_still_keeps_its_place(self) -> None:
        picture = kept(photo(120, 80))
        post = make_post(body=f"![Grain]({picture.file.url})")
        html = render_post(post).html
        assert "<picture>" not in html
        assert 'width="120" height="80"' in html
        make_renditions.call(picture.pk)
        assert "<picture>" in render_post(post).html

    def test_measures_that_an_author_wrote_stand(self, picture: Picture) -> None:
        html = render_post(make_post(body=f'<img src="{picture.file.url}" alt="" width="90">')).html
        assert 'width="90"' in html
        assert "height" not in html

    def test_a_file_of_ours_that_is_no_picture_row_is_shown_as_before(self) -> None:
        html = render_post(make_post(body="![a](/media/old/a.png)")).html
        assert '<img src="/media/old/a.png" alt="a" loading="lazy" decoding="async">' in html

    def test_the_lead_picture_is_offered_in_every_width(self, picture: Picture) -> None:
        post = make_post(lead_picture=picture)
        html = Client().get(post.get_absolute_url()).content.decode()
        assert f'srcset="/media/{picture.stem}-96.avif 96w, ' in html
        assert 'width="240" height="160"' in html

    @pytest.mark.parametrize("path", ["{stem}.jpg", "{stem}-96.avif", "{stem}-192.webp"])
    def test_every_address_of_it_is_served_as_a_picture(self, path: str, picture: Picture) -> None:
        response = Client().get("/media/" + path.format(stem=picture.stem))
        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith("image/")

    def test_the_feed_names_whole_addresses(self, picture: Picture) -> None:
        make_post(body=f"![Grain]({picture.file.url})")
        feed = Client().get("/feed.atom").content.decode()
        assert f"http://testserver/media/{picture.stem}-96.avif 96w, http://testserver/" in feed
        assert "&quot;/media/" not in feed

    @pytest.mark.parametrize("number", [1, 12])
    def test_many_pictures_cost_two_queries_like_one(
        self, number: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(renditions, "WIDTHS", (20, 40))
        pictures = [made(photo(100 + n, 80)) for n in range(number)]
        with_pictures = make_post(body="\n\n".join(f"![a]({p.file.url})" for p in pictures))
        without = make_post(body="Words.")
        assert asked(with_pictures) == asked(without) + 2


def asked(post: Post) -> int:
    cache.clear()
    publication = Publication.current()
    with CaptureQueriesContext(connection) as queries:
        render_post(post, publication=publication)
    return len(queries)


class TestWhatMayBeWritten:
    """An author's own HTML brings no picture from elsewhere in."""

    @pytest.mark.parametrize(
        "body",
        [
            '<picture><source srcset="https://evil.example/a.avif 1x"><img src="/a.png"></picture>',
            '<picture><source srcset="/media/a.avif 96w"><img src="/a.png"></picture>',
            '<img src="/a.png" srcset="https://evil.example/a.avif 2x" sizes="1px">',
        ],
    )
    def test_sources_are_the_renderers_alone(self, body: str) -> None:
        html = render_post(make_post(body=body)).html
        assert "evil" not in html
        assert "source" not in html
        assert "srcset" not in html
        assert '<img src="/a.png"' in html

    @pytest.mark.parametrize(
        "srcset",
        [
            "https://evil.example/a 1w",
            "//evil.example/a 1w",
            "/a 1w, //evil.example/a 2w",
            "/a 1w, https://evil.example/a 2w",
            "/\\evil.example/a 1w",
            "/a 1w,https://evil.example/b 2w",
            "/a 1w, /b 2w, data:image/png;base64,AA 3w",
            "javascript:alert(1) 1w",
            "/a",
            " /a 1w",
            "/a 1w\n, //evil.example/a 2w",
        ],
    )
    def test_the_last_guard_lets_only_own_addresses_through(self, srcset: str) -> None:
        assert "srcset" not in sanitise(f'<picture><source srcset="{srcset}"></picture>')
        assert "srcset" in sanitise('<picture><source srcset="/a.avif 1w, /b.avif 2w"></picture>')


@pytest.mark.usefixtures("narrow")
@pytest.mark.django_db(transaction=True)
class TestDeleting:
    def test_every_file_goes_with_it(self, settings: Any) -> None:
        picture, other = kept(photo(120, 80)), kept(drawn())
        delete_picture(picture)
        assert not Picture.objects.filter(pk=picture.pk).exists()
        assert not Rendition.objects.filter(picture=picture.pk).exists()
        assert {name.split(".")[0].split("-")[0] for name in files(settings)} == {
            Path(other.stem).name
        }

    def test_what_is_used_anywhere_stays_whole(self, settings: Any) -> None:
        users: tuple[Callable[[Picture], object], ...] = (
            lambda p: make_draft(lead_picture=p),
            lambda p: make_post(body=f"![a]({p.file.url})"),
            lambda p: make_draft(body=f"![a](/media/{p.stem}-96.webp)"),
            lambda p: Version.objects.create(
                post=make_post(),
                number=1,
                headline="h",
                slug="s",
                body=f"![a]({p.file.url})",
                replaced_at=timezone.now(),
            ),
            lambda p: Author.objects.create(name="A", bio=f"![a]({p.file.url})"),
            lambda p: make_publication(about=f"![a]({p.file.url})"),
            lambda p: UnsavedText.objects.create(
                user=make_user("author"),
                sitting="s",
                fields={"body": [f"![ї]({p.file.url})"]},
                typed_at=timezone.now(),
                saved_at=timezone.now(),
            ),
        )
        for number, use in enumerate(users):
            picture = kept(photo(100 + number, 80))
            use(picture)
            names = files(settings)
            with pytest.raises(PictureInUse):
                delete_picture(picture)
            assert files(settings) == names, number
            assert picture.renditions.exists(), number

    def test_a_deletion_that_is_undone_leaves_the_files(self, settings: Any) -> None:
        picture = kept(drawn())
        with transaction.atomic():
            delete_picture(picture)
            transaction.set_rollback(True)
        assert Path(settings.MEDIA_ROOT, str(picture.file.name)).exists()

    def test_one_deleted_while_its_widths_are_made_leaves_no_file(
        self, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.PASSIM_TASKS = "worker"
        picture, write = kept(photo(120, 80)), renditions._written

        def written(*given: Any) -> bytes:
            if Picture.objects.exists():
                delete_picture(picture)
            return write(*given)

        monkeypatch.setattr(renditions, "_written", written)
        make_renditions.call(picture.pk)
        assert files(settings) == set()


@pytest.mark.usefixtures("narrow")
class TestAtTheDesk:
    @pytest.fixture
    def editor(self) -> User:
        return make_user("editor", "ed")

    def page(self, user: User, *args: object, **query: str) -> str:
        client = Client()
        client.force_login(user)
        name = "admin:blog_picture_change" if args else "admin:blog_picture_changelist"
        response = client.get(reverse(name, args=args), query)
        assert response.status_code == 200
        return response.content.decode()

    def test_the_list_says_where_each_picture_is_used(self, editor: User) -> None:
        one, two, three = (kept(drawn(size=(n, 9))) for n in (8, 9, 10))
        make_draft("Led by one", lead_picture=one)
        make_post("Showing one and two", body=f"![a]({one.file.url}) ![b]({two.file.url})")
        for html in (self.page(editor), self.page(editor, one.pk)):
            assert "Led by one" in html
            assert "Showing one and two" in html
        assert "Led by one" not in self.page(editor, two.pk)
        assert "Showing" not in self.page(editor, three.pk)

    def test_a_missing_alt_text_is_flagged_and_can_be_listed_alone(self, editor: User) -> None:
        kept(drawn(size=(8, 9)), alt="Described")
        kept(drawn(size=(9, 9)))
        assert self.page(editor).count("<strong>No alt text yet</strong>") == 1
        missing = self.page(editor, alt_text="missing")
        assert "Described" not in missing
        assert "No alt text yet" in missing
        assert "No alt text yet" not in self.page(editor, alt_text="there")

    def test_thumbnails_are_small(self, editor: User) -> None:
        picture = made(photo())
        assert f'src="/media/{picture.stem}-96.webp"' in self.page(editor)

    @pytest.mark.parametrize("role", ["contributor", "author"])
    def test_nobody_learns_of_the_drafts_of_others(self, role: str, editor: User) -> None:
        """Of one's own picture, which somebody else uses, too."""
        user = make_user(role, "me")  # type: ignore[arg-type]
        picture = keep_picture(drawn(), name="a", user=user)
        shown: dict[str, Any] = {"body": f"![a]({picture.file.url})", "created_by": editor}
        make_draft("Hidden headline", lead_picture=picture, created_by=editor)
        make_draft("Hidden text", **shown)
        before = self.page(user), self.page(user, picture.pk)
        for html in before:
            assert "Hidden" not in html
        make_draft("Hidden third", **shown)
        assert self.page(user).count("–") == before[0].count("–")
        make_post("Public one", **shown)
        make_draft("My own", body=shown["body"], created_by=user)
        for html in (self.page(user), self.page(user, picture.pk)):
            assert "Public one" in html
            assert "My own" in html
            assert "Hidden" not in html
        assert "Hidden headline" in self.page(editor)

    def test_a_long_list_asks_no_more_than_a_short_one(self, editor: User) -> None:
        asked_for = []
        for numbers in (range(2), range(2, 20)):
            for n in numbers:
                picture = kept(drawn(size=(n + 5, 9)))
                make_post(body=f"![a]({picture.file.url})", lead_picture=picture)
            with CaptureQueriesContext(connection) as queries:
                self.page(editor)
            asked_for.append(len(queries))
        assert asked_for[0] == asked_for[1] > 0

    @pytest.mark.django_db(transaction=True)
    def test_deleting_there_deletes_the_files_one_by_one_and_in_bulk(
        self, editor: User, settings: Any
    ) -> None:
        client = Client()
        client.force_login(editor)
        one, two, used = (kept(photo(n, 90)) for n in (90, 91, 92))
        make_draft(body=f"![a]({used.file.url})")
        client.post(reverse("admin:blog_picture_delete", args=[one.pk]), {"post": "yes"})
        for chosen in (two, used):
            bulk = {"action": "delete_selected", "_selected_action": [chosen.pk], "post": "yes"}
            client.post(reverse("admin:blog_picture_changelist"), bulk)
        assert list(Picture.objects.all()) == [used]
        assert {Path(used.stem).name in name for name in files(settings)} == {True}

    def test_what_came_into_use_meanwhile_is_not_deleted(
        self, editor: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        picture = kept(drawn())
        make_draft(body=f"![a]({picture.file.url})")
        monkeypatch.setattr("blog.admin.pictures.PictureAdmin.in_the_way", lambda *_: [])
        client = Client()
        client.force_login(editor)
        url = reverse("admin:blog_picture_delete", args=[picture.pk])
        assert client.post(url, {"post": "yes"}).status_code == 403
        assert Picture.objects.exists()

    def test_a_text_beside_the_posts_keeps_a_picture_too(self, editor: User) -> None:
        picture = kept(drawn())
        make_publication(about=f"![a]({picture.file.url})")
        client = Client()
        client.force_login(editor)
        url = reverse("admin:blog_picture_delete", args=[picture.pk])
        assert "that is not a post’s" in client.get(url).content.decode()
        client.post(url, {"post": "yes"})
        assert Picture.objects.exists()
