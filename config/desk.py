"""The admin site. Its header carries the publication's name, set in templates/admin."""

from django.contrib.admin import AdminSite


class Desk(AdminSite):
    site_header = "Desk"
    site_title = "Desk"
    index_title = "Desk"
    enable_nav_sidebar = True
