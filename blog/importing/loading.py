"""A folder of Markdown becomes posts. Twice the same folder changes nothing the second time."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from blog.importing import furniture, ledger, record
from blog.importing.addresses import Site
from blog.importing.configuration import Configuration, configuration_of
from blog.importing.discovery import Files
from blog.importing.foreign import Plans, Ready, is_edited, read_files
from blog.importing.own import Export
from blog.importing.pictures import Pictures, keeper
from blog.importing.report import Finding, Report
from blog.importing.saving import Filing, write
from blog.markup import parse
from blog.models import Author, CrossReference, OldAddress, Post, Story, Topic
from blog.models.indexing import index
from publication.models import Publication, host_of
from sources.models import Claim, Origin, Outlet, Source

# Of a row that cannot be; anything else is a fault of ours and must be seen.
NOT_SAVED = (DatabaseError, ValidationError, ValueError, RecursionError)
COUNTED = {
    "sources": Source,
    "outlets": Outlet,
    "authors": Author,
    "topics": Topic,
    "stories": Story,
    "old addresses": OldAddress,
    "claims": Claim,
    "origins": Origin,
}
Progress = Callable[[Sequence[Ready]], Iterable[Ready]]


@dataclass(frozen=True, slots=True)
class Options:
    site_urls: Sequence[str] = ()
    picture_folders: Sequence[Path] = ()
    is_dry_run: bool = False


@dataclass(slots=True)
class Import:
    """One run over one folder."""

    folder: Path
    options: Options = Options()
    report: Report = field(init=False)
    done: dict[str, int] = field(default_factory=dict)
    """Posts by the file they came from."""

    def __post_init__(self) -> None:
        self.report = Report(self.options.is_dry_run)

    def run(self, progress: Progress = iter) -> Report:
        before = {name: model._default_manager.count() for name, model in COUNTED.items()}
        with _rolled_back() if self.options.is_dry_run else nullcontext():
            self._all(progress)
            for name, model in COUNTED.items():
                self.report.counts[name] = model._default_manager.count() - before[name]
        return self.report

    def _all(self, progress: Progress) -> None:
        is_own = (self.folder / "publication.json").is_file()
        roots = (self.folder, *self.options.picture_folders)
        pictures = Pictures(Files(roots), keeper(is_dry_run=self.options.is_dry_run))
        if is_own:
            furniture.load(self.folder, self.report)
            ready = list(Export(self.folder, pictures, self.report).ready())
        else:
            configuration = configuration_of(self.folder)
            self._heed(configuration)
            urls = [*self.options.site_urls, *filter(None, [configuration.url])]
            _remember(urls)
            read = read_files(self.folder, Publication.current().zone, self.report)
            site = Site.at(urls or _own_addresses(), configuration.permalinks)
            ready = list(Plans(site, read, pictures, self.report).ready())
        self._write_all(ready, progress)
        self._complete(ready, everything=is_own)
        if is_own:
            record.load(self.folder, self.done, self.report)
            ledger.load_handlings(self.folder, self.done, self.report)
        self.report.counts["pictures"] = pictures.count

    def _heed(self, said: Configuration) -> None:
        """Name, language and time zone are taken over only where nobody has chosen any."""
        if not said.told():
            return
        publication, fresh = Publication.current(), Publication()
        names = {"name": said.title[:120], "language": said.language, "time_zone": said.time_zone}
        is_untouched = not Post.objects.exists() and all(
            getattr(publication, name) == getattr(fresh, name) for name in names
        )
        if is_untouched:
            for name, value in names.items():
                setattr(publication, name, value or getattr(publication, name))
            publication.save()
        told = "taken over" if is_untouched else "the publication here keeps its own"
        self.report.add(Finding.CONFIGURED, said.name, what=said.told(), remedy=told)

    def _write_all(self, ready: Sequence[Ready], progress: Progress) -> None:
        filing, hosts = Filing.of_site(), Publication.current().own_hosts
        for one in progress(ready):
            if one.post and not self._is_to_change(one):
                self.done[one.plan.key] = one.post.pk
                continue
            post = one.post or Post()
            verb = "changed" if one.post else "made"
            try:
                taken = write(one.plan, post, filing, hosts, one.half)
            except NOT_SAVED as error:
                self.report.refuse(one.plan.key, f"could not be saved: {error}")
                continue
            self.report.counts[verb] += 1
            self.done[one.plan.key] = post.pk
            for path in taken:
                self.report.add(Finding.ADDRESS_TAKEN, one.plan.key, what=path)

    def _is_to_change(self, one: Ready) -> bool:
        if one.post is None or one.is_same:
            self.report.counts["unchanged"] += 1
            return False
        if not one.half or is_edited(one.post):
            self.report.counts["left alone"] += 1
            self.report.add(Finding.LEFT_ALONE, one.plan.key, what=one.post.headline)
            return False
        return True

    def _complete(self, ready: Sequence[Ready], *, everything: bool) -> None:
        """Index anew the posts that refer to posts which came after them, and count."""
        hosts = Publication.current().own_hosts
        for one in ready:
            if everything or self._missing(one):
                self._index(one, hosts)
            for line, address, _ in self._missing(one):
                self.report.add(
                    Finding.UNRESOLVED,
                    one.plan.key,
                    line,
                    address,
                    "the post is here: add it by hand",
                )
        ids = list(self.done.values())
        self.report.counts["references resolved"] = sum(
            CrossReference.objects.filter(post__in=ids[n : n + 500], target__isnull=False).count()
            for n in range(0, len(ids), 500)
        )

    def _index(self, one: Ready, hosts: frozenset[str]) -> None:
        if pk := self.done.get(one.plan.key):
            body = Post.objects.values_list("body", flat=True).get(pk=pk)
            with transaction.atomic():
                index(pk, parse(body), hosts=hosts)

    def _missing(self, one: Ready) -> list[tuple[int, str, str]]:
        """Links to posts of the folder for which there is no cross-reference, each by itself."""
        pk = self.done.get(one.plan.key)
        if pk is None or not one.plan.targets:
            return []
        rows = CrossReference.objects.filter(post=pk, target__isnull=False)
        left: Counter[int | None] = Counter(rows.values_list("target_id", flat=True))
        missing = []
        for target in one.plan.targets:
            to = self.done.get(target[2])
            left[to] -= 1
            if to != pk and left[to] < 0:
                missing.append(target)
        return missing


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _own_addresses() -> list[str]:
    publication = Publication.current()
    return [publication.address, *publication.former_addresses.split()]


def _remember(site_urls: Iterable[str]) -> None:
    """The blog's former addresses: links to them mean this site's posts from now on."""
    publication = Publication.current()
    new = [
        url for url in site_urls if host_of(url).removeprefix("www.") not in publication.own_hosts
    ]
    if new:
        lines = [*publication.former_addresses.split(), *new]
        publication.former_addresses = "\n".join(lines)
        publication.save()
