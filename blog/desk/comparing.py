"""Somebody else saved in between: both texts side by side, and both put together."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from difflib import SequenceMatcher
from functools import cached_property
from itertools import zip_longest
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from blog.assuming import together
from blog.merging import Merged, merge, units
from blog.models import Picture, Post, Story, Topic
from blog.models.claims import written_assumptions
from blog.roles import may_change, signed_in, type_of_user

Values = Mapping[str, list[str]]

FIELDS = {
    "headline": "Headline",
    "standfirst": "Standfirst",
    "story": "Story",
    "topics": "Topics",
    "language": "Language",
    "slug": "Slug",
    "lead_picture": "Lead picture",
    "known_at": "Facts as known at",
    "assumes": "What this assumes",
}
CHOSEN: Mapping[str, Any] = {"story": Story, "topics": Topic, "lead_picture": Picture}
WORDS = re.compile(r"\S+\s*|\s+")
# Less alike (0 to 100) than this, two paragraphs are shown whole, not word by word.
ALIKE = 40
# How long after a save its line in the history may be written.
SAME_SAVE = timedelta(minutes=1)


@dataclass(frozen=True)
class Piece:
    text: str
    differs: bool


@dataclass(frozen=True)
class Passage:
    """Paragraphs that are the same, or one that differs, or stands on one side only."""

    theirs: Sequence[Piece]
    mine: Sequence[Piece]
    same: int = 0


@dataclass(frozen=True)
class Difference:
    """A field other than the text."""

    label: str
    theirs: str
    mine: str
    takes: str
    """What keeping both takes of it."""


@dataclass(frozen=True)
class Comparison:
    """The row as somebody saved it, against a form; `base` is what the form was opened with."""

    post: Post
    mine: Values
    base: Values | None
    words: str
    """Who saved the row, and when."""

    @cached_property
    def theirs(self) -> Values:
        return values_of(self.post)

    @cached_property
    def merged(self) -> Merged:
        base = self.base["body"][0] if self.base else None
        return merge(base, _one(self.mine, "body"), _one(self.theirs, "body"))

    @cached_property
    def together(self) -> dict[str, list[str]]:
        """What the form has to hold so that nothing of either is lost."""
        taken = {name: list(self._taken(name)) for name in FIELDS}
        return taken | {"body": [self.merged.text]}

    @property
    def sent_back(self) -> dict[str, Any]:
        """What the script needs to put both into the form."""
        state = self.post.edited_at.isoformat()
        return {"fields": self.together, "opened": state, "base": written(self.theirs)}

    @property
    def differences(self) -> list[Difference]:
        return [
            Difference(
                label,
                _shown(name, self.theirs.get(name, [])),
                _shown(name, self.mine.get(name, [])),
                self._takes(name),
            )
            for name, label in FIELDS.items()
            if self.mine.get(name, []) != self.theirs.get(name, [])
        ]

    @property
    def passages(self) -> list[Passage]:
        return list(passages(_one(self.theirs, "body"), _one(self.mine, "body")))

    def _taken(self, name: str) -> list[str]:
        """Theirs where only they changed it. Where nobody knows, or both did, mine."""
        mine, theirs = self.mine.get(name, []), self.theirs.get(name, [])
        if self.base and mine == self.base.get(name, []):
            return theirs
        if name == "assumes":
            base = _one(self.base, name) if self.base else None
            return [together(base, _one(self.mine, name), _one(self.theirs, name))]
        return mine

    def _takes(self, name: str) -> str:
        taken = list(self._taken(name))
        if taken == list(self.theirs.get(name, [])):
            return "what is saved"
        return "yours" if taken == list(self.mine.get(name, [])) else "both"


@never_cache
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as typed against the post as saved, as a piece of a page. Writes nothing."""
    user = signed_in(request)
    post = Post.objects.editable_by(user).filter(pk=pk).first()
    if post is None or not may_change(user, post):
        raise Http404("There is no such post among yours.")
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    comparison = compared(post, request.POST, user)
    return render(request, "admin/blog/post/_compare.html", {"comparison": comparison})


