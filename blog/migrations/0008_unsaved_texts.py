"""What is typed and not saved yet, apart from the posts."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("blog", "0007_cards_for_finding"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="UnsavedText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sitting",
                    models.CharField(
                        help_text="Made for each opening of the screen: two tabs are two sittings.",
                        max_length=40,
                    ),
                ),
                (
                    "fields",
                    models.JSONField(
                        default=dict, help_text="Names of the form → lists of values."
                    ),
                ),
                (
                    "opened",
                    models.CharField(
                        blank=True,
                        help_text="The state of the row that the screen was opened with.",
                        max_length=40,
                    ),
                ),
                (
                    "base",
                    models.TextField(
                        blank=True, help_text="What the form held when it was opened (JSON)."
                    ),
                ),
                (
                    "typed_at",
                    models.DateTimeField(
                        help_text="When the last of it was typed, by the browser."
                    ),
                ),
                ("saved_at", models.DateTimeField()),
                (
                    "post",
                    models.ForeignKey(
                        help_text="None: a new one, or one that was deleted while this was being "
                        "typed.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="unsaved_texts",
                        to="blog.post",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unsaved_texts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("user"),
                        models.F("post"),
                        models.OrderBy(models.F("typed_at"), descending=True),
                        name="unsaved_text_by_user",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "sitting"), name="one_unsaved_text_per_sitting"
                    )
                ],
            },
        ),
    ]
