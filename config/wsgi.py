"""The WSGI entry point: the site, and around it the pages that are kept."""

import os

from django.core.wsgi import get_wsgi_application

from publication.pages.site import keeping

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = keeping(get_wsgi_application())
