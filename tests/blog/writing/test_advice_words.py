"""What the advice before publishing takes for a hedge, and for a figure: tables of sentences."""

import pytest

from blog.desk.figures import figures_without_source, first_figure
from blog.desk.hedges import is_hedged
from blog.markup import parse

HEDGED = [
    "The White House has reportedly agreed.",
    "If the reports are right, it has agreed.",
    "According to three papers it has agreed.",
    "They say that it has agreed.",
    "It may have agreed.",
    "Unconfirmed: it has agreed.",
    "Minsk denies that they are there.",
    "Білий дім нібито погодився.",
    "За словами посадовців, він погодився.",
    "Якщо він погодився, це змінює все.",
    "Biały Dom podobno się zgodził.",
    "Według trzech gazet zgodził się.",
    "Das Weiße Haus hat angeblich zugestimmt.",
    "Laut drei Zeitungen hat es zugestimmt.",
    "Es soll zugestimmt haben.",
]
STATED = [
    "The White House has agreed.",
    "In May the White House agreed.",
    "It was a specific decision.",
    "The essay gives no reason.",
    "Білий дім погодився.",
    "Biały Dom się zgodził.",
    "Das Weiße Haus hat zugestimmt.",
    "",
]


@pytest.mark.parametrize("sentence", HEDGED)
def test_these_leave_it_open(sentence: str) -> None:
    assert is_hedged(sentence)


@pytest.mark.parametrize("sentence", STATED)
def test_these_state_it(sentence: str) -> None:
    assert not is_hedged(sentence)


FIGURES = [
    ("About 200 missiles were fired.", "200 missiles"),
    ("Some 10,000 soldiers are there.", "10,000 soldiers"),
    ("It costs €3 each.", "€3 each"),
    ("It fell by 7%.", "7%"),
    ("It fell by 7 per cent.", "7 per cent"),
    ("A fund of $61 billion was voted.", "$61 billion was"),
    ("It took 3.5 hours.", "3.5 hours"),
    ("Only 5 million have power.", "5 million have"),
    ("Полягло 10 000 вояків.", "10 000 вояків"),
    ("To 40 procent mocy.", "40 procent mocy"),
    ("Es waren 200. Dann kamen mehr.", "200. Dann"),
    ("- It has 300 km of range.", "300 km of"),
]
NO_FIGURES = [
    "On 17 November 2024 it was said.",
    "On November 17, 2024, it was said.",
    "On 10–12 Nov. it was said.",
    "On 2024-11-17, at 10:30, and at 7 p.m., it was said.",
    "Am 17. November, am 3. Tag und um 7 Uhr.",
    "17 листопада, 3 травня.",
    "17 listopada 2024.",
    "Since 2014, in the 1990s and in 2022.",
    "The 1st and the 22nd of them.",
    "12. It begins so.",
    "12) It begins so.",
    "Under § 15, Article 51, p. 30 and Resolution 2231.",
    "The F-16, a Su-34, the G20, MH17 and COVID-19.",
    "He named [[range|200 missiles]] then.",
    "He named [200 missiles](https://a.example/300).",
    "Write `200 missiles`, or https://a.example/300.",
    "One or two of them, hundreds of others.",
    "There are 3 of them.",
    "Open 24/7.",
    "",
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "words"), FIGURES)
def test_these_are_figures(sentence: str, words: str) -> None:
    assert first_figure(sentence) == words


@pytest.mark.parametrize("sentence", NO_FIGURES)
def test_these_are_none(sentence: str) -> None:
    assert first_figure(sentence) == ""


def test_a_figure_is_told_once_for_a_paragraph_that_says_nothing_of_where_it_is_from() -> None:
    body = """# The 200 days

About 200 missiles and 30 drones were fired.

Officials count 40 of them.[@wire]

They count [[claim::x|50 of them]].

[The paper](https://a.example/) counts 60 of them.

I count 70 of them.[^1]

- Here 80 of them
  stood.
- There 90 stood.[@wire]

| a | b |
|---|---|
| 70 | 80 |

```
100 of them
```

[^1]: By hand.
"""
    found = [(figure.line, figure.words) for figure in figures_without_source(parse(body))]
    assert found == [(3, "200 missiles"), (13, "80 of")]
