"""What a page carries so that its marks can be looked into: posts, and the passages meant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.text import Truncator

from blog.models import Card, Post
from blog.reading import Meant, Reference

# Of the paragraph that a mark means; the rest is a click away.
WORDS_OF_A_PASSAGE = 45
WORDS_OF_AN_EXCERPT = 10
Passages = Mapping[tuple[int, str], str]


@dataclass(frozen=True)
class PostPreview:
    """Of an earlier post, or of the one paragraph of it that a mark names."""

    post: Post
    url: str
    kind_words: str
    passage: str = ""


def previews_of(references: Iterable[Reference]) -> list[PostPreview]:
    """One for each post referred to, and one for each paragraph named. One query at the most."""
    references = list(references)
    passages = passages_meant((one.post.pk, name) for one in references for name in one.meant)
    return [preview for one in references for preview in _of_one(one, passages)]


def _of_one(reference: Reference, passages: Passages) -> Iterable[PostPreview]:
    address, words = reference.post.get_absolute_url(), reference.kind_words
    yield PostPreview(reference.post, address, words)
    for name in reference.meant:
        if text := passages.get((reference.post.pk, name)):
            shown = Truncator(text).words(WORDS_OF_A_PASSAGE)
            yield PostPreview(reference.post, f"{address}#{name}", words, shown)


def with_passages(later: Iterable[Reference], post: Post) -> list[Reference]:
    """The same references to a post, with the paragraphs of it that they mean."""
    later = list(later)
    passages = passages_meant((post.pk, name) for one in later for name in one.meant)
    return [replace(one, passages=tuple(_excerpts(post, one, passages))) for one in later]


def _excerpts(post: Post, reference: Reference, passages: Passages) -> Iterable[Meant]:
    for name in reference.meant:
        if text := passages.get((post.pk, name)):
            yield Meant(name, Truncator(text).words(WORDS_OF_AN_EXCERPT))


def passages_meant(named: Iterable[tuple[int, str]]) -> Passages:
    """The text of each paragraph, by post and id, ids that editing has lost included.

    Nothing is asked where no paragraph is named, as is usual.
    """
    wanted = set(named)
    if not wanted:
        return {}
    rows = Card.objects.filter(post__in={pk for pk, _ in wanted})
    found: dict[tuple[int, str], str] = {}
    for pk, passages, aliases in rows.values_list("pk", "passages", "post__paragraph_aliases"):
        texts = {name: text for name, text in passages if name}
        for name in (name for post, name in wanted if post == pk):
            if text := texts.get(aliases.get(name, name)):
                found[pk, name] = text
    return found
