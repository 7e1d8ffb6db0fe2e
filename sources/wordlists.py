"""Lists of words, written as running text where a list of quoted strings would be unreadable."""


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def phrases(text: str) -> frozenset[str]:
    """The phrases between the bars of "click here | read more"."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))
