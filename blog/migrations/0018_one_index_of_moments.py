from django.db import migrations, models

NAME = "blog_post_published_at_9524a659"


class Migration(migrations.Migration):
    """The index `post_public` begins with the same column and tells more. Dropped by name: to alter
    the field would copy the whole table on SQLite.
    """

    dependencies = [("blog", "0017_stories_by_index")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f'DROP INDEX IF EXISTS "{NAME}"',
                    f'CREATE INDEX IF NOT EXISTS "{NAME}" ON "blog_post" ("published_at")',
                )
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="post",
                    name="published_at",
                    field=models.DateTimeField(blank=True, editable=False, null=True),
                )
            ],
        )
    ]
