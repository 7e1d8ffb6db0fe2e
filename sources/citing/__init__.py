"""Citations as other programs take them: CSL-JSON items in, RIS and BibTeX out. Pure.

CSL-JSON is what is meant; RIS keeps the type and is the best way into a reference manager;
BibTeX has no newspapers, so that a program reading it back may take one for a journal.
"""

from sources.citing.bibtex import to_bibtex
from sources.citing.ris import to_ris

__all__ = ["to_bibtex", "to_ris"]
