"""What is being written, as far as it says which earlier posts it speaks of."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from blog.finding.weighing import Subject
from blog.markup import Document, parse
from blog.models import Post
from blog.models.resolving import resolve
from publication.words import stems


@dataclass(frozen=True)
class Writing:
    """A paragraph and its surroundings as plain text. No link in it has been looked at."""

    paragraph: str
    beside: str = ""
    whole: str = ""
    headline: str = ""
    post_id: int | None = None
    at: datetime | None = None
    """When the post was published, if it was: what came later is no evidence."""
    topics: frozenset[int] = frozenset()
    authors: frozenset[int] = frozenset()
    story: int | None = None
    referred: frozenset[int] = field(default_factory=frozenset)
    """Posts that are not to be offered, as the text refers to them already."""

    @property
    def subject(self) -> Subject:
        text = "\n".join((self.headline, self.whole, self.paragraph))
        return Subject(
            Counter(stems(self.paragraph)), Counter(stems(self.beside)), Counter(stems(text))
        )


def writing(paragraph: str, text: str, post: Post) -> Writing:
    """From the Markdown of a paragraph and of the whole text as it stands in the editor."""
    plain = " ".join(parse(paragraph).plain_text.split())
    document = parse(text)
    before, after = _around(plain, document)
    is_saved = post.pk is not None
    return Writing(
        paragraph=plain,
        beside="\n".join([*before[-1:], *after[:1]]),
        whole="\n".join([*before, *after]),
        headline=f"{post.headline}\n{post.standfirst}",
        post_id=post.pk,
        at=post.published_at,
        topics=frozenset(post.topics.values_list("pk", flat=True) if is_saved else ()),
        authors=frozenset(post.bylines.values_list("author", flat=True) if is_saved else ()),
        story=post.story_id,
        referred=frozenset(target.pk for target in resolve(document).posts.values()),
    )


def _around(paragraph: str, document: Document) -> tuple[list[str], list[str]]:
    """The texts before and after the paragraph; all of them before it where it is not there."""
    texts = [" ".join(each.text.split()) for each in document.paragraphs]
    place = texts.index(paragraph) if paragraph in texts else len(texts)
    return texts[:place], texts[place + 1 :]
