"""Links among the posts of a folder, in every form, become cross-references."""

from pathlib import Path

import pytest

from blog.importing.report import Finding
from blog.models import Citation, OldAddress, Post
from publication.models import Publication
from sources.models import Outlet, Source
from tests.blog.importing.folders import blog, body, load, referred, told

pytestmark = pytest.mark.django_db

TARGET = "2024-01-02-Target_one.v2.md"
HERE = "/2024/01/02/Target_one.v2/"


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        (f"[w]({HERE})", f"[w]({HERE})"),
        (f"[w]({HERE[:-1]})", f"[w]({HERE[:-1]})"),
        (f"[w]({HERE}#part)", f"[w]({HERE}#part)"),
        (f"[w]({HERE[:-1]}.html)", f"[w]({HERE})"),
        (f"[w]({HERE}index.html)", f"[w]({HERE}index.html)"),
        (f'[w]({{{{ "{HERE}" | url }}}})', f"[w]({HERE})"),
        (f'[w]({{{{ "{HERE}" | url }}}}#part)', f"[w]({HERE}#part)"),
        (f"[w]({{{{ '{HERE}' | relative_url }}}})", f"[w]({HERE})"),
        (f'[w]({{{{ "{HERE}" | prepend: site.baseurl }}}})', f"[w]({HERE})"),
        (f"[w]({{{{site.baseurl}}}}{HERE})", f"[w]({HERE})"),
        (f"[w]({{{{ site.url }}}}{{{{ site.baseurl }}}}{HERE})", f"[w]({HERE})"),
        ("[w]({% post_url 2024-01-02-Target_one.v2 %})", f"[w]({HERE})"),
        ("[w]({{ site.baseurl }}{% post_url 2024-01-02-Target_one.v2 %})", f"[w]({HERE})"),
        ("[w]({% link 2024-01-02-Target_one.v2.md %}#x)", f"[w]({HERE}#x)"),
        ('[w]({{< ref "2024-01-02-Target_one.v2.md" >}})', f"[w]({HERE})"),
        ('[w]({{< relref "Target_one.v2#x" >}})', f"[w]({HERE}#x)"),
        ("[w](2024-01-02-Target_one.v2.md)", f"[w]({HERE})"),
        ("[w](./2024-01-02-Target_one.v2.md#x)", f"[w]({HERE}#x)"),
        ("[w](https://blog.example.org/2024/01/02/Target_one.v2/)", None),
        ("[w](http://www.blog.example.org/2024/01/02/Target_one.v2)", None),
        ("<https://blog.example.org/2024/01/02/Target_one.v2/>", None),
        (f'<a href="{HERE}">w</a>', None),
        (f'<p class="x">\n<a class="y" href=\'{{{{ "{HERE}" | url }}}}\'>w</a></p>',
         f'<p class="x">\n<a class="y" href="{HERE}">w</a></p>'),
        (f"[w][1]\n\n[1]: {HERE}", None),
        (f'[w][1]\n\n[1]: {{{{ "{HERE}" | url }}}}', f"[w][1]\n\n[1]: {HERE}"),
        ("[w](/2024/01/09/target_ONE.v2/)", f"[w]({HERE})"),
        ("[[Target_one.v2|w]]", None),
    ],
)  # fmt: skip
def test_every_form_of_a_link_becomes_a_cross_reference(
    tmp_path: Path, written: str, becomes: str | None
) -> None:
    blog(tmp_path, {TARGET: "Target.", "2024-02-01-from.md": f"A {written}\n"})
    report = load(tmp_path, "https://blog.example.org")
    assert referred("2024-02-01-from.md") == ["Target_one.v2"]
    assert body("2024-02-01-from.md") == f"A {becomes or written}"
    assert told(report, Finding.UNRESOLVED) == []


def test_a_link_to_a_later_post_resolves_as_well(tmp_path: Path) -> None:
    later = "---\ntitle: l\npermalink: /notes/later.html\n---\nLater."
    blog(tmp_path, {"2024-01-01-a.md": "[w](/notes/later.html)", "2024-02-01-later.md": later})
    load(tmp_path)
    assert referred("2024-01-01-a.md") == ["later"]


