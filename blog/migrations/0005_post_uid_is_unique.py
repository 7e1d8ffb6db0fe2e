"""Every post has its identity, and no two have the same."""

import uuid
from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("blog", "0004_fill_post_uids")]

    operations: ClassVar = [
        migrations.AlterField(
            "post",
            "uid",
            models.UUIDField(
                default=uuid.uuid4,
                unique=True,
                editable=False,
                help_text="The post’s own for ever, through new addresses, export and import.",
            ),
        ),
    ]
