"""What ties posts to claims: marks, assumptions, and what was done about changes."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0009_renditions"),
        ("sources", "0002_the_ledger"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="story",
            name="claims",
            field=models.ManyToManyField(
                blank=True,
                help_text="Beside those that its posts assume or speak of.",
                related_name="+",
                to="sources.claim",
            ),
        ),
        migrations.CreateModel(
            name="Assumption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    models.TextField(blank=True, help_text="Empty: the claim's own statement."),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("dropped_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.claim",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assumptions",
                        to="blog.post",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("dropped_at__isnull", True)),
                        fields=("post", "claim"),
                        name="a_post_assumes_a_claim_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimMention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("written", models.CharField(max_length=2000)),
                (
                    "position",
                    models.PositiveIntegerField(
                        help_text="Order among the marks of the text, from 0."
                    ),
                ),
                ("line", models.PositiveIntegerField(default=0)),
                ("anchor", models.TextField(blank=True)),
                ("sentence", models.TextField(blank=True)),
                ("paragraph", models.CharField(blank=True, max_length=40)),
                (
                    "claim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.claim",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="blog.post",
                    ),
                ),
            ],
            options={
                "ordering": ["post", "position"],
                "abstract": False,
                "indexes": [models.Index(fields=["written"], name="claimmention_written")],
            },
        ),
        migrations.CreateModel(
            name="Handling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "until",
                    models.DateTimeField(
                        help_text="The moment of the last change that was dealt with."
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("left", "Left as it is"),
                            ("updated", "Updated"),
                            ("noted", "Handled"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sources.claim",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handlings",
                        to="blog.post",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["post", "claim"], name="handling_by_post")],
            },
        ),
    ]
