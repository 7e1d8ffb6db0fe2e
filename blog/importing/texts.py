"""One foreign text on its way in: addresses settled, pictures copied, strange marks escaped."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from blog.importing import templates
from blog.importing.addresses import DATED, Folder, How, Meaning
from blog.importing.conventions import PostFile
from blog.importing.pictures import Copied, Pictures
from blog.importing.report import Finding, Report
from blog.importing.scanning import Place, rewritten
from blog.markup import Citation, Claim, Link, Mark, Reference, fold, parse
from blog.models import Picture
from blog.models.addresses import normalised_path

# Only texts with these can hold what would become a mark here.
MARK_LIKE = re.compile(r"\[\[|\[[^\[\]]*@")
LINK_IN_ALT = re.compile(r"\]\(\s*<?([^\s()<>]+)")
# A mark may stand in another's way; two rounds settle what one leaves.
ROUNDS = 3
SHOWN = 120


@dataclass(frozen=True, slots=True)
class Home:
    """Where a post of the folder lives here: its path, and the others that lead to it."""

    path: str
    slug: str
    others: frozenset[str]


@dataclass(slots=True)
class Text:
    """Handles what the scanner finds in the text of one post."""

    post: PostFile
    folder: Folder
    homes: Mapping[str, Home]
    pictures: Pictures
    report: Report
    outcomes: list[str] = field(default_factory=list)
    """What each address came to: part of the digest, so that new files and pictures count."""
    targets: list[tuple[int, str, str]] = field(default_factory=list)
    """Line, address and key of every link to a post of the folder."""
    foreign_hosts: list[str] = field(default_factory=list)

    def lost_anchor(self, url: str, place: Place) -> None:
        self._note(Finding.ANCHOR, place, url)

    def body(self) -> str:
        return self._with_marks_escaped(rewritten(self.post.body, self))

    def lead_picture(self, path: str, alt: str, credit: str) -> Picture | None:
        path = templates.address(path, self.post.values) or path
        place = Place(-self.post.body_line)
        if "://" in path and not self._is_own(path):
            self._note(Finding.PICTURE_OUTSIDE, place, path)
            return None
        return self._copied(path, alt, place, credit).picture

    # --- Addresses ----------------------------------------------------------------------

    def address(self, url: str, place: Place) -> str | None:
        plain = templates.address(url, self.post.values)
        if plain is None:
            self._note(Finding.TEMPLATE, place, url)
            return None
        url_is_plain = plain == url
        if templates.PICTURE_PATH.search(plain) and self._is_own(plain):
            return self._linked_picture(plain, place) or (None if url_is_plain else plain)
        meaning = self.folder.meaning(plain, self.post.key)
        settled = self._settled(plain, meaning, place)
        return None if settled == url else settled

    def _settled(self, plain: str, meaning: Meaning, place: Place) -> str:
        if meaning.key:
            return self._at_home(plain, meaning, place)
        if meaning.how is How.MISSING:
            near = f"nearest: {meaning.nearest}" if meaning.nearest else "nothing like it"
            self._note(Finding.UNRESOLVED, place, plain, near)
        elif meaning.how is How.PAGE:
            self._note(Finding.OWN_PAGE, place, plain)
        elif "://" in plain:
            self._look_at_host(plain)
        name = plain.removeprefix(templates.NAMED)
        return plain if name == plain else f"/{name.strip('/')}/"

    def _at_home(self, plain: str, meaning: Meaning, place: Place) -> str:
        """The address as written, where it leads to the post here too; else the present one."""
        home = self.homes[meaning.key]
        named = plain.removeprefix(templates.NAMED)
        self.targets.append((self._line(place), named, meaning.key))
        self.outcomes.append(f"{plain} {meaning.key}")
        found = self.folder.site.path_of(plain)
        is_rooted = found is not None and found[0].startswith("/") and "?" not in plain
        path = normalised_path(found[0]) if found and is_rooted else ""
        if path and self._leads_home(path, home) and not self._is_prefixed(plain):
            return plain
        if meaning.how is How.LOOSE:
            self._note(Finding.OTHER_DATE, place, plain, f"now {home.path}")
        return f"{home.path}#{meaning.fragment}" if meaning.fragment else home.path

    def _leads_home(self, path: str, home: Home) -> bool:
        """Only an address of ours is found in whatever case; others are as they were kept."""
        is_ours = home.path not in home.others
        is_same = is_ours and fold(path.rstrip("/")) == fold(home.path.rstrip("/"))
        return is_same or path in home.others

    def _is_prefixed(self, plain: str) -> bool:
        prefix = self.folder.site.prefix
        return bool(prefix) and f"{prefix}/" in plain

    def _is_own(self, url: str) -> bool:
        found = self.folder.site.path_of(url)
        return found is not None and not url.startswith(("#", templates.NAMED))

    def _look_at_host(self, url: str) -> None:
        """Addresses that name posts of this folder on a site nobody said was this one."""
        host, _, path = url.partition("://")[2].partition("/")
        path = "/" + path.partition("#")[0]
        if DATED.fullmatch(path) and self.folder.meaning(path, "").how is How.EXACT:
            self.foreign_hosts.append(host)

    # --- Pictures and embedded things ---------------------------------------------------

    def image(self, src: str, alt: str, title: str, place: Place) -> str | None:
        for url in LINK_IN_ALT.findall(alt):
            self._note(Finding.LOST_LINK, place, url)
        url = templates.address(src, self.post.values)
        if url is None:
            self._note(Finding.TEMPLATE, place, src)
            return None
        if "://" in url and not self._is_own(url):
            self._note(Finding.PICTURE_OUTSIDE, place, url)
            return None if url == src else f"![{alt}]({url})"
        copied = self._copied(url, html.unescape(alt), place)
        quoted = f' "{title.replace(chr(34), "&quot;")}"' if title else ""
        return f"![{alt}]({copied.address}{quoted})" if copied.picture else alt

    def html_image(self, attrs: dict[str, str], place: Place) -> str | None:
        url = templates.address(attrs.get("src", ""), self.post.values)
        alt = attrs.get("alt", "")
        if url is None:
            self._note(Finding.TEMPLATE, place, attrs.get("src", ""))
            return html.escape(alt)
        if "://" in url and not self._is_own(url):
            self._note(Finding.PICTURE_OUTSIDE, place, url)
            words = alt or "picture"
            return words if place.is_in_link else f'<a href="{html.escape(url)}">{words}</a>'
        copied = self._copied(url, html.unescape(alt), place)
        return f'<img src="{copied.address}" alt="{alt}">' if copied.picture else alt

    def frame(self, attrs: dict[str, str], place: Place) -> str | None:
        url = templates.address(attrs.get("src", ""), self.post.values) or ""
        if url.startswith("//"):
            url = f"https:{url}"
        self._note(Finding.EMBED, place, url or "a frame without an address")
        words = attrs.get("title") or url
        if place.is_in_link or not url:
            return words
        return f'<a href="{html.escape(html.unescape(url))}">{words}</a>'

    def template(self, template: str, place: Place) -> str | None:
        value = templates.value_of(template, self.post.values)
        if value is not None:
            return value
        found = templates.tag(template)
        if embedded := templates.embedded(found):
            url, words = embedded
            self._note(Finding.EMBED, place, url)
            return self._link(url, words or url, place)
        if picture := templates.picture(found):
            return self._shown(*picture, place)
        if templates.is_value(template) and found.name.endswith("link") and found.positional:
            self._note(Finding.TEMPLATE_WORDS, place, template)
            return found.positional[0]
        wrapped = templates.wrapping(template, self.post.body)
        if wrapped is not None or found.name.lower() == "toc":
            self._note(Finding.TEMPLATE_WORDS, place, template)
            return html.escape(wrapped.strip("*")) if place.is_html and wrapped else wrapped or ""
        self._note(Finding.TEMPLATE, place, template)
        return None

    def _shown(self, path: str, alt: str, caption: str, place: Place) -> str:
        path = templates.address(path, self.post.values) or path
        if "://" in path and not self._is_own(path):
            self._note(Finding.PICTURE_OUTSIDE, place, path)
            return self._link(path, alt or "picture", place)
        copied = self._copied(path, alt, place)
        if copied.picture is None:
            return alt if templates.PICTURE_PATH.search(path) else ""
        if place.is_html:
            return f'<img src="{copied.address}" alt="{html.escape(alt)}">'
        title = f' "{caption.replace(chr(34), "&quot;")}"' if caption else ""
        return f"![{_in_brackets(alt)}]({copied.address}{title})"

    def _link(self, url: str, words: str, place: Place) -> str:
        if place.is_html:
            return f'<a href="{html.escape(url)}">{html.escape(words)}</a>'
        return f"[{_in_brackets(words)}](<{url}>)"

    def _linked_picture(self, url: str, place: Place) -> str | None:
        copied = self._copied(url, "", place)
        return copied.address or None

    def _copied(self, url: str, alt: str, place: Place, credit: str = "") -> Copied:
        found = self.folder.site.path_of(url)
        copied = self.pictures.copied(found[0] if found else url, self.post.key, alt, credit)
        self.outcomes.append(f"{url} {copied.picture.sha256 if copied.picture else ''}")
        if copied.refusal:
            self._note(Finding.PICTURE_REFUSED, place, f"{url}: {copied.refusal}")
        elif copied.picture is None:
            self._note(Finding.PICTURE_MISSING, place, url)
        return copied

    # --- Marks --------------------------------------------------------------------------

    def _with_marks_escaped(self, body: str) -> str:
        """What this text wrote before it could know our marks means itself.

        `[[name]]` of a post of the folder is what many tools write for a link to it, and stays.
        """
        for _ in range(ROUNDS):
            if not MARK_LIKE.search(body):
                return body
            marks = [m for m in parse(body).marks if not isinstance(m, Link)]
            strange = [m for m in marks if not self._is_of_folder(m)]
            if not strange:
                break
            for mark in reversed(strange):
                body = self._escaped(body, mark)
        return body

    def _is_of_folder(self, mark: Mark) -> bool:
        if not isinstance(mark, Reference):
            return False
        key = self.folder.of_slug(mark.slug)
        return key is not None and fold(self.homes[key].slug) == fold(mark.slug)

    def _escaped(self, body: str, mark: Reference | Citation | Claim) -> str:
        lines = body.split("\n")
        start = sum(len(line) + 1 for line in lines[: mark.line - 1])
        at = body.find(mark.source, start)
        if at < 0 or body[at - 1 : at] == "\\":
            return body
        self.report.add(
            Finding.ESCAPED, self.post.key, self.post.body_line + mark.line, mark.source[:SHOWN]
        )
        return f"{body[:at]}\\{body[at:]}"

    def _note(self, kind: Finding, place: Place, what: str, remedy: str = "") -> None:
        what = " ".join(what.removeprefix(templates.NAMED).split())[:SHOWN]
        self.report.add(kind, self.post.key, self._line(place), what, remedy)

    def _line(self, place: Place) -> int:
        return self.post.body_line + place.line


def _in_brackets(words: str) -> str:
    return re.sub(r"(?<!\\)([\[\]])", r"\\\1", words)
