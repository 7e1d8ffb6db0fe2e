"""The WSGI entry point: the site, and around it the pages that are kept."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from publication.pages.site import keeping
from publication.resident import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = keeping(get_wsgi_application())
# Reads all addresses, and with them most of what the site consists of.
get_resolver().check()
settle()
