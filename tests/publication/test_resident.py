"""A serving process keeps little of what readers made it need."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

# Takes 40 MB of the heap in pieces, each below something that stays, gives the pieces back,
# and tells what the process takes in kilobytes: before that, after it, and after a collection.
SCRIPT = """
import ctypes, gc, re
from pathlib import Path
import config.wsgi

def tell():
    print(re.findall(r"VmRSS:\\s*(\\d+)", Path("/proc/self/status").read_text())[0])

print(gc.get_freeze_count())
libc = ctypes.CDLL("libc.so.6")
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
pieces = []
for _ in range(400):
    pieces.append(libc.malloc(100_000))
    ctypes.memset(pieces[-1], 1, 100_000)
    libc.malloc(20_000)
tell()
for piece in pieces:
    libc.free(piece)
tell()
gc.collect()
tell()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_what_lies_free_between_the_rest_goes_back_to_the_system(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCRIPT],
        cwd=settings.BASE_DIR,
        env=os.environ | {"PASSIM_VAR": str(tmp_path), "MALLOC_MMAP_THRESHOLD_": "1000000"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    frozen, full, given_back, after = map(int, told.split())
    assert frozen > 50_000
    assert given_back > full - 10_000
    assert after < full - 30_000
