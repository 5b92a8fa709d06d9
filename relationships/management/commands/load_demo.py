"""Load the demo registry: real cities and ties, invented people plainly marked."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, models
from django.utils.translation import override

from relationships.demo.advice import load_advice
from relationships.demo.load import load_demo
from relationships.demo.logins import make_logins

LOGINS = "demo_logins.txt"


class Command(BaseCommand):
    """A thin shell around `relationships.demo.load`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--with-logins",
            action="store_true",
            help="also create admin@demo.example and staff@demo.example (password: DEMO_PASSWORD, "
            f"or a random one written to var/{LOGINS}); not for a public server",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            record = load_demo()
        except DatabaseError as error:
            raise CommandError(
                f"The database refused the demo registry, nothing was loaded: {error}"
            ) from error
        told = ""
        if options["with_logins"]:
            told = make_logins(Path(settings.VAR_DIR) / LOGINS)
            load_advice(record)
        if options["verbosity"]:
            self.report(record.created, "created")
            self.report(record.completed, "completed")
            if not record:
                self.stdout.write("The demo registry is there already; nothing was changed.")
            if told:
                self.stdout.write(told.rstrip())

    def report(self, counts: dict[type[models.Model], int], verb: str) -> None:
        """One line a kind of object."""
        with override("en"):
            for model, number in counts.items():
                self.stdout.write(f"{number:5} {model._meta.verbose_name_plural} {verb}")
