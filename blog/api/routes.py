"""The addresses of the API, below `/api/`."""

from django.urls import URLPattern, path

from blog import converters  # noqa: F401 - registers them
from blog.api import about, claims, graph, posts, records

routes: list[URLPattern] = [
    path("api/", about.page, name="api"),
    path("api/v1/", about.root, name="api_root"),
    path("api/v1/openapi.json", about.openapi, name="api_openapi"),
    path("api/v1/posts/", posts.posts, name="api_posts"),
    path("api/v1/posts/<name:slug>/", posts.post, name="api_post"),
    path("api/v1/references/", graph.references, name="api_references"),
    path("api/v1/citations/", graph.citations, name="api_citations"),
    path("api/v1/graph/", graph.graph, name="api_graph"),
    path("api/v1/sources/", records.sources, name="api_sources"),
    # Pandoc's citekeys may hold a slash.
    path("api/v1/sources/<names:citekey>/", records.source, name="api_source"),
    path("api/v1/outlets/", records.outlets, name="api_outlets"),
    path("api/v1/outlets/<name:slug>/", records.outlet, name="api_outlet"),
    path("api/v1/claims/", claims.claims, name="api_claims"),
    path("api/v1/claims/<name:slug>/", claims.claim, name="api_claim"),
    path("api/v1/stories/", records.stories, name="api_stories"),
    path("api/v1/stories/<name:slug>/", records.story, name="api_story"),
    path("api/v1/topics/", records.topics, name="api_topics"),
    path("api/v1/topics/<name:slug>/", records.topic, name="api_topic"),
    path("api/v1/authors/", records.authors, name="api_authors"),
    path("api/v1/authors/<name:slug>/", records.author, name="api_author"),
]
