"""The cache as the settings want it."""

import threading
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from publication.generation.keys import Watcher
from publication.pages.cache import Application, PageCache
from publication.pages.folder import PageFolder
from publication.pages.following import follow
from publication.pages.hosts import Hosts
from publication.pages.lifetimes import Lifetimes
from publication.pages.memory import Memory
from publication.pages.release import release

MEGABYTE = 1024 * 1024
# Its library takes 6 MB of every process: only where it is used.
SHARED = "publication.pages.shared.SharedPages"


def keeping(application: Application) -> Application:
    """The application with its pages kept; itself, where the settings want none to be."""
    url, root = settings.PASSIM_CACHE_URL, settings.PASSIM_PAGES
    folder = PageFolder(Path(root), release()) if root else None
    if not settings.PASSIM_PAGE_CACHE:
        if folder:
            folder.close()
        return application
    watcher = Watcher()
    if folder:
        threading.Thread(target=follow, args=(folder, watcher), daemon=True).start()
    return PageCache(
        application,
        watcher=watcher,
        memory=Memory(settings.PASSIM_PAGE_CACHE * MEGABYTE),
        shared=import_string(SHARED)(url, release()) if url else None,
        folder=folder,
        hosts=Hosts(settings.ALLOWED_HOSTS),
        lifetimes=Lifetimes(
            shared=settings.PASSIM_CDN_SECONDS,
            stale=settings.PASSIM_CDN_STALE_SECONDS,
            tags_in=settings.PASSIM_CDN_TAGS,
        ),
    )
