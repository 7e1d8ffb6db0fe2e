"""What a post assumes, as authors write it: a line for each, `claim-slug | in their words`."""

from collections.abc import Iterator
from dataclasses import dataclass

from blog.checking import nearest_claim
from blog.models import Assumption, Post
from sources.models import Claim
from sources.models.origins import fold_name


@dataclass(frozen=True)
class Written:
    """One line that is not empty."""

    line: int
    slug: str
    words: str


@dataclass(frozen=True)
class Read:
    """What the lines come to, and what is wrong with the others."""

    wanted: list[tuple[Claim, str]]
    problems: list[str]

    def rows(self, post: Post) -> list[Assumption]:
        """Unsaved rows, for a preview; those that the post has already keep their moment."""
        known = {}
        if post.pk:
            rows = post.assumptions.select_related("claim")
            known = {(row.claim_id, row.words): row for row in rows if row.dropped_at is None}
        return [
            known.get((claim.pk, words))
            or Assumption(post=post, claim=claim, words=words, position=position)
            for position, (claim, words) in enumerate(self.wanted)
        ]


def written_lines(text: str) -> Iterator[Written]:
    """A slug may be written as its mark is: `claim::slug`, `[[claim::slug|words]]`."""
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.strip().removeprefix("[[").removesuffix("]]").strip()
        if bare:
            slug, _, words = bare.partition("|")
            name = slug.strip().removeprefix("claim::").strip()
            yield Written(number, name, " ".join(words.split()))


def together(base: str | None, mine: str, theirs: str) -> str:
    """Mine, and what they added to it of which mine says nothing. Without a base, all of theirs."""
    said = {fold_name(line.slug) for line in written_lines(mine)}
    said |= {fold_name(line.slug) for line in written_lines(base or "")}
    added = [
        f"{line.slug} | {line.words}" if line.words else line.slug
        for line in written_lines(theirs)
        if fold_name(line.slug) not in said
    ]
    return "\n".join([*([mine.rstrip()] if mine.strip() else []), *added])


def read(text: str) -> Read:
    """Look the claims up, all together."""
    lines = list(written_lines(text))
    claims = Claim.objects.by_slugs(line.slug for line in lines) if lines else {}
    wanted: dict[int, tuple[Claim, str]] = {}
    problems = []
    for line in lines:
        claim = claims.get(fold_name(line.slug))
        if claim is None:
            problems.append(_lost(line))
        elif claim.pk in wanted:
            problems.append(f"Line {line.line}: “{line.slug}” stands here twice. Keep one of them.")
        else:
            wanted[claim.pk] = (claim, line.words)
    return Read(list(wanted.values()), problems)


def _lost(line: Written) -> str:
    nearest = nearest_claim(line.slug)
    remedy = f"The nearest is {nearest}." if nearest else "Add the claim, or take the line out."
    return f"Line {line.line}: “{line.slug}” names no claim. {remedy}"
