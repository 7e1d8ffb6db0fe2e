# The first tables of this room: outlets, their hosts, sources.

import django.db.models.deletion
from django.db import migrations, models

import sources.names
import sources.validators


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Outlet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "native_name",
                    models.CharField(
                        blank=True,
                        help_text="Where it differs, such as Дніпровський монітор.",
                        max_length=200,
                        verbose_name="name in its own language",
                    ),
                ),
                ("slug", models.SlugField(allow_unicode=True, max_length=200, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("newspaper", "Newspaper"),
                            ("magazine", "Magazine"),
                            ("agency", "News agency"),
                            ("broadcaster", "Broadcaster"),
                            ("site", "News site"),
                            ("official", "Ministry or official body"),
                            ("social", "Social account"),
                            ("research", "Research body"),
                            ("blog", "Blog"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=20,
                    ),
                ),
                ("country", models.CharField(blank=True, max_length=100)),
                (
                    "language",
                    models.CharField(
                        blank=True, help_text="Language tag, such as en, uk or pl.", max_length=35
                    ),
                ),
                (
                    "is_party",
                    models.BooleanField(
                        default=False,
                        help_text="Readers are told so wherever it is cited.",
                        verbose_name="a party to the matter",
                    ),
                ),
                (
                    "party_note",
                    models.CharField(
                        blank=True,
                        help_text="In the readers' words, such as “a party to the war”.",
                        max_length=200,
                        verbose_name="party to what",
                    ),
                ),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="OutletHost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "host",
                    models.CharField(
                        help_text="Such as example.org; an address will do, too.",
                        max_length=253,
                        unique=True,
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hosts",
                        to="sources.outlet",
                    ),
                ),
            ],
            options={
                "verbose_name": "host",
                "ordering": ["host"],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "citekey",
                    models.CharField(
                        blank=True,
                        help_text="What posts write in [@…]. Made for you when empty; never changes by itself.",
                        max_length=100,
                        unique=True,
                        validators=[sources.validators.validate_citekey],
                    ),
                ),
                (
                    "csl_type",
                    models.CharField(
                        choices=[
                            (
                                "Press and web",
                                [
                                    ("article-newspaper", "Newspaper report"),
                                    ("article-magazine", "Magazine article"),
                                    ("webpage", "Web page"),
                                    ("post-weblog", "Blog post"),
                                    ("post", "Post on a social network"),
                                    ("article", "Article or preprint"),
                                ],
                            ),
                            (
                                "Spoken and filmed",
                                [
                                    ("broadcast", "Broadcast"),
                                    ("interview", "Interview"),
                                    ("speech", "Speech or briefing"),
                                    ("motion_picture", "Film or video"),
                                    ("personal_communication", "Letter, message or conversation"),
                                ],
                            ),
                            (
                                "Books and research",
                                [
                                    ("book", "Book"),
                                    ("chapter", "Chapter"),
                                    ("article-journal", "Journal article"),
                                    ("report", "Report"),
                                    ("dataset", "Dataset"),
                                    ("paper-conference", "Conference paper"),
                                    ("thesis", "Thesis"),
                                    ("entry-encyclopedia", "Entry in an encyclopaedia"),
                                ],
                            ),
                            (
                                "Law and government",
                                [
                                    ("document", "Document"),
                                    ("legislation", "Law"),
                                    ("bill", "Bill"),
                                    ("regulation", "Regulation"),
                                    ("treaty", "Treaty"),
                                    ("legal_case", "Court decision"),
                                    ("hearing", "Hearing"),
                                ],
                            ),
                            (
                                "Everything else",
                                [
                                    ("classic", "Classic"),
                                    ("collection", "Archival collection"),
                                    ("entry", "Entry in a database"),
                                    ("entry-dictionary", "Entry in a dictionary"),
                                    ("event", "Event"),
                                    ("figure", "Figure"),
                                    ("graphic", "Picture"),
                                    ("manuscript", "Manuscript"),
                                    ("map", "Map"),
                                    ("musical_score", "Musical score"),
                                    ("pamphlet", "Pamphlet"),
                                    ("patent", "Patent"),
                                    ("performance", "Performance"),
                                    ("periodical", "Periodical"),
                                    ("review", "Review"),
                                    ("review-book", "Book review"),
                                    ("software", "Software"),
                                    ("song", "Song or recording"),
                                    ("standard", "Standard"),
                                ],
                            ),
                        ],
                        default="webpage",
                        max_length=30,
                        verbose_name="type",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=500)),
                (
                    "original_title",
                    models.CharField(
                        blank=True,
                        help_text="In its own language, where the title is translated.",
                        max_length=500,
                    ),
                ),
                (
                    "authors",
                    models.JSONField(
                        blank=True,
                        default=list,
                        encoder=sources.names.ReadableJSON,
                        validators=[sources.validators.validate_names],
                    ),
                ),
                (
                    "container_title",
                    models.CharField(
                        blank=True,
                        help_text="Newspaper, journal, book or site. The outlet's name stands in when empty.",
                        max_length=500,
                        verbose_name="published in",
                    ),
                ),
                (
                    "url",
                    models.CharField(
                        blank=True,
                        max_length=2000,
                        validators=[sources.validators.validate_web_address],
                        verbose_name="address",
                    ),
                ),
                ("canonical_url", models.CharField(blank=True, editable=False, max_length=2000)),
                (
                    "archived_url",
                    models.CharField(
                        blank=True,
                        help_text="Address of a copy kept by somebody, such as the Wayback Machine.",
                        max_length=2000,
                        validators=[sources.validators.validate_web_address],
                        verbose_name="archived copy",
                    ),
                ),
                ("doi", models.CharField(blank=True, max_length=255, verbose_name="DOI")),
                ("isbn", models.CharField(blank=True, max_length=50, verbose_name="ISBN")),
                ("publisher", models.CharField(blank=True, max_length=300)),
                (
                    "publisher_place",
                    models.CharField(blank=True, max_length=200, verbose_name="place"),
                ),
                ("volume", models.CharField(blank=True, max_length=50)),
                ("issue", models.CharField(blank=True, max_length=50)),
                ("page", models.CharField(blank=True, max_length=50, verbose_name="pages")),
                ("number", models.CharField(blank=True, max_length=100)),
                ("edition", models.CharField(blank=True, max_length=100)),
                (
                    "event",
                    models.CharField(
                        blank=True, help_text="Conference, hearing, rally.", max_length=300
                    ),
                ),
                (
                    "medium",
                    models.CharField(
                        blank=True, help_text="Radio, video, podcast.", max_length=100
                    ),
                ),
                (
                    "genre",
                    models.CharField(
                        blank=True,
                        help_text="Press release, briefing, thesis.",
                        max_length=100,
                        verbose_name="kind",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True, help_text="Language tag, such as en, uk or pl.", max_length=35
                    ),
                ),
                ("abstract", models.TextField(blank=True)),
                (
                    "note",
                    models.TextField(blank=True, help_text="For readers, behind the citation."),
                ),
                (
                    "issued_year",
                    models.SmallIntegerField(blank=True, null=True, verbose_name="year"),
                ),
                (
                    "issued_month",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="month"),
                ),
                (
                    "issued_day",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="day"),
                ),
                ("issued_circa", models.BooleanField(default=False, verbose_name="about")),
                (
                    "issued_words",
                    models.CharField(
                        blank=True,
                        help_text="Shown in place of the date, such as “early October 2024”.",
                        max_length=100,
                        verbose_name="date in words",
                    ),
                ),
                ("accessed_on", models.DateField(blank=True, null=True, verbose_name="read on")),
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
                        verbose_name="on whose word",
                    ),
                ),
                (
                    "attributed_to",
                    models.CharField(
                        blank=True,
                        help_text="As the source puts it: “unnamed US officials”.",
                        max_length=200,
                    ),
                ),
                (
                    "is_not_a_source",
                    models.BooleanField(
                        default=False,
                        help_text="A shop, a log-in page: links to it are not listed under “Sources”.",
                        verbose_name="not a source",
                    ),
                ),
                (
                    "other_csl",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Came with an import and have no place above; exports give them back.",
                        verbose_name="other CSL fields",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("edited_at", models.DateTimeField(auto_now=True)),
                (
                    "outlet",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sources",
                        to="sources.outlet",
                    ),
                ),
            ],
            options={
                "ordering": ["citekey"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("canonical_url", ""), _negated=True),
                        fields=("canonical_url",),
                        name="source_is_one_for_each_page",
                        violation_error_message="There is already a source with this address.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issued_month__isnull", True),
                            ("issued_year__isnull", False),
                            _connector="OR",
                        ),
                        name="source_month_has_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issued_day__isnull", True),
                            ("issued_month__isnull", False),
                            _connector="OR",
                        ),
                        name="source_day_has_month",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerCitekey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=100, unique=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_citekeys",
                        to="sources.source",
                    ),
                ),
            ],
        ),
    ]
