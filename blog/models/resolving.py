"""From what a text says to the rows it means: one look-up for each kind of mark.

The number of queries does not depend on the number of marks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from blog.markup import Document, Link, fold
from blog.models.addresses import DATED_PATH, OldAddress, Slug, own_path
from blog.models.claims import public_claims
from publication.models import Publication
from sources.canonical import canonical_url
from sources.models import Claim, Source

if TYPE_CHECKING:
    from blog.models.posts import Post
    from blog.models.reading import PostQuerySet

WEB = ("http://", "https://")
LONGEST_ADDRESS = 2000


@dataclass(frozen=True)
class Resolution:
    """What the marks of one text mean. A name that leads nowhere has no entry."""

    own_hosts: frozenset[str] = frozenset()
    posts: Mapping[str, "Post"] = field(default_factory=dict)
    """By folded slug, and by path for pasted addresses."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    """By citekey, and by canonical URL for plain links."""
    claims: Mapping[str, Claim] = field(default_factory=dict)
    """By folded slug, each with its standing."""

    def written(self, link: Link) -> str | None:
        """The name under which a link is indexed; None when it is neither reference nor source."""
        path = own_path(link.url, self.own_hosts)
        if path is not None:
            return path if path in self.posts or DATED_PATH.match(path) else None
        return outside(link.url)

    def known_to(self, seen: "PostQuerySet") -> "Resolution":
        """The same for somebody who may know of these posts, and of what readers see.

        To them, other posts are told from what leads nowhere by nothing.
        """
        asked = {post.pk for post in self.posts.values() if not post.is_published}
        if not asked:
            return self
        hidden = asked - set(seen.filter(pk__in=asked).values_list("pk", flat=True))
        known = {name: post for name, post in self.posts.items() if post.pk not in hidden}
        return replace(self, posts=known)

    def read_at(self, at: datetime) -> "Resolution":
        """The same with those claims only that readers know of from posts.

        For texts that are no posts: that a notice names a claim does not make it public.
        """
        if not self.claims:
            return self
        named = public_claims(at).filter(pk__in={claim.pk for claim in self.claims.values()})
        public = set(named.values_list("pk", flat=True))
        known = {name: claim for name, claim in self.claims.items() if claim.pk in public}
        return replace(self, claims=known)


def outside(url: str) -> str | None:
    """The canonical form of an address elsewhere; None for mail addresses and the like."""
    if not url.lower().startswith(WEB) or len(url) > LONGEST_ADDRESS:
        return None
    return canonical_url(url) or None


def own_hosts() -> frozenset[str]:
    return Publication.current().own_hosts


def resolve(document: Document, *, hosts: frozenset[str] | None = None) -> Resolution:
    """Look up everything that the text names. Reads only."""
    hosts = own_hosts() if hosts is None else hosts
    paths = {p for link in document.links if (p := own_path(link.url, hosts)) is not None}
    pages = {
        page
        for link in document.links
        if own_path(link.url, hosts) is None and (page := outside(link.url))
    }
    posts = _posts_by_slug({fold(mark.slug) for mark in document.references}, paths)
    posts.update(_posts_by_old_address(paths))
    keys = {item.key for mark in document.citations for item in mark.items}
    slugs = {fold(mark.slug) for mark in document.claims}
    claims = Claim.objects.with_standing().by_slugs(slugs) if slugs else {}
    return Resolution(hosts, posts, _sources(keys, pages), claims)


def resolve_all(
    documents: Sequence[Document], *, hosts: frozenset[str] | None = None
) -> Resolution:
    """What the marks of several texts mean, in the queries of one: a name means the same in all."""
    first, *_ = documents
    marks = tuple(mark for document in documents for mark in document.marks)
    return resolve(replace(first, marks=marks), hosts=hosts)


def _posts_by_slug(slugs: set[str], paths: Iterable[str]) -> dict[str, "Post"]:
    """Posts for slugs and for dated paths; a path must carry the post's own date."""
    dated = {path: match for path in paths if (match := DATED_PATH.match(path))}
    wanted = slugs | {fold(match[4]) for match in dated.values()}
    rows = Slug.objects.filter(folded__in=wanted).select_related("post") if wanted else ()
    by_slug = {row.folded: row.post for row in rows}
    found = {slug: by_slug[slug] for slug in slugs if slug in by_slug}
    for path, match in dated.items():
        post = by_slug.get(fold(match[4]))
        if post and post.dated_on and f"{post.dated_on:%Y/%m/%d}" == "/".join(match.groups()[:3]):
            found[path] = post
    return found


def _posts_by_old_address(paths: set[str]) -> dict[str, "Post"]:
    rows = OldAddress.objects.filter(path__in=paths).select_related("post") if paths else ()
    return {row.path: row.post for row in rows}


def _sources(keys: set[str], pages: set[str]) -> dict[str, Source]:
    found = Source.objects.by_citekeys(keys) if keys else {}
    if pages:
        for source in Source.objects.with_outlet().of_pages(pages):
            found[source.canonical_url] = source
    return found
