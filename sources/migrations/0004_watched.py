"""Raise the generation when sources, outlets, origins, claims or their ledgers change."""

from django.db import migrations

from publication.generation.tables import Watch
from sources.visible import VISIBLE


class Migration(migrations.Migration):
    dependencies = [("sources", "0003_found_by"), ("publication", "0003_generation")]

    operations = [Watch(VISIBLE)]
