"""Every address of the site. tests/test_leaks.py holds a leak test for each."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.static import serve

urlpatterns = [
    path("admin/", admin.site.urls),
    # Development only: in production the web server serves uploads.
    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
    path("", include("blog.urls")),
]

handler404 = "blog.views.errors.not_found"
handler500 = "blog.views.errors.server_error"
