"""How long others may keep a page: browsers ask each time; for a CDN it is up to the site."""

from dataclasses import dataclass

from publication.pages.kept import Headers


@dataclass(frozen=True)
class Lifetimes:
    """What settings say. Without them nobody shows a page without asking whether it holds."""

    shared: int = 0
    """Seconds for which a CDN may show a page without asking."""
    stale: int = 0
    """And for how many more while it asks."""
    tags_in: str = ""
    """The header by which a CDN is told what to forget together: Surrogate-Key or Cache-Tag."""

    def headers(self, kind: str) -> Headers:
        tags = [(self.tags_in, self._tags(kind))] if self.tags_in else []
        return [("Cache-Control", self.rule), *tags]

    @property
    def rule(self) -> str:
        if not self.shared:
            return "public, no-cache"
        stale = f", stale-while-revalidate={self.stale}" if self.stale else ""
        return f"public, max-age=0, must-revalidate, s-maxage={self.shared}{stale}"

    def _tags(self, kind: str) -> str:
        """Fastly and Varnish part them by spaces, Cloudflare by commas."""
        between = "," if self.tags_in.lower() == "cache-tag" else " "
        return between.join(("passim", f"passim-{kind}"))
