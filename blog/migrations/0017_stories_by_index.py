from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("blog", "0016_posts_by_when_they_were_saved")]

    operations = [
        migrations.RemoveIndex(model_name="post", name="post_by_story"),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("story__isnull", False)),
                fields=["story", "published_at", "withdrawn_at"],
                name="post_by_story",
            ),
        ),
    ]
