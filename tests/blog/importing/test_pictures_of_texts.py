"""Pictures and embedded things in foreign texts."""

import os
from pathlib import Path

import pytest

from blog.importing.report import Finding
from blog.models import Picture, Post
from tests.blog.importing.folders import blog, body, load, png, told

pytestmark = pytest.mark.django_db

KEY = "2024-01-01-a.md"


@pytest.mark.parametrize(
    "written",
    [
        "![Alt](/assets/one.png)",
        "![Alt](assets/one.png)",
        "![Alt]({{ site.baseurl }}/assets/one.png)",
        "![Alt]({{ '/assets/one.png' | relative_url }})",
        '{% image "assets/one.png" "Alt" %}',
        '{% image_with_class "assets/one.png" "wide" "Alt" %}',
        '{% include "figure.html",\n  image: "/assets/one.png",\n  alt: "Alt" %}',
        '{% include image.html url="/assets/one.png" description="Alt" %}',
        '{{< figure src="/assets/one.png" alt="Alt" >}}',
    ],
)
def test_a_picture_in_the_folder_is_copied_in_whatever_form(tmp_path: Path, written: str) -> None:
    blog(tmp_path, {KEY: f"A.\n\n{written}\n\nB.", "assets/one.png": png()})
    report = load(tmp_path)
    picture = Picture.objects.get()
    assert body(KEY).startswith(f"A.\n\n![Alt]({picture.file.url}")
    assert (picture.width, picture.alt, report.counts["pictures"]) == (3, "Alt", 1)


def test_a_picture_in_html_stays_html(tmp_path: Path) -> None:
    text = '<figure>\n<img class="x" src="{{ site.baseurl }}/one.png" alt="Alt">\n</figure>'
    blog(tmp_path, {KEY: text, "static/one.png": png()})
    load(tmp_path)
    url = Picture.objects.get().file.url
    assert body(KEY) == f'<figure>\n<img src="{url}" alt="Alt">\n</figure>'


def test_the_same_bytes_are_one_picture(tmp_path: Path) -> None:
    files = {"one.png": png(), "two.png": png()}
    blog(tmp_path, {KEY: "![a](one.png) ![b](two.png)", **files})
    load(tmp_path)
    assert Picture.objects.count() == 1


def test_the_lead_picture_comes_with_its_words(tmp_path: Path) -> None:
    text = "---\ntitle: a\nimage: /img/one.png\nimage_alt: Alt\nimage_credit: Me\n---\nText."
    blog(tmp_path, {KEY: text, "img/one.png": png()})
    load(tmp_path)
    lead = Post.objects.get().lead_picture
    assert lead is not None
    assert (lead.alt, lead.credit) == ("Alt", "Me")


def test_a_missing_picture_leaves_its_words_and_is_reported(tmp_path: Path) -> None:
    text = 'A ![Alt](/no.png) b\n\n{% image "no.png" "Other" %}\n\n![](/no.png)'
    blog(tmp_path, {KEY: f"---\ntitle: a\nimage: /lead.png\n---\n{text}"})
    report = load(tmp_path)
    assert body(KEY) == "A Alt b\n\nOther\n\n"
    lines = [(line, what) for _, line, what in told(report, Finding.PICTURE_MISSING)]
    assert lines == [(5, "/no.png"), (7, "no.png"), (9, "/no.png"), (0, "/lead.png")]


def test_a_picture_that_comes_later_is_taken_in_by_the_next_run(tmp_path: Path) -> None:
    blog(tmp_path, {KEY: "![Alt](/one.png)"})
    load(tmp_path)
    blog(tmp_path, {"one.png": png()})
    report = load(tmp_path)
    assert report.counts["changed"] == 1
    assert body(KEY).startswith("![Alt](/media/")


def test_pictures_elsewhere_become_links(tmp_path: Path) -> None:
    blog(
        tmp_path,
        {KEY: '![Alt](https://x.example.com/a.png) <img src="https://x.example.com/b.png">'},
    )
    report = load(tmp_path)
    whats = [what for _, _, what in told(report, Finding.PICTURE_OUTSIDE)]
    assert whats == ["https://x.example.com/a.png", "https://x.example.com/b.png"]
    assert body(KEY).endswith('<a href="https://x.example.com/b.png">picture</a>')
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ('{{ "https://v.example.com/1" | embed: "Film" }}', "[Film](<https://v.example.com/1>)"),
        ('<iframe src="//v.example.com/1" title="Film"></iframe>',
         '<a href="https://v.example.com/1">Film</a>'),
        ("{{< youtube abc123 >}}",
         "[https://www.youtube.com/watch?v=abc123](<https://www.youtube.com/watch?v=abc123>)"),
        ("{% gist user/123 %}", "[https://gist.github.com/user/123](<https://gist.github.com/user/123>)"),
    ],
)  # fmt: skip
def test_embedded_things_become_links(tmp_path: Path, written: str, becomes: str) -> None:
    blog(tmp_path, {KEY: written})
    report = load(tmp_path)
    assert body(KEY) == becomes
    assert len(report.of(Finding.EMBED)) == 1


@pytest.mark.parametrize("written", ["{{ whatever }}", "{% strange 1 %}", '{{< note "x" >}}'])
def test_unknown_templates_stay_and_are_reported(tmp_path: Path, written: str) -> None:
    blog(tmp_path, {KEY: f"A {written} b"})
    report = load(tmp_path)
    assert body(KEY) == f"A {written} b"
    assert told(report, Finding.TEMPLATE) == [(KEY, 4, written)]


def test_values_of_the_page_are_filled_in(tmp_path: Path) -> None:
    blog(tmp_path, {KEY: "---\ntitle: a\nexcerpt: Short.\n---\n{{ page.excerpt }} {{ title }}"})
    load(tmp_path)
    assert body(KEY) == "Short. a"


@pytest.mark.parametrize(
    "address",
    [
        "../../etc/passwd",
        "/../secret.png",
        "%2e%2e/secret.png",
        "../secret.png",
        "inside/link.png",
        "....//secret.png",
        "file:///etc/passwd",
        "/inside/../../secret.png",
        "a\u0000b.png",
        "x" * 4000,
    ],
)
def test_no_file_outside_the_folder_is_ever_read(tmp_path: Path, address: str) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    inside = tmp_path / "blog" / "inside"
    inside.mkdir(parents=True)
    os.symlink(tmp_path / "secret.png", inside / "link.png")
    text = f"---\ntitle: a\nimage: {address!a}\n---\n![a]({address}) <img src='{address}'>"
    blog(tmp_path / "blog", {KEY: text.replace("\0", "%00").replace("\\x00", "%00")})
    load(tmp_path / "blog")
    assert Post.objects.count() == 1
    assert not Picture.objects.exists()


def test_what_only_calls_itself_a_picture_is_refused(tmp_path: Path) -> None:
    blog(tmp_path, {KEY: "![Alt](/one.png)", "one.png": b"<svg onload=alert(1)>"})
    report = load(tmp_path)
    assert body(KEY) == "Alt"
    assert len(report.of(Finding.PICTURE_REFUSED)) == 1
