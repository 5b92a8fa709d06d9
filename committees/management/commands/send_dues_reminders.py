"""Remind committees of dues that are due, still open after two weeks, or overdue."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from committees.dues.reminding import remind


class Command(BaseCommand):
    """Run it once a day: it writes each reminder once. `send_queued_mail` sends it."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--on", type=datetime.date.fromisoformat, help="as of a day, such as 2027-01-15"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be written, write nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run = options["dry_run"]
        outcome = remind(options["on"], dry_run=dry_run)
        wrote = "Would write" if dry_run else "Wrote"
        self.stdout.write(
            f"{wrote} {outcome.mails} mails; {outcome.unreachable} committees have nobody to ask."
        )
