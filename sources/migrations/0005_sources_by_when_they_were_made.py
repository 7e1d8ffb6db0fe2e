from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0004_watched")]

    operations = [
        migrations.AddIndex(
            model_name="source", index=models.Index(fields=["created_at"], name="source_by_making")
        ),
    ]
