"""A permanent identity for each post: room for it."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("blog", "0002_roles")]

    operations: ClassVar = [
        migrations.AddField("post", "uid", models.UUIDField(null=True, editable=False)),
    ]
