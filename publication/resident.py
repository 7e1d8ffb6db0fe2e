"""What a serving process does so that it stays small, however large the archive is."""

import ctypes
import gc
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

OLDEST = 2


def settle() -> None:
    """To be called once, when all is there that stays for as long as the process.

    Python need not look through that for garbage any more, and so looks sooner for what readers
    have left. Each time that it has looked everywhere, free pages go back to the system: glibc
    by itself returns only those at the end.
    """
    gc.collect()
    gc.freeze()
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            trim = ctypes.CDLL("libc.so.6").malloc_trim
            gc.callbacks.append(lambda phase, about: _collected(trim, phase, about))


def _collected(trim: Any, phase: str, about: Mapping[str, int]) -> None:
    if phase == "stop" and about["generation"] == OLDEST:
        trim(0)
