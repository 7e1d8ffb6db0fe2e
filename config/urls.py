"""Every address of the site. tests/test_leaks.py holds a leak test for each."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("blog.urls")),
]

handler404 = "blog.views.errors.not_found"
handler500 = "blog.views.errors.server_error"
