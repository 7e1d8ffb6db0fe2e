"""Who keeps the ledger: contributors prepare it, authors keep it, editors rule."""

from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

CONTRIBUTOR = {
    "sources.view_claim",
    "sources.add_claim",
    "sources.view_origin",
    "sources.add_origin",
    "sources.view_report",
    "sources.add_report",
    "sources.view_ruling",
}
AUTHOR = CONTRIBUTOR | {
    "sources.change_claim",
    "sources.change_origin",
    "sources.change_report",
}
EDITOR = AUTHOR | {
    "sources.delete_claim",
    "sources.delete_origin",
    "sources.add_ruling",
    "sources.change_ruling",
    "sources.rule_claim",
}
ROLES = {"contributor": CONTRIBUTOR, "author": AUTHOR, "editor": EDITOR}


def extend_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    using = schema_editor.connection.alias
    room = apps.get_app_config("sources")
    # create_permissions passes over rooms that look as if they had no models.
    room.models_module = True  # type: ignore[assignment]
    create_permissions(room, apps=apps, verbosity=0, using=using)
    room.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    for name, wanted in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.using(using).get_or_create(name=name)
        codenames = {one.partition(".")[2] for one in wanted}
        rows = permissions.filter(content_type__app_label="sources", codename__in=codenames)
        group.permissions.add(*rows)


def reduce_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    using = schema_editor.connection.alias
    codenames = {one.partition(".")[2] for one in EDITOR}
    rows = apps.get_model("auth", "Permission").objects.using(using)
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=ROLES):
        group.permissions.remove(
            *rows.filter(content_type__app_label="sources", codename__in=codenames)
        )


class Migration(migrations.Migration):
    dependencies = [("blog", "0010_claims"), ("sources", "0002_the_ledger")]

    operations = [migrations.RunPython(extend_roles, reduce_roles)]
