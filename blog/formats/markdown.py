"""A post as Markdown: the author's text, under front matter that says what the page says.

The sources stand in it as CSL, where Pandoc looks for them, so that the file is whole by itself.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from blog.assumed import Assumed, assumptions_of
from blog.corrections import Notice, notices_of
from blog.formats.citations import sources_of_post
from blog.formats.telling import Telling
from blog.importing.front_matter import exported
from blog.markup import for_readers, parse
from blog.models import Post, State
from blog.rendering import stored_rows
from blog.targeting import Circumstances, Rows, targets_of
from sources.csl import to_csl


def markdown(post: Post, told: Telling) -> str:
    [rows] = stored_rows([post], told.at)
    document = parse(post.body)
    now = Circumstances(told.at, told.publication.own_hosts, told.language(post))
    text = for_readers(document, targets_of(document, rows, now))
    values = {name: value for name, value in _values(post, rows, told).items() if value}
    return f"---\n{exported(values)}\n---\n\n{text}\n"


def _values(post: Post, rows: Rows, told: Telling) -> Mapping[str, Any]:
    notices = notices_of(post, told.at, told.publication).every
    return {
        "title": post.headline,
        "standfirst": post.standfirst,
        "author": [byline.author.name for byline in post.bylines.all()],
        "date": told.moment(post.published_at),
        "updated": told.moment(notices[-1].row.published_at) if notices else "",
        "known_at": told.moment(post.known_at),
        "story": post.story.name if post.story else "",
        "topics": sorted(topic.name for topic in post.topics.all()),
        "lang": told.language(post),
        "publication": told.publication.name,
        "url": told.post(post),
        "assumes": _assumes(assumptions_of(post, told.at, told.publication).standing, told),
        "notices": [_notice(notice, told) for notice in notices],
        "posts": _posts(rows, told),
        "references": [to_csl(source) for source in sources_of_post(post, told.at)],
    }


def _assumes(rows: Iterable[Assumed], told: Telling) -> list[Mapping[str, str]]:
    return [
        {
            "claim": one.claim.statement,
            "words": one.row.shown_words,
            "when_written": one.written.words,
            "now": one.now.words,
            "url": told.page("claim", one.claim.slug),
        }
        for one in rows
    ]


def _notice(notice: Notice, told: Telling) -> Mapping[str, str | None]:
    return {"kind": notice.row.kind, "date": told.moment(notice.row.published_at)}


def _posts(rows: Rows, told: Telling) -> Mapping[str, Mapping[str, str]]:
    """What the names in [[…]] lead to."""
    return {
        row.written: {"title": row.target.headline, "url": told.post(row.target)}
        for row in sorted(rows.references, key=lambda row: row.position)
        if row.target and row.target.state(told.at) is State.PUBLISHED and not row.is_pasted
    }