def compared(post: Post, sent: QueryDict, user: type_of_user) -> Comparison:
    return Comparison(post, _typed(sent), read(sent.get("base", "")), saved_by(post, user))


def saved_by(post: Post, user: type_of_user) -> str:
    """Who saved the post last, and when, as far as its history tells."""
    time = timezone.localtime(post.edited_at).strftime("%H:%M")
    last = (
        LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(Post), object_id=str(post.pk)
        )
        .select_related("user")
        .order_by("-action_time")
        .first()
    )
    if last is None or abs(last.action_time - post.edited_at) > SAME_SAVE:
        return f"saved at {time}"
    if last.user == user:
        return f"saved at {time} by yourself, elsewhere"
    return f"saved at {time} by {last.user.get_full_name() or last.user.get_username()}"


def values_of(post: Post) -> Values:
    """The post as its form would send it."""
    known_at = timezone.localtime(post.known_at) if post.known_at else None
    return {
        "headline": [post.headline],
        "standfirst": [_plain(post.standfirst)],
        "body": [_plain(post.body)],
        "slug": [post.slug],
        "language": [post.language],
        "story": [str(post.story_id or "")],
        "topics": sorted(str(topic.pk) for topic in post.topics.all()),
        "lead_picture": [str(post.lead_picture_id or "")],
        "assumes": [written_assumptions(post.assumptions.standing().select_related("claim"))],
        "known_at": [f"{known_at:%Y-%m-%dT%H:%M}" if known_at else ""],
    }


def written(values: Values) -> str:
    return json.dumps(values, ensure_ascii=False)


def read(base: str) -> Values | None:
    """What `written` wrote and a browser sent back; None where it makes no sense."""
    try:
        values = json.loads(base)
    except ValueError:
        return None
    is_whole = isinstance(values, dict) and {"body", *FIELDS} <= values.keys()
    are_lists = is_whole and all(
        isinstance(value, list) and all(isinstance(one, str) for one in value)
        for value in values.values()
    )
    return values if are_lists and values["body"] else None


def passages(theirs: str, mine: str) -> Iterator[Passage]:
    """Both texts in step: what is the same together, what differs paragraph by paragraph."""
    one, other = units(theirs), units(mine)
    keys = [unit.strip() for unit in one], [unit.strip() for unit in other]
    steps = SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
    for tag, i, j, k, m in steps:
        if tag == "equal":
            yield Passage([Piece("".join(one[i:j]).strip(), False)], [], same=j - i)
        else:
            pairs = zip_longest(keys[0][i:j], keys[1][k:m], fillvalue="")
            yield from (Passage(*_words(*pair)) for pair in pairs)


def _words(theirs: str, mine: str) -> tuple[list[Piece], list[Piece]]:
    """One paragraph twice, the words that differ marked; whole where little is alike."""
    if fuzz.ratio(theirs, mine) < ALIKE:
        return [Piece(theirs, True)] if theirs else [], [Piece(mine, True)] if mine else []
    one, other = WORDS.findall(theirs), WORDS.findall(mine)
    bare = [word.strip() for word in one], [word.strip() for word in other]
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for step in LCSseq.opcodes(*bare):
        pieces = one[step.src_start : step.src_end], other[step.dest_start : step.dest_end]
        for side, words in zip(sides, pieces, strict=True):
            side += [Piece("".join(words), step.tag != "equal")] if words else []
    return sides


def _typed(sent: QueryDict) -> Values:
    values = {name: [_plain(value) for value in sent.getlist(name)] for name in FIELDS}
    return values | {"topics": sorted(values["topics"]), "body": [_plain(sent.get("body", ""))]}


def _plain(text: str) -> str:
    """As the form cleans it: without the line ends of forms and the space around."""
    return text.replace("\r\n", "\n").strip()


def _one(values: Values, name: str) -> str:
    return next(iter(values.get(name, [])), "")


def _shown(name: str, values: Sequence[str]) -> str:
    model = CHOSEN.get(name)
    if model is None:
        return ", ".join(values).replace("T", " ") if name == "known_at" else ", ".join(values)
    rows = model.objects.filter(pk__in=[value for value in values if value.isdecimal()])
    return ", ".join(str(row) for row in rows)
