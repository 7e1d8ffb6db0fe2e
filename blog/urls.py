"""The addresses of the public site. tests/test_leaks.py holds a leak test for each."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from blog import feeds
from blog.views import addresses, archive, cited, claims, corrections, filing, front, media, posts

app_name = "blog"


class FourDigits:
    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return f"{int(value):04d}"


class TwoDigits(FourDigits):
    regex = "[0-9]{2}"

    def to_url(self, value: int | str) -> str:
        return f"{int(value):02d}"


class Name(StringConverter):
    """Any text without the one character that PostgreSQL cannot look for."""

    regex = "[^/\x00]+"


class NamePath(StringConverter):
    regex = "[^\x00]+"


register_converter(FourDigits, "yyyy")
register_converter(TwoDigits, "two")
register_converter(Name, "name")
register_converter(NamePath, "names")

urlpatterns = [
    path("", front.front, name="front"),
    path("about/", front.about, name="about"),
    path("feed.atom", feeds.feed, name="feed"),
    path("archive/", archive.archive, name="archive"),
    path("<yyyy:year>/", archive.year, name="year"),
    path("<yyyy:year>/<two:month>/", archive.month, name="month"),
    path("<yyyy:year>/<two:month>/<two:day>/", archive.day, name="day"),
    path("<yyyy:year>/<two:month>/<two:day>/<name:slug>/", posts.post, name="post"),
    path("stories/", filing.stories, name="stories"),
    path("stories/<name:slug>/", filing.story, name="story"),
    path("topics/", filing.topics, name="topics"),
    path("topics/<name:slug>/", filing.topic, name="topic"),
    path("authors/", filing.authors, name="authors"),
    path("authors/<name:slug>/", filing.author, name="author"),
    path("sources/", cited.sources, name="sources"),
    # Pandoc's citekeys may hold a slash.
    path("sources/<names:citekey>/", cited.source, name="source"),
    path("outlets/<name:slug>/", cited.outlet, name="outlet"),
    path("claims/", claims.claims, name="claims"),
    path("claims/<name:slug>/", claims.claim, name="claim"),
    path("origins/<name:slug>/", claims.origin, name="origin"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("media/<names:path>", media.media, name="media"),
    # Last: whatever a post was ever called.
    path("<names:path>", addresses.old_address, name="old_address"),
]
