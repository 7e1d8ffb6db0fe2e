"""A small library in four languages, the same for every test of the search."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from blog.models import Post
from blog.searching import Search, asked, find, shown
from tests.factories import (
    make_assumption,
    make_author,
    make_claim,
    make_outlet,
    make_post,
    make_publication,
    make_source,
    make_story,
    make_topic,
)

FIRST = datetime(2024, 9, 1, 12, 0, tzinfo=UTC)
NOW = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Text:
    """A post as it is written here: a day after the one before it."""

    headline: str
    standfirst: str
    body: str
    language: str = ""


TEXTS = (
    Text(
        "Long-range missiles, short permission",
        "Kyiv may fire, but only so far.",
        "The decision came by leak. Nobody confirmed it.\n\nATACMS are ballistic missiles.",
    ),
    Text(
        "What a denial concedes",
        "He said that it had not happened, and what it would be if it had.",
        "To say that a thing would be an escalation is to put a price on it. A missile is a "
        "word, too.\n\nThe word to watch for is escalation.",
    ),
    Text(
        "The winter grid",
        "Two hundred missiles and drones before breakfast.",
        "Power stations were hit in six regions. The grid held.\n\n"
        "| Region | Hours |\n|---|---|\n| Odesa | 12 |\n",
    ),
    Text(
        "On the police and its budget",
        "The city pays, and asks nothing.",
        "Officers were counted twice.[^1] The police force grew.\n\n"
        "[^1]: The auditor wrote of overtime as if it were weather.",
    ),
    Text(
        "A policy for open source",
        "What public money pays for should be public.",
        "The policies of agencies differ. Software is written in the open, or it is not.",
    ),
    Text(
        "Counting soldiers",
        "About 10,000 are said to be in the fight.",
        "North Korean soldiers train in the east. South Korea's spy agency said so first, and "
        "Korea watchers agreed.\n\nThe Kursk region is where they went.",
    ),
    Text(
        "Officials who gave no names",
        "Anonymous briefings, counted.",
        "An internal memo was quoted by the international press.\n\nWe trust the memo more.",
    ),
    Text(
        "Letters: on the word “reportedly”",
        "Readers write about F-16 deliveries and Łódź.",
        "One reader in Łódź asks what “reportedly” means. Another in Ærøskøbing does not.",
    ),
    Text(
        "The party line, part two",
        "How parties part.",
        "A party is part of something. They party, and they part.",
    ),
    Text(
        "Café politics",
        "Naïve, but over coffee.",
        "The résumé of a minister; a façade. He fired a missile of a question.",
    ),
    Text(
        "Світло за розкладом",
        "Графік відключень на завтра.",
        "Графік каже, коли світла може не бути. Ракети не питають.\n\nЄ ще пів'яблука й об'єкт.",
        "uk",
    ),
    Text(
        "Ракета і обіцянка",
        "Про дальність.",
        "Обіцянка летить далі за ракету. Війна триває, про війну пишуть.\n\nЇжак у Києві.",
        "uk",
    ),
    Text(
        "Польща і кордон",
        "Черги на кордоні з Польщею.",
        "Росія заперечує. Про Росію написано на кордоні багато; міста мовчать, місто стоїть.",
        "uk",
    ),
    Text(
        "Ёлка в ноябре",
        "О свете.",
        "Ёлка стоит, а свет ещё не дали.",
        "ru",
    ),
    Text(
        "Rakiety dalekiego zasięgu",
        "Kto pozwolił i komu.",
        "Rakieta leci dalej niż decyzja. O rakietach pisano w Łodzi.\n\nŹródła milczą.",
        "pl",
    ),
    Text(
        "Wojna i żołnierze",
        "O wojnie zimą.",
        "Żołnierz z północy. Wojny nie kończą się w święta; żołnierzom nikt nie płaci.",
        "pl",
    ),
    Text(
        "Świątynia ciszy",
        "Esej o ciszy.",
        "W Gdańsku śnieg. Ciszę słychać w mieście.",
        "pl",
    ),
    Text(
        "Die Straße nach Kursk",
        "Über Grenzen.",
        "Der Krieg geht weiter; die Häuser an der Straße stehen leer. Kriege enden.",
        "de",
    ),
    Text(
        "Raketen und Versprechen",
        "Eine Rakete ist kein Argument.",
        "Das Haus am Fluss hat Strom. Der Minister schweigt, die Minister schweigen.",
        "de",
    ),
    Text(
        "Größe und Maß",
        "Was groß heißt.",
        "Die Größe der Müllverbrennung in Köln. Fußball ist auch dabei.",
        "de",
    ),
)


def fill() -> dict[str, Post]:
    """The library, by headlines, with a source and a claim that speak of the same things."""
    make_publication()
    ledger = make_outlet("Capital Ledger", slug="ledger", native_name="Столичний літопис")
    make_source(
        "ledger2024",
        title="Decision on missiles is tied to troops",
        outlet=ledger,
        issued_year=2024,
    )
    make_source(
        "kim2019",
        title="The grammar of threats",
        authors=[{"family": "Kim", "given": "Soo-jin"}],
        note="On deterrence and theatre.",
    )
    posts = {}
    for number, text in enumerate(TEXTS):
        posts[text.headline] = make_post(
            text.headline,
            standfirst=text.standfirst,
            body=text.body,
            language=text.language,
            published=FIRST + timedelta(days=number),
        )
    _tie(posts)
    return posts


def _tie(posts: dict[str, Post]) -> None:
    first, second = posts["Long-range missiles, short permission"], posts["The winter grid"]
    filed: dict[str, Any] = {"story": make_story("Missiles"), "published": FIRST}
    third = make_post(
        "Permission, again",
        body=f"We said so [[{first.slug}|before]] [@ledger2024], and others [@kim2019].",
        topics=[make_topic("Energy")],
        authors=[make_author("Writer")],
        **filed | {"published": datetime(2025, 1, 2, 12, tzinfo=UTC)},
    )
    posts[third.headline] = third
    first.story = filed["story"]
    first.save()
    claim = make_claim("North Korean troops are in Kursk.", note="Denied by Minsk.", slug="troops")
    make_assumption(second, claim)


def titles(typed: str, **fields: Any) -> list[str]:
    """The titles of what is found, in order; by other words where these find nothing."""
    search = Search(asked(typed), **fields)
    found = find(search, NOW, most=20)
    return [str(one.of) for one in shown(found.hits, found.question, NOW)]


def titles_as_asked(typed: str, **fields: Any) -> list[str]:
    """The same, but nothing where other words had to be taken."""
    found = find(Search(asked(typed), **fields), NOW, most=1)
    return [] if found.is_instead else titles(typed, **fields)
