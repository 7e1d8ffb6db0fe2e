"""What readers are told where a page could not be made."""

from pathlib import Path

from django.conf import LazySettings
from django.test import RequestFactory

from blog.views.errors import server_error

MANIFEST = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
TOLD = "The fault is on our side and has been noted"


def test_the_page_of_a_fault_looks_like_the_site(rf: RequestFactory) -> None:
    answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert TOLD in answer.content.decode()
    assert "css/pages.css" in answer.content.decode()


def test_it_stands_where_static_files_were_never_collected(
    rf: RequestFactory, settings: LazySettings, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": MANIFEST}
    answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert TOLD in answer.content.decode()
    assert "/static/" not in answer.content.decode()
