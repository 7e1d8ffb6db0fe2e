"""The words by which sources, outlets and claims are found.

Empty at first: manage.py rebuild_references fills them.
"""

from typing import ClassVar

from django.db import migrations

import sources.models.finding


class Migration(migrations.Migration):
    dependencies: ClassVar = [("sources", "0002_the_ledger")]

    operations: ClassVar = [
        migrations.AddField(
            model_name=name, name="found_by", field=sources.models.finding.FoundBy()
        )
        for name in ("source", "outlet", "claim")
    ]
