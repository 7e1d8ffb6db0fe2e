"""What a reader's search asks beside: where a word stands, its forms, and texts word by word.

Empty at first: manage.py rebuild_references fills them from the posts' texts.
"""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("blog", "0011_roles_of_the_ledger")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="card",
            name="lines",
            field=models.TextField(
                default="",
                help_text="The words of each passage, folded, each between spaces; a line each.",
            ),
        ),
        migrations.AlterField(
            model_name="card",
            name="words",
            field=models.JSONField(help_text="Each word, cut (publication.words), with its count."),
        ),
        migrations.AddField(
            model_name="occurrence",
            name="place",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "Text"), (1, "Standfirst"), (2, "Headline")],
                default=0,
                help_text="The highest of those where it stands.",
            ),
        ),
        migrations.AddField(
            model_name="occurrence",
            name="forms",
            field=models.CharField(
                default="",
                help_text="The words that were cut to it, each between spaces; empty where none "
                "was.",
                max_length=500,
            ),
        ),
        migrations.RemoveIndex(model_name="occurrence", name="occurrence"),
        migrations.AddIndex(
            model_name="occurrence",
            index=models.Index(
                fields=["word", "post", "count", "place", "forms"], name="occurrence"
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                fields=["published_at", "withdrawn_at", "dated_on", "story"], name="post_public"
            ),
        ),
    ]
