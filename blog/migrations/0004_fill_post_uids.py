"""Posts that are here already keep the identity under which the feed has shown them so far."""

import re
import uuid
from typing import Any, ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

DATED_PATH = re.compile(r"^/(\d{4})/(\d{2})/(\d{2})/([^/]+)/?$")


def fill(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    posts = apps.get_model("blog", "Post")._default_manager.using(editor.connection.alias)
    taken = set(posts.exclude(uid=None).values_list("uid", flat=True))
    unnamed = posts.filter(uid=None).prefetch_related("old_addresses")
    for post in unnamed.only("pk", "dated_on", "slug", "uid").iterator(chunk_size=500):
        shown = _shown_so_far(post)
        post.uid = shown if shown and shown not in taken else uuid.uuid4()
        taken.add(post.uid)
        post.save(update_fields=["uid"])


def _shown_so_far(post: Any) -> uuid.UUID | None:
    """Made of the path under which the post was first published; a draft was never shown."""
    if post.dated_on is None:
        return None
    day = f"/{post.dated_on:%Y/%m/%d}/"
    former = sorted(post.old_addresses.all(), key=lambda old: old.pk)
    paths = [old.path for old in former if DATED_PATH.match(old.path) and day in old.path]
    return uuid.uuid5(uuid.NAMESPACE_URL, [*paths, f"{day}{post.slug}/"][0])


class Migration(migrations.Migration):
    dependencies: ClassVar = [("blog", "0003_post_uid")]

    operations: ClassVar = [migrations.RunPython(fill, migrations.RunPython.noop)]
