"""What is kept to find posts by what they say: a card for each post, and where each word stands.

Made from the text alone, never by hand. The same rows serve on every database, and what is
found is decided by our own arithmetic (blog/finding/), so that both find the same.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F

from blog.markup import Document
from publication.words import LETTERS, line, whole_words

if TYPE_CHECKING:
    from blog.models.posts import Post

# More of one word in one post says nothing more.
MOST = 1000
# Letters kept of a form, and of all forms together: a row of an index holds only so much.
LONGEST_FORM, LONGEST_FORMS = 60, 500


class Place(models.IntegerChoices):
    """Where in a post a word stands."""

    TEXT = 0
    STANDFIRST = 1
    HEADLINE = 2


class Bytewise(models.CharField):
    """Text that every database orders by its bytes, so that a prefix is a range."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        collation = "C" if connection.vendor == "postgresql" else None
        return super().db_parameters(connection) | {"collation": collation}


class Word(models.Model):
    """A word, folded and cut (publication.words), and how many posts have it, drafts too."""

    word = Bytewise(max_length=20, unique=True)
    posts = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.word


class Occurrence(models.Model):
    """A word stands in a post, so many times."""

    word = models.ForeignKey(Word, on_delete=models.CASCADE, related_name="+", db_index=False)
    post = models.ForeignKey("blog.Post", on_delete=models.CASCADE, related_name="+")
    count = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField(
        choices=Place, default=Place.TEXT, help_text="The highest of those where it stands."
    )
    forms = models.CharField(
        max_length=LONGEST_FORMS,
        default="",
        help_text="The words that were cut to it, each between spaces; empty where none was.",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["word", "post", "count", "place", "forms"], name="occurrence")
        ]

    def __str__(self) -> str:
        return f"{self.word_id} in {self.post_id}"


class Card(models.Model):
    """What a post is called and what it says, ready for comparing."""

    post = models.OneToOneField(
        "blog.Post", on_delete=models.CASCADE, primary_key=True, related_name="card"
    )
    names = models.TextField(help_text="Each word of headline and slug, folded, after a space.")
    words = models.JSONField(help_text="Each word, cut (publication.words), with its count.")
    passages = models.JSONField(
        help_text="Paragraph id and text of each passage; headline and standfirst without an id."
    )
    lines = models.TextField(
        default="", help_text="The words of each passage, folded, each between spaces; a line each."
    )
    length = models.PositiveIntegerField(help_text="In words.")

    def __str__(self) -> str:
        return self.names


def card_of(post: "Post", document: Document) -> Card:
    """The card, unsaved, that a post calls for."""
    names = f"{post.headline} {post.slug.replace('-', ' ')}"
    passages = [
        ("", post.headline),
        *([("", post.standfirst)] if post.standfirst else []),
        *((each.id, each.text) for each in document.paragraphs if each.text),
    ]
    lines = "\n".join(line(text) for _, text in passages)
    words = Counter(word[:LETTERS] for word in lines.split())
    return Card(
        post_id=post.pk,
        names="".join(f" {word}" for word in dict.fromkeys(whole_words(names))),
        words=words,
        passages=[list(passage) for passage in passages],
        lines=lines,
        length=words.total(),
    )


class Standing(NamedTuple):
    """What the row of a word in a post says."""

    times: int
    place: int
    forms: str


def standings(card: Card) -> dict[str, Standing]:
    """The rows that a card calls for, by their words."""
    places: dict[str, int] = {}
    forms: dict[str, set[str]] = defaultdict(set)
    # Headline and standfirst have no id, and come first.
    unnamed = [Place.HEADLINE, Place.STANDFIRST]
    for (paragraph, _), words in zip(card.passages, card.lines.split("\n"), strict=True):
        place = Place.TEXT if paragraph or not unnamed else unnamed.pop(0)
        for word in words.split():
            places.setdefault(word[:LETTERS], place)
            if len(word) >= LETTERS:
                forms[word[:LETTERS]].add(word[:LONGEST_FORM])
    return {
        stem: Standing(min(card.words[stem], MOST), place, _in_a_row(forms.get(stem, ())))
        for stem, place in places.items()
    }


def _in_a_row(forms: Collection[str]) -> str:
    row = " " if forms else ""
    for form in sorted(forms, key=lambda form: (len(form), form)):
        if len(row) + len(form) < LONGEST_FORMS:
            row += f"{form} "
    return row


