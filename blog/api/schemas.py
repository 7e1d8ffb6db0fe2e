"""What the API answers, as JSON Schema: the components of its description."""

from typing import Any

Data = dict[str, Any]

TEXT: Data = {"type": "string"}
TRUTH: Data = {"type": "boolean"}
NUMBER: Data = {"type": "integer"}
ADDRESS: Data = {"type": "string", "format": "uri"}
DAY: Data = {"type": "string", "format": "date"}
MOMENT: Data = {"type": "string", "format": "date-time"}
ANYTHING: Data = {"type": "object"}


def ref(name: str) -> Data:
    return {"$ref": f"#/components/schemas/{name}"}


def many(each: Data) -> Data:
    return {"type": "array", "items": each}


def maybe(schema: Data) -> Data:
    return {"anyOf": [schema, {"type": "null"}]}


def record(**properties: Data) -> Data:
    """An object that always has all of these."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def also(name: str, **properties: Data) -> Data:
    return {"allOf": [ref(name), record(**properties)]}


PAGED: Data = {
    "count": NUMBER,
    "page": NUMBER,
    "pages": NUMBER,
    "next": maybe(ADDRESS),
    "previous": maybe(ADDRESS),
}


def page_of(name: str) -> Data:
    return record(**PAGED, items=many(ref(name)))


ENDS: Data = {"sentence": TEXT, "words": TEXT, "paragraph": TEXT}
FILED: Data = {
    "slug": TEXT,
    "name": TEXT,
    "url": ADDRESS,
    "post_count": NUMBER,
    "last_published_at": maybe(MOMENT),
    "posts_url": ADDRESS,
}

SCHEMAS: Data = {
    "Problem": record(error=TEXT),
    "Named": record(slug=TEXT, name=TEXT, url=ADDRESS),
    "Post": record(
        id=TEXT,
        slug=TEXT,
        url=ADDRESS,
        headline=TEXT,
        standfirst=TEXT,
        language=TEXT,
        published_at=MOMENT,
        known_at=maybe(MOMENT),
        authors=many(ref("Named")),
        story=maybe(ref("Named")),
        topics=many(ref("Named")),
    ),
    "WholePost": also(
        "Post",
        updated_at=MOMENT,
        html=TEXT,
        notes=many(record(number=NUMBER, html=TEXT)),
        notices=many(ref("Notice")),
        assumptions=many(ref("Assumption")),
        refers_to=many(ref("Reference")),
        referred_to_by=many(ref("Reference")),
        citations=many(ref("Citation")),
        sources=many(ref("CSL")),
        formats=ANYTHING,
    ),
    "Notice": record(
        kind=TEXT,
        published_at=MOMENT,
        was_html=TEXT,
        text_html=TEXT,
        signed=TEXT,
        paragraph=TEXT,
        url=ADDRESS,
    ),
    "PostEnd": record(id=TEXT, slug=TEXT, url=ADDRESS, title=TEXT),
    "SourceEnd": record(id=TEXT, url=ADDRESS, title=TEXT),
    "Reference": {
        "description": "A mark in one post that leads to another; `cito` says what it does.",
        **record(
            **{"from": ref("PostEnd")},
            to=ref("PostEnd"),
            kind=TEXT,
            cito=ADDRESS,
            target_paragraph=TEXT,
            **ENDS,
        ),
    },
    "Citation": record(
        **{"from": ref("PostEnd")},
        to=ref("SourceEnd"),
        is_link=TRUTH,
        prefix=TEXT,
        locator=TEXT,
        label=TEXT,
        suffix=TEXT,
        **ENDS,
    ),
    "CSL": {
        "description": "An item of CSL-JSON.",
        "type": "object",
        "properties": {"id": TEXT, "type": TEXT},
        "required": ["id", "type"],
    },
    "Source": record(id=TEXT, url=ADDRESS, outlet=maybe(TEXT), csl=ref("CSL")),
    "WholeSource": also("Source", cited_in=many(ref("Citation")), citations_url=ADDRESS),
    "Outlet": record(
        slug=TEXT,
        name=TEXT,
        native_name=TEXT,
        kind=TEXT,
        country=TEXT,
        language=TEXT,
        is_party=TRUTH,
        party_note=TEXT,
        note=TEXT,
        url=ADDRESS,
    ),
    "WholeOutlet": also("Outlet", sources_url=ADDRESS),
    "ClaimHead": record(id=TEXT, slug=TEXT, url=ADDRESS, statement=TEXT),
    "Claim": also(
        "ClaimHead",
        standing=TEXT,
        is_contested=TRUTH,
        moved_at=maybe(MOMENT),
        posts_resting_on_it=NUMBER,
    ),
    "Standing": {
        "description": "How a claim stands, and what that rests on. Origins that count as one "
        "stand together.",
        **record(
            standing=TEXT,
            is_contested=TRUTH,
            words=TEXT,
            because=TEXT,
            independent_origins=many(many(TEXT)),
            denied_by=many(TEXT),
            confirmed_by=many(TEXT),
            repeats=NUMBER,
            is_ruled=TRUTH,
        ),
    },
    "Held": record(
        words=TEXT,
        assumed_at=MOMENT,
        dropped_at=maybe(MOMENT),
        when_written=ref("Standing"),
        now=ref("Standing"),
        path=many(record(at=MOMENT, was=TEXT, **{"is": TEXT})),
    ),
    "Assumption": also("Held", claim=ref("ClaimHead")),
    "Report": {
        "description": "A line of a ledger. One that is struck stays on record and counts no more.",
        **record(
            id=NUMBER,
            origin=record(slug=TEXT, name=TEXT, is_named=TRUTH, speaks_for=maybe(TEXT)),
            stance=TEXT,
            said_from=DAY,
            said_to=DAY,
            said=TEXT,
            source=maybe(record(id=TEXT, title=TEXT)),
            relayed_through=TEXT,
            attribution=TEXT,
            anonymity_reason=TEXT,
            quotation=TEXT,
            note=TEXT,
            repeats=maybe(NUMBER),
            has_authority=TRUTH,
            recorded_at=MOMENT,
            struck_at=maybe(MOMENT),
            struck_because=TEXT,
        ),
    },
    "Ruling": record(
        standing=TEXT, reason=TEXT, ruled_on=DAY, lifted_on=maybe(DAY), lifted_because=TEXT
    ),
    "WholeClaim": also(
        "ClaimHead",
        would_confirm=TEXT,
        note=TEXT,
        on=DAY,
        standing=ref("Standing"),
        ledger=many(ref("Report")),
        rulings=many(ref("Ruling")),
        course=many(record(on=DAY, **{"is": TEXT})),
        changes=many(record(at=MOMENT, was=TEXT, because=TEXT, **{"is": TEXT})),
        posts=many(ref("Resting")),
    ),
    "Resting": record(
        id=TEXT,
        slug=TEXT,
        url=ADDRESS,
        headline=TEXT,
        assumptions=many(ref("Held")),
        passages=many(ADDRESS),
    ),
    "Story": record(**FILED, summary=TEXT, is_concluded=TRUTH, claims_url=ADDRESS),
    "Topic": record(**FILED),
    "Author": record(**FILED, family=TEXT, given=TEXT, bio=TEXT, links=many(ADDRESS)),
    "Graph": record(**PAGED, nodes=many(ref("Node")), edges=many(ref("Edge"))),
    "Node": {
        "description": "A post, a source or a claim.",
        **record(id=TEXT, type=TEXT, label=TEXT, slug=TEXT, url=ADDRESS),
    },
    "Edge": {
        "description": "From a post: `cites` a source, `assumes` or `speaks-of` a claim; any "
        "other kind leads to a post.",
        **record(**{"from": TEXT}, to=TEXT, kind=TEXT),
    },
}
