"""The site's own settings, with a bare view in front of its addresses and files of its own."""

import os

from config.settings import *  # noqa: F403 (they are the site's, all of them)
from config.settings import CACHES, VAR_DIR
from config.settings import LOGGING as SITES

ROOT_URLCONF = "bench.urls"
STATIC_ROOT = VAR_DIR / "static"
# Readers ask for what is not there, on purpose.
LOGGING = SITES | {"loggers": {"django.request": {"level": "ERROR"}}}
if os.environ.get("BENCH_KEEPS_NO_TEXT"):
    # So that each request renders its text.
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