def test_a_link_that_leads_nowhere_is_reported_with_line_and_nearest(tmp_path: Path) -> None:
    text = (
        "---\ntitle: a\ndate: 2024-01-01\n---\n\nOne.\n\n[w]({{ '/2024/01/02/the-targt/' | url }})"
    )
    blog(tmp_path, {"a.md": text, "2024-01-02-the-target.md": "T"})
    [found] = load(tmp_path).of(Finding.UNRESOLVED)
    assert (found.file, found.line) == ("a.md", 8)
    assert (found.what, found.remedy) == ("/2024/01/02/the-targt/", "nearest: the-target")


def test_a_slug_under_another_date_is_mended_and_said_when_it_is_the_only_one(
    tmp_path: Path,
) -> None:
    files = {"2024-01-01-one.md": "1", "2024-01-02-two.md": "2", "2024-03-02-two.md": "3"}
    blog(tmp_path, {**files, "2024-05-01-a.md": "[w](/2023/01/01/one/) [w](/2023/01/01/two/)"})
    report = load(tmp_path)
    assert body("2024-05-01-a.md").startswith("[w](/2024/01/01/one/)")
    assert [what for _, _, what in told(report, Finding.OTHER_DATE)] == ["/2023/01/01/one/"]
    assert [what for _, _, what in told(report, Finding.UNRESOLVED)] == ["/2023/01/01/two/"]


def test_the_same_slug_three_times_gets_suffixes_and_links_keep_their_date(tmp_path: Path) -> None:
    files = {f"2024-0{n}-01-same.md": f"S{n}" for n in (3, 1, 2)}
    links = "[1](/2024/01/01/same/) [2](/2024/02/01/same/) [3](/2024/03/01/same/)"
    blog(tmp_path, {**files, "2024-05-01-a.md": links})
    load(tmp_path)
    slugs = Post.objects.filter(body__startswith="S").order_by("published_at")
    assert [post.slug for post in slugs] == ["same", "same-2", "same-3"]
    assert referred("2024-05-01-a.md") == ["same", "same-2", "same-3"]
    assert OldAddress.objects.get(path="/2024/02/01/same/").post.slug == "same-2"


def test_a_draft_is_referred_to_under_its_name_in_the_folder(tmp_path: Path) -> None:
    blog(tmp_path, {"_posts/2024-01-01-a.md": "[w](../_drafts/soon.md)", "_drafts/soon.md": "D"})
    load(tmp_path)
    assert referred("_posts/2024-01-01-a.md") == ["soon"]


def test_a_site_that_lived_under_a_path_is_found_there(tmp_path: Path) -> None:
    links = "[1](https://x.example.org/blog/2024/01/01/t/) [2](/blog/2024/01/01/t)"
    blog(tmp_path, {"2024-01-01-t.md": "T", "2024-02-01-a.md": links})
    load(tmp_path, "https://x.example.org/blog/")
    assert referred("2024-02-01-a.md") == ["t", "t"]
    assert OldAddress.objects.filter(path="/blog/2024/01/01/t/").exists()


def test_old_addresses_are_kept_in_the_form_of_their_convention(tmp_path: Path) -> None:
    hugo = '+++\ntitle = "h"\ndate = 2024-02-02\naliases = ["/was/here"]\n+++\nH'
    blog(tmp_path, {"content/posts/h/index.md": hugo})
    load(tmp_path)
    assert set(OldAddress.objects.values_list("path", flat=True)) == {"/posts/h/", "/was/here/"}


def test_an_address_with_a_query_is_kept_with_it(tmp_path: Path) -> None:
    post = "---\ntitle: a\nredirect_from: ['/?p=12', /]\n---\nA"
    links = "[w](https://b.example.org/?p=12) [v](/?p=13) [u](/)"
    blog(tmp_path, {"2024-01-01-a.md": post, "2024-01-02-b.md": links})
    load(tmp_path, "https://b.example.org")
    assert [row.path for row in OldAddress.objects.all()] == ["/?p=12"]
    assert referred("2024-01-02-b.md") == ["a"]


