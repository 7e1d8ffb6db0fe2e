"""Words by which a sentence leaves open whether it is so: a small list, in four languages.

It serves advice alone. A sentence that says in words of its own that it is not certain is not
found here, and then the advice is one line too many; so the list is generous.
"""

import re

# Beginnings of words, each after no letter; a * leaves the ending open. Lower case, except where
# a capital would be another word ("May").
ENGLISH = """reportedly allegedly apparently supposedly purportedly presumably possibly perhaps
    probably likely unlikely according|to if whether unless unconfirmed unverified uncorroborated
    alleged claim claims claimed claiming say says said saying report reports reported reporting
    tell tells told suggest suggests suggested may might could would seem* appear* assum* suppos*
    rumour* rumor* believe* accuse* insist* maintain* den(y|ies|ied) sources doubt*"""
UKRAINIAN = """нібито начебто буцімто мовляв за|словами за|даними за|інформацією за|повідомлення*
    повідом* стверд* твердять твердить якщо якби чи непідтвердж* неперевірен* каже кажуть сказа*
    розпові* заяв* імовірно ймовірно можливо мабуть припус* припущ* посил* сумн* може можуть"""
POLISH = """rzekom* podobno jakoby ponoć według zdaniem jeśli jeżeli o|ile czy gdyby
    niepotwierdzon* niezweryfikowan* twierdz* mówi mówią mówił* powiedzia* podaj* poda(ł|ła|ły|li)
    donos* doniesie* oświadcz* prawdopodobnie zapewne być|może może mogą mógł* założeni* zakład*
    przypuszcz* wątp*"""
GERMAN = """angeblich laut nach|angaben zufolge wenn falls ob sofern unbestätigt* unbelegt*
    mutmaßlich* vermutlich möglicherweise womöglich wohl vielleicht offenbar soll sollen sollte*
    sag(t|te|en|ten) behaupt* bericht* erklär(t|te|en|ten) heißt|es annahme* angenommen könnte*
    dürfte* zweif*"""


def _pattern(words: str) -> str:
    written = words.replace("|", r"\s+") if "(" not in words else words
    return written.replace("*", r"\w*")


_ALL = [_pattern(word) for words in (ENGLISH, UKRAINIAN, POLISH, GERMAN) for word in words.split()]
_ANY = re.compile(
    rf"(?<!\w)(?:{'|'.join(one for one in _ALL if one != 'may')}|(?-i:may))(?!\w)", re.IGNORECASE
)


def is_hedged(sentence: str) -> bool:
    """Whether the sentence says whose word it rests on, or that it may not be so."""
    return _ANY.search(sentence) is not None
