"""The description of the API in OpenAPI 3.1: the paths, their parameters, what they answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from blog.api.schemas import SCHEMAS, page_of, ref
from blog.formats.telling import Telling
from blog.markup import Kind
from sources.ledger import Standing

Data = dict[str, Any]
VERSION = "1.0.0"
TEXT = {"type": "string"}


@dataclass(frozen=True)
class Endpoint:
    """A path below /api/v1/, what it gives, and what may be asked of it."""

    path: str
    name: str
    """Of its pattern in blog.urls."""
    summary: str
    schema: str
    is_list: bool = True
    queries: Mapping[str, tuple[str, Data]] = field(default_factory=dict)

    @property
    def placeholder(self) -> str:
        """The name of what the path leaves open; "" for none."""
        return self.path.partition("{")[2].partition("}")[0]


def _slug(what: str) -> tuple[str, Data]:
    return f"The slug of {what}.", TEXT


ENDPOINTS = (
    Endpoint(
        "posts/",
        "api_posts",
        "Posts, newest first",
        "Post",
        queries={
            "story": _slug("a story they belong to"),
            "topic": _slug("a topic they are filed under"),
            "author": _slug("an author who signed them"),
            "year": ("Of their address.", {"type": "integer"}),
            "language": ("A language tag.", TEXT),
            "cites": ("The key of a source they cite.", TEXT),
            "outlet": _slug("an outlet they cite"),
            "refers_to": _slug("a post they refer to"),
            "rests_on": _slug("a claim they assume or speak of"),
        },
    ),
    Endpoint("posts/{slug}/", "api_post", "A post whole", "WholePost", is_list=False),
    Endpoint(
        "references/",
        "api_references",
        "References from post to post",
        "Reference",
        queries={
            "from": _slug("the post that refers"),
            "to": _slug("the post referred to"),
            "post": _slug("the post at either end"),
            "kind": ("What the reference does.", {"enum": [kind.value for kind in Kind]}),
        },
    ),
    Endpoint(
        "citations/",
        "api_citations",
        "Citations from post to source",
        "Citation",
        queries={
            "post": _slug("the post that cites"),
            "source": ("The key of the source.", TEXT),
            "outlet": _slug("the outlet of the source"),
        },
    ),
    Endpoint("graph/", "api_graph", "All of it as nodes and edges", "Graph", is_list=False),
    Endpoint(
        "sources/",
        "api_sources",
        "Sources, by key",
        "Source",
        queries={"outlet": _slug("who published them")},
    ),
    Endpoint(
        "sources/{citekey}/", "api_source", "A source, and who cites it", "WholeSource", False
    ),
    Endpoint("outlets/", "api_outlets", "Outlets, by name", "Outlet"),
    Endpoint("outlets/{slug}/", "api_outlet", "An outlet", "WholeOutlet", is_list=False),
    Endpoint(
        "claims/",
        "api_claims",
        "Claims, the last to move first",
        "Claim",
        queries={
            "story": _slug("a story they belong to"),
            "standing": ("How they stand now.", {"enum": [each.value for each in Standing]}),
        },
    ),
    Endpoint(
        "claims/{slug}/",
        "api_claim",
        "A claim with its ledger, today or on a past day",
        "WholeClaim",
        is_list=False,
        queries={"on": ("A day.", {"type": "string", "format": "date"})},
    ),
    Endpoint("stories/", "api_stories", "Stories, by name", "Story"),
    Endpoint("stories/{slug}/", "api_story", "A story", "Story", is_list=False),
    Endpoint("topics/", "api_topics", "Topics, by name", "Topic"),
    Endpoint("topics/{slug}/", "api_topic", "A topic", "Topic", is_list=False),
    Endpoint("authors/", "api_authors", "Authors, by name", "Author"),
    Endpoint("authors/{slug}/", "api_author", "An author", "Author", is_list=False),
)
# Beside the lists, what comes page by page.
PAGED = frozenset({"Graph"})


def described(told: Telling) -> Data:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{told.publication.name}: posts, references, sources, claims",
            "description": "The graph as data. To read only; what readers cannot see is not in it.",
            "version": VERSION,
        },
        "servers": [{"url": told.page("api_root").rstrip("/")}],
        "paths": {f"/{each.path}": {"get": _operation(each)} for each in ENDPOINTS},
        "components": {"schemas": SCHEMAS},
    }


def _operation(endpoint: Endpoint) -> Data:
    schema = page_of(endpoint.schema) if endpoint.is_list else ref(endpoint.schema)
    return {
        "operationId": endpoint.name.removeprefix("api_"),
        "summary": endpoint.summary,
        "parameters": list(_parameters(endpoint)),
        "responses": {
            "200": {"description": endpoint.summary, "content": _json(schema)},
            **{code: _problem(words) for code, words in _problems(endpoint).items()},
        },
    }


def _parameters(endpoint: Endpoint) -> list[Data]:
    found: list[Data] = [
        {"name": name, "in": "query", "description": words, "schema": schema}
        for name, (words, schema) in endpoint.queries.items()
    ]
    if endpoint.is_list or endpoint.schema in PAGED:
        number = {"type": "integer", "minimum": 1, "default": 1}
        words = "Which page, from 1."
        found.append({"name": "page", "in": "query", "description": words, "schema": number})
    if name := endpoint.placeholder:
        found.insert(0, {"name": name, "in": "path", "required": True, "schema": TEXT})
    return found


def _problems(endpoint: Endpoint) -> Mapping[str, str]:
    problems: dict[str, str] = {
        "400": "A parameter that there is not.",
        "404": "Nothing public is there.",
    }
    if endpoint.schema == "WholePost":
        problems["410"] = "The post was withdrawn; with its notice."
    return problems


def _problem(words: str) -> Data:
    return {"description": words, "content": _json(ref("Problem"))}


def _json(schema: Data) -> Data:
    return {"application/json": {"schema": schema}}
