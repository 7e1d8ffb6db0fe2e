"""What the parts of our addresses may be."""

from django.urls import register_converter
from django.urls.converters import StringConverter


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


class FeedFormat(StringConverter):
    regex = "atom|json"


class TextFormat(StringConverter):
    regex = "md|json"


class CitationFormat(StringConverter):
    regex = "bib|ris|json"


class Cited(StringConverter):
    """What of a post goes into a bibliography: what it cites, or the post itself."""

    regex = "sources|cite"


class SitemapKind(StringConverter):
    regex = "posts|stories|topics|authors|sources|outlets|claims|origins|pages"


register_converter(FourDigits, "yyyy")
register_converter(TwoDigits, "two")
register_converter(Name, "name")
register_converter(NamePath, "names")
register_converter(SitemapKind, "sitemap")
register_converter(TextFormat, "text_format")
register_converter(CitationFormat, "citation_format")
register_converter(Cited, "cited")
register_converter(FeedFormat, "format")
