from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("blog", "0015_author_links")]

    operations = [
        migrations.AddIndex(
            model_name="post", index=models.Index(fields=["edited_at"], name="post_by_saving")
        ),
        migrations.AddIndex(
            model_name="post", index=models.Index(fields=["language"], name="post_by_language")
        ),
    ]
