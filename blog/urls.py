"""The addresses of the public site. tests/test_leaks.py holds a leak test for each."""

from django.urls import path

from blog import converters  # noqa: F401 - registers them
from blog.api import routes as api
from blog.feeds import changes as changes_feeds
from blog.feeds import posts as post_feeds
from blog.views import (
    addresses,
    archive,
    cited,
    claims,
    corrections,
    filing,
    formats,
    front,
    media,
    pictures,
    posts,
    search,
    site,
    sitemaps,
    social,
)

app_name = "blog"


urlpatterns = [
    path("", front.front, name="front"),
    path("about/", front.about, name="about"),
    path("feed.<format:kind>", post_feeds.site, name="feed"),
    path("archive/", archive.archive, name="archive"),
    path("<yyyy:year>/", archive.year, name="year"),
    path("<yyyy:year>/<two:month>/", archive.month, name="month"),
    path("<yyyy:year>/<two:month>/<two:day>/", archive.day, name="day"),
    path("<yyyy:year>/<two:month>/<two:day>/<name:slug>/", posts.post, name="post"),
    path("<yyyy:year>/<two:month>/<two:day>/<name:slug>/path/", pictures.path, name="path"),
    path(
        "<yyyy:year>/<two:month>/<two:day>/<name:slug>.<text_format:kind>",
        formats.text,
        name="post_text",
    ),
    path(
        "<yyyy:year>/<two:month>/<two:day>/<name:slug>/<cited:what>.<citation_format:kind>",
        formats.citations,
        name="post_citations",
    ),
    path("map/", pictures.map_of_site, name="map"),
    path("stories/", filing.stories, name="stories"),
    path("stories/<name:slug>/", filing.story, name="story"),
    path("stories/<name:slug>/feed.<format:kind>", post_feeds.story, name="story_feed"),
    path("stories/<name:slug>/claims.<format:kind>", changes_feeds.story, name="story_claims_feed"),
    path("topics/", filing.topics, name="topics"),
    path("topics/<name:slug>/", filing.topic, name="topic"),
    path("topics/<name:slug>/feed.<format:kind>", post_feeds.topic, name="topic_feed"),
    path("authors/", filing.authors, name="authors"),
    path("authors/<name:slug>/", filing.author, name="author"),
    path("authors/<name:slug>/feed.<format:kind>", post_feeds.author, name="author_feed"),
    path("sources/", cited.sources, name="sources"),
    # Pandoc's citekeys may hold a slash.
    path("sources/<names:citekey>/", cited.source, name="source"),
    path("sources/<names:citekey>/feed.<format:kind>", post_feeds.source, name="source_feed"),
    path("outlets/<name:slug>/feed.<format:kind>", post_feeds.outlet, name="outlet_feed"),
    path("outlets/<name:slug>/", cited.outlet, name="outlet"),
    path("claims/", claims.claims, name="claims"),
    path("claims/feed.<format:kind>", changes_feeds.site, name="claims_feed"),
    path("claims/<name:slug>/feed.<format:kind>", changes_feeds.claim, name="claim_feed"),
    path("claims/<name:slug>/", claims.claim, name="claim"),
    path("origins/<name:slug>/", claims.origin, name="origin"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("social/<uuid:uid>-<slug:digest>.png", social.post, name="post_picture"),
    path("social/<slug:digest>.png", social.site, name="site_picture"),
    path("site.webmanifest", site.manifest, name="manifest"),
    path("favicon.ico", site.favicon, name="favicon"),
    path("robots.txt", site.robots, name="robots"),
    path(".well-known/security.txt", site.security, name="security"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemap-news.xml", sitemaps.news, name="news_sitemap"),
    path("sitemap-<sitemap:kind>-<int:number>.xml", sitemaps.part, name="sitemap"),
    path("search/", search.search, name="search"),
    path("opensearch.xml", search.open_search, name="opensearch"),
    *api.routes,
    path("media/<names:path>", media.media, name="media"),
    # Last: whatever a post was ever called.
    path("<names:path>", addresses.old_address, name="old_address"),
]
