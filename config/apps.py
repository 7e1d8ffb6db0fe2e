"""The desk: Django's admin under the publication's own name."""

from django.contrib.admin.apps import AdminConfig


class PassimAdminConfig(AdminConfig):
    default_site = "config.desk.Desk"
