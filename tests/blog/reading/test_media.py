"""Uploads are shown or handed over, never run."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

pytestmark = pytest.mark.django_db


def kept(name: str, data: bytes = b"bytes") -> str:
    return f"/media/{default_storage.save(name, ContentFile(data))}"


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.JPEG", "a.webp", "a.avif", "a.gif"])
def test_a_picture_is_shown_in_the_page(client: Client, name: str) -> None:
    response = client.get(kept(name))

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("image/")
    assert response.headers["Content-Disposition"].startswith("inline")
    assert b"".join(response.streaming_content) == b"bytes"  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.js", "a.pdf", "a.xml", "a", "a.png.html"])
def test_anything_else_is_handed_over_as_a_file(client: Client, name: str) -> None:
    response = client.get(kept(name, b"<script>alert(1)</script>"))

    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ["a.png", "a.html", "a.svg"])
def test_no_upload_can_do_anything_in_a_browser(client: Client, name: str) -> None:
    headers = client.get(kept(name)).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    "path",
    ["/media/", "/media/sub/", "/media/../manage.py", "/media//etc/passwd", "/media/%2e%2e/a"],
)
def test_there_is_no_list_and_no_way_out_of_the_folder(client: Client, path: str) -> None:
    kept("sub/a.png")

    assert client.get(path).status_code == 404
