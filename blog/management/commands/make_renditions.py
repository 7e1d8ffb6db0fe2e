"""Pictures that came before there were renditions, or before their widths were others."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from blog.models import Picture
from blog.renditions import make_renditions


class Command(BaseCommand):
    help = "Have what is missing of the several widths of pictures made."

    def handle(self, *args: Any, **options: Any) -> None:
        ids = list(Picture.objects.order_by("pk").values_list("pk", flat=True))
        for pk in tqdm(ids, unit=" pictures", disable=None):
            make_renditions.enqueue(pk)
        self.stdout.write(f"{len(ids)} pictures were put in line.")
