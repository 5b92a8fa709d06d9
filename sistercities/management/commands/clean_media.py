"""Remove files that belong to nothing and are older than a day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from sistercities.editing import orphans


class Command(BaseCommand):
    """Prints the name of each file, then how many."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say which ones")

    def handle(self, *args: Any, **options: Any) -> None:
        gone = orphans.clean(dry_run=options["dry_run"])
        for name in gone:
            self.stdout.write(name)
        verb = "would be removed" if options["dry_run"] else "removed"
        self.stdout.write(f"{len(gone)} {verb}")
