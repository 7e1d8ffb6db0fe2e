import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from publication.statistics import gather_statistics

# The index of `post` that Django gave each kind of row, and what the new one tells beside it.
ROWS = {
    "crossreference": ("blog_crossreference_post_id_20eb1458", "target"),
    "citation": ("blog_citation_post_id_8afe2920", "source"),
    "claimmention": ("blog_claimmention_post_id_7883f44d", "claim"),
}


def gather(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite holds an index of which it knows nothing for the worse, beside others that it knows:
    it read all references to show fifty."""
    gather_statistics()


class Migration(migrations.Migration):
    """One index instead of another. Dropped by name: to alter the field would copy the whole table
    on SQLite.
    """

    dependencies = [("blog", "0018_one_index_of_moments")]

    operations = [
        *(
            migrations.AddIndex(
                model_name=row,
                index=models.Index(fields=["post", leads_to], name=f"{row}_by_post"),
            )
            for row, (_, leads_to) in ROWS.items()
        ),
        *(
            migrations.SeparateDatabaseAndState(
                database_operations=[
                    migrations.RunSQL(
                        f'DROP INDEX IF EXISTS "{former}"',
                        f'CREATE INDEX IF NOT EXISTS "{former}" ON "blog_{row}" ("post_id")',
                    )
                ],
                state_operations=[
                    migrations.AlterField(
                        model_name=row,
                        name="post",
                        field=models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="%(class)ss",
                            to="blog.post",
                        ),
                    )
                ],
            )
            for row, (former, _) in ROWS.items()
        ),
        migrations.RunPython(gather, gather),
    ]
