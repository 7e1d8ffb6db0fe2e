"""A small site with everything that readers can see, as it is before the first edit."""

from random import Random

from django.contrib.auth.models import User

from blog.models import Picture
from tests.factories import (
    make_author,
    make_claim,
    make_draft,
    make_origin,
    make_outlet,
    make_post,
    make_publication,
    make_report,
    make_source,
    make_story,
    make_topic,
    make_user,
)


def build() -> User:
    """The site at its beginning; its editor."""
    make_publication(contact="desk@margin.example.org")
    outlets = [make_outlet() for _ in range(3)]
    for n in range(6):
        make_source(f"key{n}", outlet=outlets[n % 3], url=f"https://o{n}.example.org/{n}")
    claims = [make_claim(f"Claim number {n} is true.", slug=f"claim-{n}") for n in range(4)]
    for claim in claims:
        make_report(claim, by=make_origin())
    authors, topics = [make_author() for _ in range(3)], [make_topic() for _ in range(3)]
    stories = [make_story() for _ in range(2)]
    Picture.objects.bulk_create(
        [Picture(file=f"pictures/{n}.png", alt=f"Picture {n}", width=9, height=9) for n in range(3)]
    )
    for n in range(5):
        make_post(
            f"Post {n}",
            slug=f"post-{n}",
            body=text(Random(n)),
            story=stories[n % 2],
            authors=[authors[n % 3]],
            topics=[topics[n % 3]],
        )
    make_draft("Draft", slug="draft-0", body=text(Random(0)))
    return make_user("editor", name="editor")


def text(dice: Random) -> str:
    """Paragraphs with every kind of mark; some lead nowhere yet."""
    marks = (
        f"[[post-{dice.randrange(6)}]]",
        f"[[updates::post-{dice.randrange(6)}|before]]",
        f"[here](/2024/11/18/post-{dice.randrange(6)}/)",
        f"[[draft-{dice.randrange(3)}|not yet]]",
        f"[[imported-{dice.randrange(3)}|from elsewhere]]",
        f"[@key{dice.randrange(8)}, p. {dice.randrange(90)}]",
        f"[[claim::claim-{dice.randrange(5)}|as is said]]",
        f"[elsewhere](https://o{dice.randrange(8)}.example.org/{dice.randrange(2)})",
        f"![](/media/pictures/{dice.randrange(3)}.png)",
    )
    chosen = dice.sample(marks, 3)
    return "\n\n".join(f"Paragraph {dice.randrange(99)}: {mark} it says." for mark in chosen)
