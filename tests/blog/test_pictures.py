"""Pictures: what is kept of an upload, and what is refused."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from blog import pictures
from blog.models import Picture
from blog.pictures import PictureRefused, keep_picture, reencoded

ORIENTATION, GPS = 0x0112, 0x8825


def drawn(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """The bytes of a small picture: blue on the left, red on the right."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (size[0] // 2, 0, size[0], size[1]))
    out = BytesIO()
    image.save(out, format=kind, **options)
    return out.getvalue()


def animated(kind: str, frames: int = 3, **options: Any) -> bytes:
    images = [Image.new("RGB", (20, 20), (80 * n, 0, 90)) for n in range(frames)]
    out = BytesIO()
    images[0].save(
        out, format=kind, save_all=True, append_images=images[1:], duration=120, **options
    )
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize(
    ("kind", "extension"),
    [("JPEG", "jpg"), ("PNG", "png"), ("GIF", "gif"), ("WEBP", "webp"), ("AVIF", "avif")],
)
def test_a_picture_keeps_its_kind_and_its_size_in_pixels(kind: str, extension: str) -> None:
    data, found = reencoded(drawn(kind), "photo.bin")
    assert found == extension
    assert opened(data).format == kind
    assert opened(data).size == (40, 30)


@pytest.mark.django_db
class TestKeeping:
    def test_a_row_is_made_with_its_measures_and_its_words(self, django_user_model: Any) -> None:
        user = django_user_model.objects.create_user("ada")
        picture = keep_picture(drawn(), name="a.png", alt="Two colours", credit="Ada", user=user)
        assert (picture.width, picture.height) == (40, 30)
        assert (picture.alt, picture.credit, picture.uploaded_by) == ("Two colours", "Ada", user)

    def test_the_file_name_owes_nothing_to_the_sender(self) -> None:
        picture = keep_picture(drawn(), name="../../evil.html")
        assert picture.file.name is not None
        assert "evil" not in picture.file.name
        assert Path(picture.file.name).suffix == ".png"
        assert len(Path(picture.file.name).stem) == 32

    def test_the_same_bytes_are_the_same_picture(self) -> None:
        first = keep_picture(drawn(), name="a.png")
        second = keep_picture(drawn(), name="b.png")
        assert first == second
        assert Picture.objects.count() == 1

    def test_other_bytes_are_another_picture(self) -> None:
        keep_picture(drawn(), name="a.png")
        keep_picture(drawn(size=(41, 30)), name="a.png")
        assert Picture.objects.count() == 2

    def test_sending_it_again_fills_in_words_but_changes_none(self) -> None:
        keep_picture(drawn(), name="a.png", credit="Ada")
        picture = keep_picture(drawn(), name="a.png", alt="Two colours", credit="Somebody else")
        picture.refresh_from_db()
        assert (picture.alt, picture.credit) == ("Two colours", "Ada")

    def test_a_refused_file_leaves_no_row_and_no_file(self, settings: Any) -> None:
        with pytest.raises(PictureRefused):
            keep_picture(b"<svg onload=alert(1)>", name="a.svg")
        assert not Picture.objects.exists()
        assert not list(Path(settings.MEDIA_ROOT).rglob("*.*"))

    def test_alt_text_and_credit_are_cut_to_what_the_row_holds(self) -> None:
        picture = keep_picture(drawn(), name="a.png", alt="a" * 900, credit="c" * 900)
        picture.refresh_from_db()
        assert (len(picture.alt), len(picture.credit)) == (500, 200)


class TestWhatIsLeftBehind:
    def test_a_photo_taken_sideways_stands_upright(self) -> None:
        exif = Image.Exif()
        exif[ORIENTATION] = 6
        data, _ = reencoded(drawn("JPEG", exif=exif), "phone.jpg")
        assert opened(data).size == (30, 40)

    def test_the_place_where_it_was_taken_is_gone(self) -> None:
        exif = Image.Exif()
        exif.get_ifd(GPS)[1] = "N"
        exif[0x010E] = "secret description"
        for kind in ("JPEG", "PNG", "WEBP", "AVIF"):
            came = drawn(kind, exif=exif)
            assert b"secret description" in came
            data, _ = reencoded(came, "phone")
            assert not opened(data).getexif()
            assert b"secret description" not in data

    def test_comments_and_text_chunks_are_gone(self) -> None:
        for came in (drawn("JPEG", comment=b"secret"), animated("GIF", comment=b"secret")):
            assert b"secret" in came
            assert b"secret" not in reencoded(came, "a")[0]

    def test_what_is_glued_to_the_end_of_a_file_is_gone(self) -> None:
        data, _ = reencoded(drawn() + b"<script>alert(1)</script>", "a.png")
        assert b"script" not in data

    def test_the_colour_profile_stays(self) -> None:
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        for kind in ("JPEG", "PNG", "WEBP", "AVIF"):
            data, _ = reencoded(drawn(kind, icc_profile=profile), "a")
            assert opened(data).info["icc_profile"] == profile

    def test_transparency_stays(self) -> None:
        image = Image.new("RGBA", (10, 10), (255, 0, 0, 0))
        for kind in ("PNG", "WEBP", "AVIF", "GIF"):
            out = BytesIO()
            image.save(out, format=kind)
            data, _ = reencoded(out.getvalue(), "a")
            pixel = opened(data).convert("RGBA").getpixel((5, 5))
            assert isinstance(pixel, tuple)
            assert pixel[3] == 0


