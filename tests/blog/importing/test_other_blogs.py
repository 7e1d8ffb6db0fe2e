"""What blogs of other makes taught: addresses learned from links, languages, dates, names."""

from pathlib import Path

import pytest

from blog.importing.naming import day_in_folders, language_of, name_of
from blog.importing.report import Finding
from blog.models import CrossReference, OldAddress, Post
from tests.blog.importing.folders import blog, body, load, referred, told

pytestmark = pytest.mark.django_db


def test_links_teach_under_which_addresses_posts_stood(tmp_path: Path) -> None:
    names = ("one", "two", "three", "four", "five")
    links = " ".join(f"[x](/writing/{name})" for name in names[:3])
    blog(tmp_path, {f"2015-01-0{n}-{name}.md": links for n, name in enumerate(names, 1)})
    load(tmp_path)

    assert referred("2015-01-05-five.md") == ["one", "two", "three"]
    assert OldAddress.objects.get(path="/writing/five/").post.slug == "five"


def test_a_page_that_is_named_like_a_post_is_not_the_post(tmp_path: Path) -> None:
    blog(
        tmp_path,
        {
            "2015-01-01-python.md": "x",
            "2015-01-02-two.md": "[a](/tags/python/) [b](/docs/python/) [c](/reference/python/) "
            "[d](https://other.test/blog/python/) [e](/blog/python)",
        },
    )
    load(tmp_path)

    assert referred("2015-01-02-two.md") == ["python"]


def test_translations_refer_to_their_own_language(tmp_path: Path) -> None:
    one, two = "[t](/{}/news/2015/01/02/two/) [u](../two/)", "x"
    folders = ("en", "uk")
    files = {f"{lang}/news/_posts/2015-01-01-one.md": one.format(lang) for lang in folders}
    files |= {f"{lang}/news/_posts/2015-01-02-two.md": two for lang in folders}
    report = load(blog(tmp_path, files))

    for lang in folders:
        row = Post.objects.get(import_key=f"{lang}/news/_posts/2015-01-01-one.md")
        targets = {
            ref.target.language
            for ref in CrossReference.objects.filter(post=row).select_related("target")
            if ref.target
        }
        assert row.language == lang
        assert targets == {lang}
    assert not report.of(Finding.UNRESOLVED)


@pytest.mark.parametrize(
    ("key", "name", "language"),
    [
        ("posts/a.uk.md", "a", "uk"),
        ("notes/a/en.md", "a", "en"),
        ("content/pt-br/a/index.md", "a", "pt-br"),
        ("posts/a/index.ru.md", "a", "ru"),
        ("posts/node.js.md", "node.js", ""),
        ("posts/ruby-1.9.md", "ruby-1.9", ""),
        ("it.md", "it", ""),
    ],
)
def test_a_files_place_tells_its_name_and_language(key: str, name: str, language: str) -> None:
    assert (name_of(key), language_of(key)) == (name, language)


def test_a_day_may_stand_in_the_folders() -> None:
    assert str(day_in_folders("2015/06/15/slug.md")) == "2015-06-15"
    assert str(day_in_folders("posts/2015-06-15/index.md")) == "2015-06-15"
    assert day_in_folders("posts/2015/99/99/x.md") is None


def test_a_date_is_found_under_whatever_name(tmp_path: Path) -> None:
    blog(
        tmp_path,
        {
            "a.md": "---\ntitle: A\ndatetime: 2016-04-17T14:20\n---\nx",
            "b.md": "---\ntitle: B\npublished: 2016-04-17\n---\nx",
            "c.md": "---\ntitle: C\npublished: true\npubDate: Apr 17 2016\n---\nx",
            "d.md": '+++\ntitle = "D"\npath = "inside/2016/04/17/d"\n+++\nx',
        },
    )
    load(tmp_path)

    assert [f"{post.dated_on}" for post in Post.objects.all()] == ["2016-04-17"] * 4
    assert OldAddress.objects.get(path="/inside/2016/04/17/d/").post.slug == "d"


