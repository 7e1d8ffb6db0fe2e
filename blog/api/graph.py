"""References in both directions: as edges of one kind, and as a graph of nodes and edges."""

from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from blog.api.answers import Data, NotAsked, paged, query, reading
from blog.formats.references import citation_edge, reference_edge
from blog.formats.telling import Telling
from blog.markup import Kind
from blog.models import Assumption, Citation, ClaimMention, CrossReference, Post
from sources.models import Claim, Source

POSTS_OF_A_GRAPH = 200


@reading
def references(request: HttpRequest, told: Telling) -> Data:
    """From post to post, newest first. `post` is either end."""
    asked = query(request, "from", "to", "post", "kind")
    if asked.get("kind", Kind.BACKGROUND) not in set(Kind):
        raise NotAsked(f"“kind” is one of {', '.join(Kind)}.")
    rows = CrossReference.objects.public(told.at).select_related("post", "target")
    for name, path in (("from", "post__slug"), ("to", "target__slug"), ("kind", "kind")):
        if name in asked:
            rows = rows.filter(**{path: asked[name]})
    if slug := asked.get("post"):
        rows = rows.filter(Q(post__slug=slug) | Q(target__slug=slug))
    rows = rows.order_by("-post__published_at", "-post_id", "position").defer(
        "post__body", "target__body"
    )
    return paged(request, told, rows, lambda some: (reference_edge(row, told) for row in some))


@reading
def citations(request: HttpRequest, told: Telling) -> Data:
    """From post to source, newest first."""
    asked = query(request, "post", "source", "outlet")
    rows = Citation.objects.public(told.at).select_related("post", "source")
    paths = {"post": "post__slug", "source": "source__citekey", "outlet": "source__outlet__slug"}
    for name, value in asked.items():
        rows = rows.filter(**{paths[name]: value})
    rows = rows.order_by("-post__published_at", "-post_id", "position").defer("post__body")
    return paged(request, told, rows, lambda some: (citation_edge(row, told) for row in some))


@reading
def graph(request: HttpRequest, told: Telling) -> Data:
    """Posts from the first on, with every edge that leaves them and the nodes at its end.

    A post at the end of an edge stands among the nodes of its own page.
    """
    query(request)
    posts = Post.objects.published(told.at).named().chronological()
    shown: list[Post] = []

    def kept(some: Iterable[Post]) -> Iterator[Data]:
        shown.extend(some)
        return iter(())

    data = paged(request, told, posts, kept, POSTS_OF_A_GRAPH)
    del data["items"]
    return data | _graph(shown, told)


def _graph(posts: list[Post], told: Telling) -> Data:
    names = {post.pk: post.uid.urn for post in posts}
    references = CrossReference.objects.public(told.at).filter(post__in=posts).order_by()
    cited = Citation.objects.public(told.at).filter(post__in=posts).order_by()
    resting = Assumption.objects.public(told.at).standing().filter(post__in=posts).order_by()
    speaking = ClaimMention.objects.public(told.at).filter(post__in=posts).order_by()
    sources = Source.objects.in_bulk({pk for _, pk in _pairs(cited, "source")})
    ends = [_pairs(resting, "claim"), _pairs(speaking, "claim")]
    claims = Claim.objects.with_standing(told.at).in_bulk({pk for each in ends for _, pk in each})
    edges = [
        {"from": names[post], "to": uid.urn, "kind": kind}
        for post, uid, kind in sorted(
            references.values_list("post", "target__uid", "kind").distinct(), key=str
        )
    ]
    edges += [
        {"from": names[post], "to": f"source:{sources[pk].citekey}", "kind": "cites"}
        for post, pk in _pairs(cited, "source")
    ]
    for pairs, kind in zip(ends, ("assumes", "speaks-of"), strict=True):
        edges += [
            {"from": names[post], "to": claims[pk].uid.urn, "kind": kind} for post, pk in pairs
        ]
    nodes = [_post(post, told) for post in posts]
    nodes += [_source(source, told) for source in sources.values()]
    nodes += [_claim(claim, told) for claim in claims.values()]
    return {"nodes": nodes, "edges": edges}


def _pairs(
    rows: "QuerySet[Citation] | QuerySet[Assumption] | QuerySet[ClaimMention]", end: str
) -> list[tuple[int, int]]:
    """Post and end of every row, each pair once, always in the same order."""
    return sorted(set(rows.values_list("post", end)))


def _post(post: Post, told: Telling) -> Data:
    return {
        "id": post.uid.urn,
        "type": "post",
        "label": post.headline,
        "slug": post.slug,
        "url": told.post(post),
        "published_at": told.moment(post.published_at),
    }


def _source(source: Source, told: Telling) -> Data:
    return {
        "id": f"source:{source.citekey}",
        "type": "source",
        "label": str(source),
        "slug": source.citekey,
        "url": told.page("source", source.citekey),
    }


def _claim(claim: Claim, told: Telling) -> Data:
    return {
        "id": claim.uid.urn,
        "type": "claim",
        "label": claim.statement,
        "slug": claim.slug,
        "url": told.page("claim", claim.slug),
        "standing": claim.standing_words,
    }
