"""Make the site ready to be served: tables, something to read, someone who may write.

Safe to run before every start. What it makes, it makes once: the demo and the row
of the publication come in one transaction, so an interrupted run leaves either both
or neither, and a demo that was deleted does not come back.
"""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from blog.models import Post
from publication.models import Publication

ADMIN = "admin"


class Command(BaseCommand):
    help = "Create or update the tables; on a new site also the demo and an admin account."
    # There are no tables to check before the first run.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="Begin with an empty site.")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        self.found_publication(with_demo=not options["no_demo"])
        self.make_first_account()

    def found_publication(self, *, with_demo: bool) -> None:
        """The publication's row says that the site was set up: where it stands, nothing is done."""
        with transaction.atomic():
            if Publication.objects.exists():
                return
            if with_demo and not Post.objects.exists():
                self.load_demo()
            Publication.objects.get_or_create(pk=Publication.THE_ONLY_ID)

    def load_demo(self) -> None:
        self.stdout.write("Loading the demo publication ...")
        call_command("import_markdown", str(settings.BASE_DIR / "demo"), demo=True, verbosity=0)
        self.stdout.write(
            "To begin with an empty site instead: delete var/, then\n"
            "  .venv/bin/python manage.py set_up --no-demo"
        )

    def make_first_account(self) -> None:
        """Shown before it is committed, so that no account has a password nobody saw."""
        accounts = get_user_model()._default_manager
        with transaction.atomic():
            if accounts.exists():
                return
            password = secrets.token_urlsafe(12)
            accounts.create_superuser(ADMIN, email="", password=password)
            self.stdout.write(
                f"\n  An account for you:  {ADMIN}\n"
                f"  Its password:        {password}\n"
                "  It is shown this once. To choose another:\n"
                f"    .venv/bin/python manage.py changepassword {ADMIN}"
            )
