"""schema.org: what a page says to search engines, in their vocabulary.

Facts of the record only. A claim is a `Claim`, never a ClaimReview: the site rates nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from typing import Any

from django.templatetags.static import static
from django.utils.html import strip_tags

from blog.assumed import Assumptions
from blog.corrections import Notice, Notices
from blog.formats.telling import Telling
from blog.models import Author, Change, Post
from blog.models.addresses import path_of
from blog.reading import Reference
from blog.rendering import ListedSource
from blog.social import HEIGHT, WIDTH
from sources.models import Claim, Source

Data = dict[str, Any]
CONTEXT = "https://schema.org"

# Of each CSL type that schema.org has a word for; the rest are creative works.
TYPES: Mapping[str, str] = {
    "article-journal": "ScholarlyArticle",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "broadcast": "NewsArticle",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "legislation": "Legislation",
    "map": "Map",
    "motion_picture": "Movie",
    "post": "SocialMediaPosting",
    "post-weblog": "BlogPosting",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
}
# Notices by which what was written is set right, not added to.
CORRECTING = frozenset({Change.CORRECTION, Change.CLARIFICATION, Change.RETRACTION})


def filled(values: Mapping[str, Any]) -> Data:
    return {name: value for name, value in values.items() if value}


def publisher(told: Telling) -> Data:
    publication = told.publication
    policies = f"{told.page('about')}#policies" if publication.policies.strip() else ""
    return filled(
        {
            "@type": "NewsMediaOrganization",
            "@id": f"{told.page('front')}#publisher",
            "name": publication.name,
            "slogan": publication.tagline,
            "url": told.page("front"),
            "logo": {"@type": "ImageObject", "url": told.site + static("icons/icon-512.png")},
            "email": publication.contact,
            "masthead": told.page("authors"),
            "publishingPrinciples": policies,
            "correctionsPolicy": policies,
            "unnamedSourcesPolicy": policies,
        }
    )


def site(told: Telling) -> Data:
    """The front page: the site, who publishes it, and how it is searched."""
    target = f"{told.site}/search/?q={{search_term_string}}"
    return filled(
        {
            "@context": CONTEXT,
            "@type": "WebSite",
            "@id": f"{told.page('front')}#site",
            "name": told.publication.name,
            "description": told.publication.tagline,
            "url": told.page("front"),
            "inLanguage": told.publication.language,
            "publisher": publisher(told),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": target},
                "query-input": "required name=search_term_string",
            },
        }
    )


def person(author: Author, told: Telling) -> Data:
    known = {
        "@type": "Person",
        "@id": f"{told.site}{author.get_absolute_url()}#person",
        "name": author.name,
        "givenName": author.given,
        "familyName": author.family,
        "url": told.site + author.get_absolute_url(),
        "sameAs": author.elsewhere,
    }
    return filled(known)


def profile(author: Author, told: Telling) -> Data:
    return {
        "@context": CONTEXT,
        "@type": "ProfilePage",
        "url": told.site + author.get_absolute_url(),
        "mainEntity": person(author, told)
        | {"worksFor": {"@id": f"{told.page('front')}#publisher"}},
    }


def trail(told: Telling, *steps: tuple[str, str]) -> Data:
    """Name and path of each step; the first is the front page."""
    items = [(told.publication.name, path_of("front")), *steps]
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": told.site + path}
            for number, (name, path) in enumerate(items, start=1)
        ],
    }


def opinion(
    post: Post,
    told: Telling,
    *,
    card: str,
    sources: Sequence[ListedSource],
    notices: Notices,
    assumptions: Assumptions,
    earlier: Iterable[Reference],
) -> Data:
    """A post, as its page has it looked up already; `card` is the address of its own picture."""
    works = [work(listed.source, told) for listed in sources]
    based = [{"@id": each["@id"]} for each, one in zip(works, sources, strict=True) if one.notes]
    known = {
        "@context": CONTEXT,
        "@type": "OpinionNewsArticle",
        "@id": told.post(post),
        "url": told.post(post),
        "mainEntityOfPage": told.post(post),
        "headline": post.headline,
        "description": post.standfirst,
        "datePublished": told.moment(post.published_at),
        "dateModified": told.moment(modified(post, notices)),
        "inLanguage": told.language(post),
        "author": [person(byline.author, told) for byline in post.bylines.all()],
        "publisher": publisher(told),
        "image": _images(post, told, card),
        "articleSection": post.story.name if post.story else "",
        "keywords": [topic.name for topic in post.topics.all()],
        "isAccessibleForFree": True,
        "citation": works + [_own(reference.post, told) for reference in earlier],
        "isBasedOn": based,
        "correction": [_correction(notice, told) for notice in notices.every if _corrects(notice)],
        "about": [claim(one.claim, told) for one in assumptions.standing],
        "mentions": _mentioned(assumptions, told),
    }
    return filled(known)


def modified(post: Post, notices: Notices) -> Any:
    """Moves with a notice and with nothing else."""
    return notices.every[-1].row.published_at if notices else post.published_at


def _images(post: Post, told: Telling, card: str) -> list[Data]:
    images: list[Data] = [{"@type": "ImageObject", "url": card, "width": WIDTH, "height": HEIGHT}]
    if picture := post.lead_picture:
        known = {
            "@type": "ImageObject",
            "url": told.site + picture.file.url,
            "width": picture.width,
            "height": picture.height,
            "caption": picture.alt,
            "creditText": picture.credit,
        }
        images.insert(0, filled(known))
    return images


def work(source: Source, told: Telling) -> Data:
    issued = source.issued_on
    outlet = source.outlet
    date = "-".join(
        f"{part:0{width}d}"
        for part, width in ((issued.year, 4), (issued.month, 2), (issued.day, 2))
        if part
    )
    known = {
        "@type": TYPES.get(source.csl_type, "CreativeWork"),
        "@id": told.page("source", source.citekey),
        "name": source.title or source.original_title,
        "url": source.url,
        "author": [_name(name) for name in source.authors],
        "datePublished": date if issued.year and issued.year > 0 else "",
        "publisher": {"@type": "Organization", "name": outlet.name} if outlet else "",
        "inLanguage": source.language,
        "archivedAt": source.archived_url,
    }
    return filled(known)


def _name(name: Mapping[str, Any]) -> Data:
    """Without a type where a name is taken whole: it may be an institution's."""
    if literal := name.get("literal"):
        return {"name": literal}
    known = {"familyName": name.get("family"), "givenName": name.get("given")}
    whole = " ".join(filter(None, [name.get("given"), name.get("family")]))
    return filled({"@type": "Person", "name": whole, **known})


def _own(post: Post, told: Telling) -> Data:
    return {
        "@type": "OpinionNewsArticle",
        "@id": told.post(post),
        "name": post.headline,
        "url": told.post(post),
        "datePublished": told.moment(post.published_at),
    }


def _corrects(notice: Notice) -> bool:
    return notice.row.kind in CORRECTING


def _correction(notice: Notice, told: Telling) -> Data:
    return {
        "@type": "CorrectionComment",
        "name": notice.label,
        "text": " ".join(unescape(strip_tags(notice.text_html)).split()),
        "datePublished": told.moment(notice.row.published_at),
        "author": {"@id": f"{told.page('front')}#publisher"},
    }


def claim(found: Claim, told: Telling) -> Data:
    url = told.page("claim", found.slug)
    return {"@type": "Claim", "@id": url, "url": url, "text": found.statement}


def _mentioned(assumptions: Assumptions, told: Telling) -> list[Data]:
    assumed = {one.claim.pk for one in assumptions.standing}
    spoken_of = (preview.claim for preview in assumptions.previews)
    return [claim(one, told) for one in spoken_of if one.pk not in assumed]