def sync_card(post: "Post", document: Document) -> None:
    """Make the card and the words of one post equal to its text. Call inside a transaction.

    Only words that came, went, or stand there more or less often than before are written.
    """
    card = card_of(post, document)
    before = Card.objects.filter(pk=post.pk).first()
    if before and content_of(before) == content_of(card):
        return
    card.save(force_insert=before is None, force_update=before is not None)
    _write_words(post.pk, _kept(before), standings(card))


def forget_card(post_id: int) -> None:
    """Take a post's words out of the counts, before it is deleted. Call inside a transaction."""
    before = Card.objects.filter(pk=post_id).first()
    if before:
        _write_words(post_id, _kept(before), {})
        before.delete()


def remake_cards(documents: Mapping["Post", Document]) -> None:
    """Make the cards and words of several posts from their texts, whatever is stored.

    Rows that are right stay. How many posts have a word is left to `recount_words`. Call inside
    a transaction.
    """
    cards = [card_of(post, document) for post, document in documents.items()]
    stored = Card.objects.in_bulk([card.pk for card in cards])
    new = [card for card in cards if card.pk not in stored]
    Card.objects.bulk_create(new)
    for card in cards:
        if card.pk in stored and content_of(stored[card.pk]) != content_of(card):
            card.save(force_update=True)
    _remake_words({card.pk: standings(card) for card in cards})


def _remake_words(wanted: Mapping[int, Mapping[str, Standing]]) -> None:
    missing = {post_id: dict(words) for post_id, words in wanted.items()}
    gone = []
    rows = Occurrence.objects.filter(post__in=list(wanted))
    for pk, post_id, word, *row in rows.values_list(
        "pk", "post", "word__word", "count", "place", "forms"
    ):
        if missing[post_id].get(word) == tuple(row):
            del missing[post_id][word]
        else:
            gone.append(pk)
    _write("DELETE FROM blog_occurrence WHERE id = %s", [(pk,) for pk in gone])
    if any(missing.values()):
        ids = _ids({word for words in missing.values() for word in words})
        _insert_occurrences(
            sorted(
                (ids[word], post_id, *standing)
                for post_id, words in missing.items()
                for word, standing in words.items()
            )
        )


def recount_words() -> None:
    """How many posts have each word, counted from nothing; words of no post go."""
    counted = (
        Occurrence.objects.filter(word=models.OuterRef("pk"))
        .order_by()
        .values("word")
        .annotate(n=models.Count("pk"))
        .values("n")
    )
    Word.objects.update(posts=models.functions.Coalesce(models.Subquery(counted), 0))
    Word.objects.filter(posts=0).delete()


def _kept(before: Card | None) -> Mapping[str, Standing | None]:
    """The rows that a card stands for. One from before there were lines knows only their words."""
    if before is None:
        return {}
    return standings(before) if before.lines else dict.fromkeys(before.words)


def _write_words(
    post_id: int, before: Mapping[str, Standing | None], after: Mapping[str, Standing]
) -> None:
    changed = {word for word in {*before, *after} if before.get(word) != after.get(word)}
    if not changed:
        return
    ids = _ids(changed)
    _count([ids[word] for word in after if word not in before and word in ids], 1)
    _count([ids[word] for word in before if word not in after and word in ids], -1)
    if stale := [ids[word] for word in changed if word in before and word in ids]:
        Occurrence.objects.filter(post=post_id, word__in=stale).delete()
    _insert_occurrences(
        [(ids[word], post_id, *after[word]) for word in sorted(changed & after.keys())]
    )


def _insert_occurrences(rows: Sequence[tuple[int, int, int, int, str]]) -> None:
    _write(
        "INSERT INTO blog_occurrence (word_id, post_id, count, place, forms)"
        " VALUES (%s, %s, %s, %s, %s)",
        rows,
    )


def _ids(words: Iterable[str]) -> dict[str, int]:
    """The rows of these words, made where there are none, locked in one order for all."""
    wanted = sorted(words)
    _write(
        "INSERT INTO blog_word (word, posts) VALUES (%s, 0) ON CONFLICT (word) DO NOTHING",
        [(word,) for word in wanted],
    )
    rows = Word.objects.select_for_update().filter(word__in=wanted).order_by("pk")
    return dict(rows.values_list("word", "pk"))


def _write(sql: str, rows: Sequence[tuple[int | str, ...]]) -> None:
    """Many rows at once: the ORM would send SQLite a statement for every 300 of them."""
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)


def _count(ids: list[int], step: int) -> None:
    if ids:
        rows = Word.objects.filter(pk__in=ids)
        rows.filter(posts__gte=-step).update(posts=F("posts") + step)


def content_of(card: Card) -> tuple[object, ...]:
    return card.names, card.words, card.passages, card.lines, card.length