class TestAnimations:
    @pytest.mark.parametrize("kind", ["GIF", "WEBP"])
    def test_a_short_animation_goes_on_moving(self, kind: str) -> None:
        data, _ = reencoded(animated(kind), "a")
        image: Any = opened(data)
        assert image.n_frames == 3
        assert image.info["duration"] == 120

    def test_one_that_would_unfold_too_far_keeps_its_first_frame(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pictures, "MAX_PIXELS", 1000)
        image: Any = opened(reencoded(animated("GIF"), "a.gif")[0])
        assert getattr(image, "n_frames", 1) == 1

    def test_a_photo_with_a_second_picture_inside_is_a_plain_photo(self) -> None:
        data, extension = reencoded(animated_mpo(), "phone.jpg")
        assert extension == "jpg"
        assert opened(data).format == "JPEG"


def animated_mpo() -> bytes:
    images = [Image.new("RGB", (20, 20), colour) for colour in ("blue", "red")]
    out = BytesIO()
    images[0].save(out, format="MPO", save_all=True, append_images=images[1:])
    return out.getvalue()


class TestRefusals:
    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"<?xml version='1.0'?><svg/>",
            b"<html><script>alert(1)</script></html>",
            b"GIF89a<script>alert(1)</script>",
            b"\x89PNG\r\n\x1a\n",
            b"%PDF-1.4",
        ],
    )
    def test_what_is_no_picture_is_refused_by_name(self, data: bytes) -> None:
        with pytest.raises(PictureRefused, match=r"“notes\.png” is not a picture"):
            reencoded(data, "notes.png")

    @pytest.mark.parametrize("kind", ["TIFF", "BMP", "ICO", "PPM", "TGA"])
    def test_kinds_that_browsers_do_not_all_show_are_refused(self, kind: str) -> None:
        with pytest.raises(PictureRefused, match="JPEG, PNG, GIF, WebP or AVIF"):
            reencoded(drawn(kind), "scan")

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
    def test_a_picture_cut_off_in_the_middle_is_refused(self, kind: str) -> None:
        data = drawn(kind, size=(200, 200))
        with pytest.raises(PictureRefused, match="damaged"):
            reencoded(data[: len(data) * 2 // 3], "half")

    def test_a_file_that_is_too_big_is_refused_with_both_sizes(self) -> None:
        with pytest.raises(PictureRefused, match=r"11.0.MB; a picture may have 10.0.MB"):
            keep_picture(b"x" * 11 * 1024 * 1024, name="huge.png")

    def test_a_small_file_that_unfolds_is_refused_before_it_is_decoded(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bomb = BytesIO()
        Image.new("1", (8000, 7000)).save(bomb, format="PNG")
        monkeypatch.setattr(pictures, "_written", lambda *_: pytest.fail("it was decoded"))
        with pytest.raises(PictureRefused, match="8000 × 7000 pixels"):
            reencoded(bomb.getvalue(), "bomb.png")

    def test_one_so_big_that_pillow_refuses_it_is_refused_in_our_words(self) -> None:
        header = bytearray(drawn())
        header[16:24] = (60000).to_bytes(4) + (60000).to_bytes(4)
        with pytest.raises(PictureRefused):
            reencoded(bytes(header), "bomb.png")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from(["JPEG", "PNG", "GIF", "WEBP"]),
    damage=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=12),
)
def test_damaged_bytes_are_a_picture_or_a_refusal_and_never_a_crash(
    kind: str, damage: list[tuple[int, int]]
) -> None:
    data = bytearray(drawn(kind))
    for place, value in damage:
        data[place % len(data)] = value
    try:
        kept, _ = reencoded(bytes(data), "a")
    except PictureRefused:
        return
    assert opened(kept).size
