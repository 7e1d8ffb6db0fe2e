from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from blog.drift import posts_with_text, rebuild
from blog.models import Citation, CrossReference, Post
from blog.models.finding import recount_words
from blog.models.resolving import own_hosts


class Command(BaseCommand):
    help = "Make the index of references and of words anew from the posts' texts."

    def handle(self, *args: Any, **options: Any) -> None:
        hosts = own_hosts()
        for post in tqdm(
            posts_with_text(), total=Post.objects.count(), unit=" posts", disable=None
        ):
            rebuild(post, hosts)
        recount_words()
        self.stdout.write(
            f"{Post.objects.count()} posts: {CrossReference.objects.count()} cross-references, "
            f"{Citation.objects.count()} citations."
        )
