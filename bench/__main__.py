"""`make bench`: what pages and saving cost, as ratios to a bare view in the same run."""

import os
import runpy
import tempfile

import django

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        # A site of its own: nothing of the real one is read or touched.
        os.environ["PASSIM_VAR"] = folder
        os.environ.setdefault("PASSIM_PAGE_CACHE", "64")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        django.setup()
        runpy.run_module("bench.scenes", run_name="__main__")
