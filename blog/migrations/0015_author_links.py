"""Pages elsewhere that an author owns."""

from django.db import migrations, models

import blog.models.filing
from blog.visible import VISIBLE
from publication.generation.tables import Unwatch, Watch


class Migration(migrations.Migration):
    dependencies = [("blog", "0014_days_and_stories_by_index")]

    operations = [
        Unwatch(VISIBLE),
        migrations.AddField(
            model_name="author",
            name="links",
            field=models.TextField(
                blank=True,
                default="",
                help_text="One address a line. Readers and other sites are told that the author "
                "owns them.",
                validators=[blog.models.filing.validate_links],
                verbose_name="pages elsewhere",
            ),
            preserve_default=False,
        ),
        Watch(VISIBLE),
    ]
