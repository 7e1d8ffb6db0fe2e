"""Each kind of page has its line, and only what search engines may list is held to their rules."""

import pytest
from django.core.management import call_command
from django.test import Client

from bench.lighthouse import CATEGORIES, PAGES, figures, scores
from bench.measuring import Figure


def scored(**lower: int) -> dict[str, int]:
    return dict.fromkeys(CATEGORIES, 100) | lower


def told(figure: Figure) -> tuple[str, float, bool | None]:
    return figure.what, figure.value, figure.is_met


def test_the_least_page_counts_and_is_named() -> None:
    found = figures({"/": scored(), "/map/": scored(performance=98)})
    assert told(found[0]) == ("Lighthouse, performance: the least page", 98, False)
    assert told(found[1]) == ("Lighthouse, performance: /map/", 98, None)
    assert [one.is_met for one in found[2:]] == [True, True, True]


def test_what_is_not_listed_needs_nothing_that_search_engines_want() -> None:
    found = figures({"/": scored(), "/search/?q=x": scored(seo=60, accessibility=99)})
    assert [one.value for one in found if "seo" in one.what] == [100]
    assert [one.value for one in found if "accessibility" in one.what] == [99, 99]


@pytest.mark.django_db
def test_every_page_of_the_list_is_in_the_demo(client: Client) -> None:
    call_command("set_up", verbosity=0)
    assert [client.get(page).status_code for page in PAGES] == [200] * len(PAGES)


def test_a_page_that_has_less_than_all_is_looked_at_again_and_the_median_counts() -> None:
    looks = [{"performance": score, "seo": 100} for score in (97, 100, 100, 99, 100)]
    left = iter(looks)
    assert scores(lambda: next(left), ["performance", "seo"]) == {"performance": 100, "seo": 100}
    assert list(left) == []


def test_a_page_that_has_all_that_is_meant_is_looked_at_once() -> None:
    left = iter([{"performance": 100, "seo": 60}, {"performance": 0}])
    assert scores(lambda: next(left), ["performance"]) == {"performance": 100, "seo": 60}
    assert len(list(left)) == 1
