"""`make bench`: what Passim costs, in one table, as ratios to floors of the same run.

On SQLite in a folder of its own, or in an empty PostgreSQL database that DATABASE_URL names.
"""

import os
import runpy
import sys
import tempfile
from secrets import token_urlsafe

import django

# As in production, behind a proxy that sees to HTTPS.
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "bench.settings",
    "PASSIM_PRODUCTION": "1",
    "PASSIM_HOSTS": "127.0.0.1,localhost",
    "PASSIM_SECRET_KEY": token_urlsafe(50),
    "PASSIM_SSL_REDIRECT": "0",
}

if __name__ == "__main__":
    given = dict(zip(sys.argv, sys.argv[1:], strict=False)).get("--site")
    with tempfile.TemporaryDirectory() as folder:
        # A site of its own: nothing of the real one is read or touched.
        os.environ |= SETTINGS | {"PASSIM_VAR": given or folder}
        django.setup()
        runpy.run_module("bench.scenes", run_name="__main__")
