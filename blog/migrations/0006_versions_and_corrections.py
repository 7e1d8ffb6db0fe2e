"""Former texts of posts, and the notices on them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0005_post_uid_is_unique"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(help_text="From 1, the text as first published."),
                ),
                ("headline", models.CharField(max_length=300)),
                ("standfirst", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
                ("language", models.CharField(blank=True, max_length=35)),
                ("slug", models.CharField(max_length=200)),
                (
                    "known_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="facts as known at"),
                ),
                (
                    "replaced_at",
                    models.DateTimeField(help_text="When the next text took its place."),
                ),
                (
                    "change",
                    models.CharField(
                        choices=[
                            ("correction", "Correction"),
                            ("clarification", "Clarification"),
                            ("update", "Update"),
                            ("editors-note", "Editor’s note"),
                            ("retraction", "Retraction"),
                            ("copy-edit", "Copy edit"),
                            ("unstated", "Not stated"),
                        ],
                        default="unstated",
                        help_text="What the change was that replaced it.",
                        max_length=20,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="blog.post",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["post", "number"],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("correction", "Correction"),
                            ("clarification", "Clarification"),
                            ("update", "Update"),
                            ("editors-note", "Editor’s note"),
                            ("retraction", "Retraction"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "was",
                    models.TextField(
                        blank=True, help_text="Markdown.", verbose_name="what was wrong"
                    ),
                ),
                (
                    "text",
                    models.TextField(help_text="Markdown.", verbose_name="what readers are told"),
                ),
                (
                    "signed",
                    models.CharField(
                        blank=True, help_text="By whom, as readers see it.", max_length=200
                    ),
                ),
                (
                    "paragraph",
                    models.CharField(
                        blank=True,
                        help_text="The id of the paragraph that was changed, if one was.",
                        max_length=40,
                    ),
                ),
                ("published_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="blog.post",
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        blank=True,
                        help_text="The text that the change replaced; none where the text stayed as it was.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice",
                        to="blog.version",
                    ),
                ),
            ],
            options={
                "ordering": ["-published_at", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("post", "number"), name="versions_are_numbered"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="versions_count_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "change__in",
                        [
                            "correction",
                            "clarification",
                            "update",
                            "editors-note",
                            "retraction",
                            "copy-edit",
                            "unstated",
                        ],
                    )
                ),
                name="a_version_names_a_known_change",
            ),
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(fields=["post", "published_at"], name="correction_of_post"),
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(fields=["-published_at"], name="correction_newest"),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ("correction", "clarification", "update", "editors-note", "retraction"),
                    )
                ),
                name="a_notice_is_of_a_known_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="a_notice_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "correction"), _negated=True),
                    models.Q(("was", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_correction_says_what_was_wrong",
            ),
        ),
    ]
