"""Claims, how they stand, and the ledgers that say why."""

from collections.abc import Iterator

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from blog.api.answers import Data, NotAsked, paged, query, reading
from blog.claimed import listed_claims
from blog.days import asked_for
from blog.filed import with_posts
from blog.formats.claims import assumption, claim_data, claim_head
from blog.formats.telling import Telling
from blog.models import Story, public_claims
from blog.resting import posts_touching, touching
from blog.views.formats import open_to_all
from sources.ledger import Standing
from sources.ledgers import Ledger, ledgers_of
from sources.models import Claim, StandingChange
from sources.models.origins import fold_name

POSTS_OF_A_CLAIM = 100


@reading
def claims(request: HttpRequest, told: Telling) -> Data:
    """The one that moved last is first."""
    asked = query(request, "story", "standing")
    rows = listed_claims("moved", told.at)
    if slug := asked.get("story"):
        story = with_posts(Story, told.at).filter(slug=slug).first()
        of_story = public_claims(told.at, story=story) if story else Claim.objects.none()
        rows = rows.filter(pk__in=of_story.order_by().values("pk"))
    if standing := asked.get("standing"):
        if standing not in set(Standing):
            raise NotAsked(f"“standing” is one of {', '.join(Standing)}.")
        rows = rows.filter(_standing_as(standing))
    return paged(request, told, rows, lambda some: (_row(claim, told) for claim in some))


@reading
def claim(request: HttpRequest, told: Telling, slug: str) -> Data | HttpResponse:
    """Today, or on the day that `on` names, by today's record."""
    found = public_claims(told.at).by_slugs([slug]).get(fold_name(slug))
    if found is None:
        raise Http404
    if found.slug != slug:
        asked = f"?{request.GET.urlencode()}" if request.GET else ""
        page = told.page("api_claim", found.slug)
        return open_to_all(HttpResponsePermanentRedirect(page + asked))
    day = asked_for(query(request, "on").get("on", ""), timezone.localdate(told.at))
    if day.problem:
        raise NotAsked(day.problem)
    book = ledgers_of([found])[found.pk]
    return claim_data(book, day.day, told) | {
        "changes": [_change(row, told) for row in found.changes.announced(told.at)],
        "posts": list(_posts(book, told)),
    }


def _standing_as(standing: str) -> Q:
    """A claim without a change was never anything but unreported."""
    now = Q(("standing_now", standing))
    unmoved = Q(("standing_now__isnull", True))
    return now | unmoved if standing == Standing.UNREPORTED else now


def _row(claim: Claim, told: Telling) -> Data:
    """Of `listed_claims`."""
    return claim_head(claim, told) | {
        "standing": getattr(claim, "standing_now", None) or Standing.UNREPORTED.value,
        "is_contested": bool(getattr(claim, "contested_now", False)),
        "moved_at": told.moment(getattr(claim, "moved_at", None)),
        "posts_resting_on_it": getattr(claim, "post_count", 0),
    }


def _change(row: StandingChange, told: Telling) -> Data:
    return {
        "at": told.moment(row.at),
        "was": row.was_words,
        "is": row.words,
        "because": row.because,
    }


def _posts(book: Ledger, told: Telling) -> Iterator[Data]:
    """The newest that rest on it or speak of it."""
    posts = posts_touching(book.claim, told.at)[:POSTS_OF_A_CLAIM]
    for one in touching(posts, book, told.at, told.publication):
        yield {
            "id": one.post.uid.urn,
            "slug": one.post.slug,
            "url": told.post(one.post),
            "headline": one.post.headline,
            "assumptions": [_assumed(assumption(each, told)) for each in one.assumptions],
            "passages": [told.site + passage.url for passage in one.passages],
        }


def _assumed(data: Data) -> Data:
    """Without the claim: it is the one that is told of."""
    return {name: value for name, value in data.items() if name != "claim"}
