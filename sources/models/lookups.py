"""Finding sources, and making those that are missing, in bulk."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from django.db import IntegrityError, models

from sources.canonical import canonical_url, host_of
from sources.citekeys import candidates
from sources.models.keys import FormerCitekey
from sources.models.outlets import Outlet, OutletHost

if TYPE_CHECKING:
    from sources.models.sources import Source

# Links handled at a time: an import brings thousands, and a query takes only so many values.
LINKS_AT_A_TIME = 400
# Others may take the same citekeys meanwhile; each attempt sees what they took.
ATTEMPTS = 5


class SourceQuerySet(models.QuerySet["Source"]):
    def with_outlet(self) -> "SourceQuerySet":
        return self.select_related("outlet")

    def citable(self) -> "SourceQuerySet":
        """Without the pages marked as no sources: shops, log-in pages."""
        return self.filter(is_not_a_source=False)

    def of_pages(self, pages: Iterable[str]) -> "SourceQuerySet":
        """Those with these canonical addresses.

        The index has only addresses, nothing empty, and SQLite reads it where it is told the same.
        """
        return self.filter(canonical_url__in=set(pages)).exclude(canonical_url="")

    def matching_urls(self, urls: Iterable[str]) -> "SourceQuerySet":
        """The sources at these addresses, in whichever of its forms an address is given."""
        return self.of_pages(canonical_url(url) for url in urls)

    def by_citekeys(self, keys: Iterable[str]) -> dict[str, "Source"]:
        """The source of each key that is, or once was, the key of one."""
        wanted = set(keys)
        found = {one.citekey: one for one in self.with_outlet().filter(citekey__in=wanted)}
        if missing := wanted - found.keys():
            former = FormerCitekey.objects.filter(key__in=missing)
            found |= {row.key: row.source for row in former.select_related("source__outlet")}
        return found

    def for_url(self, url: str) -> "Source | None":
        return self.matching_urls([url]).first()

    def get_or_make_for_urls(
        self, urls: Mapping[str, str], *, make_outlets: bool = False
    ) -> dict[str, "Source"]:
        """The source of each address, made where there is none; titles from the words linked.

        What is not an address on the web is left out. Outlets are recognised by host and made
        only when asked for. Safe beside others who make the same sources. The number of queries
        does not grow with the number of addresses, up to `LINKS_AT_A_TIME` (but SQLite takes
        new rows in lots of about 25).
        """
        links = list(urls.items())
        found: dict[str, Source] = {}
        for start in range(0, len(links), LINKS_AT_A_TIME):
            some = dict(links[start : start + LINKS_AT_A_TIME])
            found |= self._get_or_make(some, make_outlets=make_outlets)
        return found

    def _get_or_make(self, urls: Mapping[str, str], *, make_outlets: bool) -> dict[str, "Source"]:
        keys = {url: key for url in urls if (key := canonical_url(url))}
        known = self._by_canonical_url(keys.values())
        for _ in range(ATTEMPTS):
            missing: dict[str, str] = {}
            for url, key in keys.items():
                if key not in known:
                    missing.setdefault(key, url)
            if not missing:
                return {url: known[key] for url, key in keys.items()}
            self._make({url: urls[url] for url in missing.values()}, make_outlets=make_outlets)
            known |= self._by_canonical_url(missing)
        raise IntegrityError(f"No free citekey after {ATTEMPTS} attempts for {', '.join(missing)}")

    def _by_canonical_url(self, keys: Iterable[str]) -> dict[str, "Source"]:
        found = self.with_outlet().of_pages(keys)
        return {source.canonical_url: source for source in found}

    def _make(self, links: Mapping[str, str], *, make_outlets: bool) -> None:
        hosts = {url: host_of(url) for url in links}
        outlets = (
            Outlet.objects.make_for_hosts(hosts.values())
            if make_outlets
            else OutletHost.objects.outlets_of(hosts.values())
        )
        sources = [
            self.model.of_link(url, words, outlets.get(hosts[url])) for url, words in links.items()
        ]
        for source, key in zip(
            sources, self.free_citekeys([s.citekey_base() for s in sources]), strict=True
        ):
            source.citekey = key
            source.found_by = source.words_to_find_it()
        self.bulk_create(sources, ignore_conflicts=True)  # type: ignore[arg-type]

    def free_citekeys(self, bases: Sequence[str]) -> list[str]:
        """For each base a key that no source has or ever had, all different.

        Two queries, unless more than 26 sources have forms of the same base.
        """
        series, wanted = {base: candidates(base) for base in bases}, Counter(bases)
        free: dict[str, list[str]] = {base: [] for base in bases}
        given: set[str] = set()
        while short := [base for base in free if len(free[base]) < wanted[base]]:
            offered = {base: list(islice(series[base], wanted[base] + 26)) for base in short}
            asked = {key for keys in offered.values() for key in keys}
            given |= set(self.filter(citekey__in=asked).values_list("citekey", flat=True))
            former = FormerCitekey.objects.filter(key__in=asked)
            given |= set(former.values_list("key", flat=True))
            for base, keys in offered.items():
                chosen = [key for key in keys if key not in given]
                free[base] += chosen[: wanted[base] - len(free[base])]
                given |= set(free[base])
        return [free[base].pop(0) for base in bases]
