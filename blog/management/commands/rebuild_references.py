from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from blog.drift import posts_with_text, rebuild, rebuild_records
from blog.models import Citation, CrossReference, Post
from blog.models.finding import recount_words
from blog.models.resolving import own_hosts
from sources import drift as drift_of_ledgers
from sources.models import StandingChange


class Command(BaseCommand):
    help = (
        "Make the index of references and of words anew from the posts' texts, and the announced "
        "changes of standings from the ledgers."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        hosts = own_hosts()
        for post in tqdm(
            posts_with_text(), total=Post.objects.count(), unit=" posts", disable=None
        ):
            rebuild(post, hosts)
        recount_words()
        rebuild_records()
        for claim in drift_of_ledgers.claims():
            drift_of_ledgers.rebuild(claim)
        self.stdout.write(
            f"{Post.objects.count()} posts: {CrossReference.objects.count()} cross-references, "
            f"{Citation.objects.count()} citations. "
            f"{StandingChange.objects.count()} changes of standings."
        )
