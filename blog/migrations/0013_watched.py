"""Raise the generation when something changes that readers see of posts."""

from django.db import migrations

from blog.visible import VISIBLE
from publication.generation.tables import Watch


class Migration(migrations.Migration):
    dependencies = [("blog", "0012_words_as_readers_search"), ("publication", "0003_generation")]

    operations = [Watch(VISIBLE)]
