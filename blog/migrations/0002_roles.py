"""The three roles, as groups. Permissions are made after migrations only: they are made here first."""

from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ROOMS = ("blog", "sources", "publication")

CONTRIBUTOR = {
    "blog.add_post",
    "blog.change_post",
    "blog.view_post",
    "blog.delete_post",
    "blog.add_byline",
    "blog.change_byline",
    "blog.view_byline",
    "blog.delete_byline",
    "blog.add_picture",
    "blog.view_picture",
    "blog.view_author",
    "blog.view_story",
    "blog.view_topic",
    "sources.add_source",
    "sources.change_source",
    "sources.view_source",
    "sources.view_outlet",
    "sources.view_outlethost",
}
AUTHOR = CONTRIBUTOR | {
    "blog.publish_post",
    "blog.add_topic",
    "blog.add_story",
    "blog.change_picture",
    "sources.add_outlet",
    "sources.change_outlet",
    "sources.add_outlethost",
    "sources.change_outlethost",
}
EDITOR = AUTHOR | {
    "blog.edit_any_post",
    "blog.add_author",
    "blog.change_author",
    "blog.delete_author",
    "blog.change_story",
    "blog.delete_story",
    "blog.change_topic",
    "blog.delete_topic",
    "blog.delete_picture",
    "sources.delete_source",
    "sources.delete_outlet",
    "sources.delete_outlethost",
    "publication.add_publication",
    "publication.change_publication",
    "publication.view_publication",
}
ROLES = {"contributor": CONTRIBUTOR, "author": AUTHOR, "editor": EDITOR}


def make_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    using = schema_editor.connection.alias
    for label in ROOMS:
        room = apps.get_app_config(label)
        # create_permissions passes over rooms that look as if they had no models.
        room.models_module = True  # type: ignore[assignment]
        create_permissions(room, apps=apps, verbosity=0, using=using)
        room.models_module = None
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in apps.get_model("auth", "Permission")
        .objects.using(using)
        .select_related("content_type")
    }
    for name, wanted in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.using(using).get_or_create(name=name)
        group.permissions.add(*(known[codename] for codename in sorted(wanted)))


def remove_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0001_posts"),
        ("sources", "0001_outlets_and_sources"),
        ("publication", "0001_publication"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
