"""A card for each post and where each word stands, to find posts by what they say.

The tables are empty at first: manage.py rebuild_references fills them from the posts' texts.
"""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

import blog.models.finding


class Migration(migrations.Migration):
    dependencies: ClassVar = [("blog", "0006_versions_and_corrections")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Card",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="card",
                        serialize=False,
                        to="blog.post",
                    ),
                ),
                (
                    "names",
                    models.TextField(
                        help_text="Each word of headline and slug, folded, after a space."
                    ),
                ),
                (
                    "words",
                    models.JSONField(
                        help_text="Each word (blog.words), and how often it stands there."
                    ),
                ),
                (
                    "passages",
                    models.JSONField(
                        help_text="Paragraph id and text of each passage; "
                        "headline and standfirst without an id."
                    ),
                ),
                ("length", models.PositiveIntegerField(help_text="In words.")),
            ],
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", blog.models.finding.Bytewise(max_length=20, unique=True)),
                ("posts", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Occurrence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("count", models.PositiveSmallIntegerField()),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="blog.post",
                    ),
                ),
                (
                    "word",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="blog.word",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["word", "post", "count"], name="occurrence")],
            },
        ),
    ]
