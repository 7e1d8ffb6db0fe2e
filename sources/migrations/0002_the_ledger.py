"""What is claimed, on whose word, and how that stood."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0001_outlets_and_sources"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "statement",
                    models.CharField(
                        help_text="One sentence that can turn out true or false: “North Korean soldiers are on Russia’s side of the war.”",
                        max_length=500,
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        blank=True,
                        help_text="What texts write in [[claim::…]]. Made from the statement when empty; a former one keeps leading here.",
                        max_length=200,
                        unique=True,
                    ),
                ),
                (
                    "would_confirm",
                    models.TextField(
                        blank=True,
                        help_text="For readers, in a sentence or two.",
                        verbose_name="what would confirm it",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="For readers, beside the ledger. Plain text."
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("edited_at", models.DateTimeField(auto_now=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "permissions": [("rule_claim", "Can rule on claims and tell origins apart")],
            },
        ),
        migrations.CreateModel(
            name="FormerClaimSlug",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=200, unique=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_slugs",
                        to="sources.claim",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FormerStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("statement", models.CharField(max_length=500)),
                ("replaced_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_statements",
                        to="sources.claim",
                    ),
                ),
            ],
            options={
                "ordering": ["replaced_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Origin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="“White House”; or, where nobody is named, the outlet’s own words: “two unnamed US officials”.",
                        max_length=200,
                    ),
                ),
                ("folded", models.CharField(db_index=True, editable=False, max_length=200)),
                (
                    "slug",
                    models.SlugField(allow_unicode=True, blank=True, max_length=200, unique=True),
                ),
                (
                    "is_named",
                    models.BooleanField(
                        default=True,
                        help_text="Off where the outlet only describes who spoke.",
                        verbose_name="named",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="For readers: who that is, in a sentence."
                    ),
                ),
                (
                    "told_apart_because",
                    models.TextField(
                        blank=True,
                        help_text="Why it is not the same as others who speak for its body. Readers see it.",
                        verbose_name="why it counts by itself",
                    ),
                ),
                ("told_apart_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        help_text="Unnamed origins that speak for one body count once.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="speaking_for_it",
                        to="sources.origin",
                        verbose_name="speaks for",
                    ),
                ),
                (
                    "told_apart_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "told_to",
                    models.ForeignKey(
                        blank=True,
                        help_text="The outlet that describes it so, where nobody is named.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.outlet",
                        verbose_name="as told to",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("reports", "says so (first word of it, or its own)"),
                            ("repeats", "repeats another’s report"),
                            ("corroborates", "corroborates it, from knowledge of its own"),
                            ("confirms", "confirms it"),
                            ("concedes", "concedes it"),
                            ("denies", "denies it"),
                            ("declines", "declines to comment"),
                            ("retracts", "takes back what it said"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "relayed_through",
                    models.CharField(
                        blank=True,
                        help_text="When the source had it from another: “Yonhap”.",
                        max_length=200,
                    ),
                ),
                ("said_from", models.DateField(verbose_name="said on, or between")),
                ("said_to", models.DateField(verbose_name="and")),
                (
                    "said_words",
                    models.CharField(
                        blank=True,
                        help_text="“early October”",
                        max_length=100,
                        verbose_name="date in words",
                    ),
                ),
                (
                    "attribution",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("on_record", "On the record"),
                            ("official_statement", "Official statement"),
                            ("document", "Document"),
                            ("unnamed_official", "Unnamed official"),
                            ("unnamed_person", "Unnamed person"),
                            ("unattributed", "Unattributed"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                (
                    "anonymity_reason",
                    models.TextField(
                        blank=True,
                        help_text="As the outlet says.",
                        verbose_name="why it is not named",
                    ),
                ),
                ("quotation", models.TextField(blank=True, help_text="Exactly as it was said.")),
                ("note", models.TextField(blank=True, help_text="For readers. Plain text.")),
                (
                    "has_authority",
                    models.BooleanField(
                        default=False,
                        help_text="The claim is about what this origin itself does or decides: its confirmation settles the matter.",
                        verbose_name="its own act",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_index=True, default=django.utils.timezone.now, editable=False
                    ),
                ),
                ("struck_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("struck_because", models.TextField(blank=True, editable=False)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="sources.claim",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="sources.origin",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "repeats",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeated_by",
                        to="sources.report",
                        verbose_name="the report it repeats",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        help_text="Through which it came to us.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="sources.source",
                    ),
                ),
                (
                    "struck_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["said_to", "said_from", "recorded_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("confirmed", "confirmed"),
                            ("refuted", "refuted"),
                            ("unresolved", "unresolved"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(help_text="For readers: what shows it.")),
                ("ruled_on", models.DateField(verbose_name="from")),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("lifted_on", models.DateField(blank=True, editable=False, null=True)),
                ("lifted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("lifted_because", models.TextField(blank=True, editable=False)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rulings",
                        to="sources.claim",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["ruled_on", "recorded_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="StandingChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_index=True)),
                ("was", models.CharField(max_length=20)),
                ("was_contested", models.BooleanField()),
                ("standing", models.CharField(max_length=20)),
                ("is_contested", models.BooleanField()),
                ("because", models.TextField(blank=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="sources.claim",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="origin",
            constraint=models.UniqueConstraint(
                condition=models.Q(("told_to__isnull", True)),
                fields=("folded",),
                name="origin_is_one_for_each_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="origin",
            constraint=models.UniqueConstraint(
                fields=("folded", "told_to"), name="origin_is_one_for_each_name_and_outlet"
            ),
        ),
        migrations.AddConstraint(
            model_name="origin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("told_apart_at__isnull", True),
                    models.Q(("told_apart_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="origins_are_told_apart_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("said_from__lte", models.F("said_to"))),
                name="reports_begin_before_they_end",
                violation_error_message="The first of the two days is the later one. Swap them.",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("struck_at__isnull", True),
                    models.Q(("struck_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="reports_are_struck_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("repeats__isnull", True), ("stance", "repeats"), _connector="OR"
                ),
                name="only_repeats_name_what_they_repeat",
                violation_error_message="Only a line that repeats names the report it repeats.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ruling",
            constraint=models.CheckConstraint(
                condition=models.Q(("standing__in", ["confirmed", "refuted", "unresolved"])),
                name="editors_rule_what_they_may",
            ),
        ),
        migrations.AddConstraint(
            model_name="ruling",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="rulings_have_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="ruling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lifted_at__isnull", True), ("lifted_on__isnull", True)),
                    models.Q(("lifted_at__isnull", False), ("lifted_on__isnull", False)),
                    _connector="OR",
                ),
                name="rulings_are_lifted_on_a_day_at_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="standingchange",
            constraint=models.UniqueConstraint(
                fields=("claim", "at"), name="one_change_at_a_moment"
            ),
        ),
    ]