def test_pelicans_lines_before_a_text_are_its_front_matter(tmp_path: Path) -> None:
    blog(
        tmp_path,
        {
            "one.md": b"Title: On: things\nDate: 2015-03-04 10:20\nTags: a, b\nSlug: own\n"
            b"Summary: Two\n    lines\n\n[n](#x) Text {filename}.",
            "sub/two.md": b"title: Two\ndate: 2015-03-05\nstatus: draft\n\n"
            b"[a]({filename}/one.md) [b]({filename}../one.md#x) [c](|filename|/one.md)",
            "three.md": b"Note: this is no front matter.\n\nText.",
        },
    )
    load(tmp_path)
    one, two = Post.objects.get(import_key="one.md"), Post.objects.get(import_key="sub/two.md")

    assert (one.headline, one.slug, one.standfirst) == ("On: things", "own", "Two lines")
    assert sorted(topic.name for topic in one.topics.all()) == ["a", "b"]
    assert two.published_at is None
    assert referred("sub/two.md") == ["own"] * 3
    assert body("three.md").startswith("Note: this")


def test_zolas_addresses_name_files(tmp_path: Path) -> None:
    blog(
        tmp_path,
        {"content/one.md": "x", "content/2015-01-01-two.md": "[a](@/one.md) [b](@/one.md#x)"},
    )
    load(tmp_path)

    assert referred("content/2015-01-01-two.md") == ["one", "one"]


def test_pages_without_a_date_and_with_one_name_are_told_apart(tmp_path: Path) -> None:
    overview = "---\ntitle: Overview\n---\n"
    report = load(
        blog(
            tmp_path,
            {
                "a/overview.md": overview,
                "b/overview.md": overview,
                "2015-01-01-two.md": "[a](@/a/overview.md) [b](@/b/overview.md) [c](@/c.md)",
            },
        )
    )

    assert referred("2015-01-01-two.md") == ["overview", "overview-2"]
    assert [what for _, _, what in told(report, Finding.UNRESOLVED)] == ["c.md"]


def test_hugo_writes_addresses_small(tmp_path: Path) -> None:
    blog(
        tmp_path,
        {
            "content/post/First-Post.md": "---\ntitle: A\ndate: 2015-01-01\n---\nx",
            "content/post/Draft.md": "---\ntitle: B\n---\nx",
            "content/post/c.md": "[a](/post/first-post/) [b](/post/draft/) [b](/post/Draft/)",
        },
    )
    load(tmp_path)

    assert referred("content/post/c.md") == ["First-Post", "Draft", "Draft"]
    assert OldAddress.objects.get(path="/post/first-post/").post.slug == "First-Post"
    assert not OldAddress.objects.filter(path="/2015/01/01/first-post/")


def test_tags_around_text_go_and_the_text_stays(tmp_path: Path) -> None:
    report = load(
        blog(
            tmp_path,
            {
                "one.md": '{% figure caption:"Seen" class:"x" %}\nInside.\n{% endfigure %}\n\n'
                "{{< notice warning >}}\nMind.\n{{< /notice >}}\n\n"
                "{% if page.x %}\nKept.\n{% endif %}\n\n{{< toc >}}",
                "two.md": "{% codeblock lang:js %}\nlet highlight = '[[x]]'\n{% endcodeblock %}\n\n"
                "{% highlight ruby linenos %}\n.highlight {% x %}\n{% endhighlight %}",
            },
        )
    )

    assert (
        body("one.md")
        == (
            "**Seen**\nInside.\n\n\n**Warning**\nMind.\n\n\n{% if page.x %}\nKept.\n{% endif %}\n\n"
        ).strip("\n")
        + "\n\n"
    )
    assert body("two.md") == (
        "```js\nlet highlight = '[[x]]'\n```\n\n```ruby\n.highlight {% x %}\n```"
    )
    assert len(told(report, Finding.TEMPLATE)) == 2


def test_players_of_mdx_become_links(tmp_path: Path) -> None:
    load(blog(tmp_path, {"one.mdx": 'import Y from "y"\n\n<YouTube id="abc" title="Film" />'}))

    assert '<a href="https://www.youtube.com/watch?v=abc">Film</a>' in body("one.mdx")


def test_a_name_with_a_wide_space_is_kept(tmp_path: Path) -> None:
    report = load(blog(tmp_path, {"css\u3000居中.md": "x"}))

    assert report.counts["made"] == 1