def test_jekylls_default_addresses_lead_here(tmp_path: Path) -> None:
    blog(tmp_path, {"_posts/2024-01-01-t.md": "T", "about.md": "A page.", "_drafts/d.md": "D"})
    load(tmp_path)
    assert Post.objects.count() == 2
    assert OldAddress.objects.filter(path="/2024/01/01/t.html").exists()


def test_links_elsewhere_become_sources_of_outlets(tmp_path: Path) -> None:
    blog(
        tmp_path,
        {"2024-01-01-a.md": "[The paper says so](https://paper.example.com/x?utm_source=y)"},
    )
    report = load(tmp_path)
    assert Citation.objects.get().source == Source.objects.get()
    assert Outlet.objects.get().name == "paper.example.com"
    assert (report.counts["sources"], report.counts["outlets"]) == (1, 1)


def test_pages_of_the_old_site_are_no_sources_and_are_listed(tmp_path: Path) -> None:
    blog(tmp_path, {"2024-01-01-a.md": "[w](https://b.example.org/about/) [v](/contact/) [u](#x)"})
    report = load(tmp_path, "https://b.example.org")
    assert not Citation.objects.exists()
    whats = [what for _, _, what in told(report, Finding.OWN_PAGE)]
    assert whats == ["https://b.example.org/about/", "/contact/"]


def test_the_blogs_own_address_is_remembered_once(tmp_path: Path) -> None:
    blog(tmp_path, {"2024-01-01-a.md": "A"})
    for _ in range(2):
        load(tmp_path, "https://b.example.org")
    assert Publication.current().former_addresses == "https://b.example.org"


def test_own_addresses_that_nobody_named_are_hinted_at(tmp_path: Path) -> None:
    links = " ".join(f"[w](https://b.example.org/2024/01/0{n}/p{n}/)" for n in (1, 2, 3))
    files = {f"2024-01-0{n}-p{n}.md": "P" for n in (1, 2, 3)}
    blog(tmp_path, {**files, "2024-02-01-a.md": links})
    report = load(tmp_path)
    assert told(report, Finding.OWN_HOST) == [
        ("b.example.org", 0, "3 links to posts of this folder")
    ]


@pytest.mark.parametrize(
    "text", ["a [[strange]] b", "a [[updates::x|y]] b", "a [@key, p. 3] b", "[-@k]"]
)
def test_brackets_that_meant_themselves_are_escaped_and_reported(tmp_path: Path, text: str) -> None:
    blog(tmp_path, {"2024-01-01-a.md": f"{text}\n\n`{text}`"})
    report = load(tmp_path)
    escaped = body("2024-01-01-a.md")
    assert escaped.replace("\\", "") == f"{text}\n\n`{text}`"
    assert escaped.count("\\") == 1
    assert len(report.of(Finding.ESCAPED)) == 1
    assert not Citation.objects.exists()
    assert referred("2024-01-01-a.md") == []


def test_a_link_in_a_pictures_description_is_reported(tmp_path: Path) -> None:
    report = load(
        blog(tmp_path, {"2024-01-02-a.md": "x", "b.md": f"![Of [a]({HERE})](p.png)"}),
    )
    assert told(report, Finding.LOST_LINK) == [("b.md", 4, HERE)]


def test_two_links_to_a_later_post_in_two_forms_are_two_cross_references(tmp_path: Path) -> None:
    dated = "---\ntitle: T\ndate: 2024-02-0{}\n---\n"
    blog(
        tmp_path,
        {
            "content/project/one.md": dated.format(1)
            + "[old](https://blog.example.org/project/two), [new](/2024/02/02/two/)",
            "content/project/two.md": dated.format(2),
        },
    )
    report = load(tmp_path, "https://blog.example.org")

    assert referred("content/project/one.md") == ["two", "two"]
    assert not told(report, Finding.UNRESOLVED)


def test_a_link_that_no_text_shows_is_reported_beside_one_that_is(tmp_path: Path) -> None:
    hidden = f"<textarea>[w]({HERE})</textarea>"
    report = load(blog(tmp_path, {TARGET: "x", "b.md": f"[w]({HERE})\n\n{hidden}"}))

    assert referred("b.md") == ["Target_one.v2"]
    assert told(report, Finding.UNRESOLVED) == [("b.md", 6, HERE)]
