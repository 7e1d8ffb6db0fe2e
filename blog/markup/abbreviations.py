"""Words that end in a full stop without ending a sentence: English, Ukrainian, Polish, German.

Single letters and dotted acronyms ("J.", "U.S.", "т.") need no listing: see sentences.py.
"""


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A name, a word or a number always follows.
BEFORE_A_WORD = words("""
    mr mrs ms dr drs prof gen col lt sgt cpl capt maj cmdr brig adm sen rep gov pres hon rev messrs
    mt vs viz cf e.g i.e approx ca ed eds trans lt.-col lt.-gen maj.-gen
    ім вул просп бул пл буд кв обл проф акад доц ген полк адм св див напр пор тзв т.зв т.ч мр
    ul al prof hab inż mgr płk ppłk kpt mjr św np tzw tj zob m.in red
    hr fr bzw z.b u.a d.h vgl ggf inkl evtl sog geb
""")
# Only a number makes these abbreviations: "No. 5", but "No. The answer …".
BEFORE_A_NUMBER = words("""
    no nos pp vol vols ch chap sec para paras art fig figs par
    стор рис розд абз
    str nr rys rozdz bd abs kap abb
""")
# These may end a sentence: they do when a word follows that commonly begins one.
MAY_END = words("""
    jan feb mar apr jun jul aug sep sept oct nov dec
    inc ltd co corp bros jr sr st ave blvd dept a.m p.m
    рр ст млн млрд тис грн коп
    mln mld tys zł mrd mio jh jhdt chr
""")
FIRST_WORDS = words("""
    the a an in on at it he she they we i you but and or so if when while as this that these those
    there then now for from by with after before since although though however meanwhile yet still
    his her its their our my no not what who why how where which one two some many most all both
    each another such nobody nothing everyone until even only later earlier
    це ці цей ця той та те ті і й а але в у на з із зі за до від для про після перед коли якщо хоча
    він вона воно вони ми я ви його її їх проте однак тому тоді там тут потім згодом тепер ще
    to ten te w na ze od po przed gdy jeśli ale on ona oni one my jednak potem następnie tak nie
    der die das ein eine er sie es wir ich im am auf mit nach vor als wenn aber und doch dann
    jedoch seit bei zu
""")
# "am 3. Oktober", "im 19. Jahrhundert": a German ordinal ends in a full stop.
AFTER_AN_ORDINAL = words("""
    januar jänner februar märz april mai juni juli august september oktober november dezember
    jahrhundert jahrestag weltkrieg platz kapitel bundestag
""")
