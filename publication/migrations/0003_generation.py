"""The number of what readers can see, raised by each change of the publication's own row."""

from django.db import migrations, models

from publication.generation.tables import Watch
from publication.visible import VISIBLE


class Migration(migrations.Migration):
    dependencies = [("publication", "0002_background_jobs")]

    operations = [
        migrations.CreateModel(
            name="Generation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="generation_is_one_row"
                    )
                ],
            },
        ),
        Watch(VISIBLE),
    ]
