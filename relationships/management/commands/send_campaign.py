"""Ask both sides of every published tie whether it is alive; remind those who are silent."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from relationships.campaign import send_campaign
from relationships.models import Inquiry, Tie

SHOWN = 20


class Command(BaseCommand):
    """Run it once a day: it writes only what is due. `send_queued_mail` sends it."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, help="the year that is asked about (this one)")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be written, write nothing"
        )
        parser.add_argument("--limit", type=int, help="write so many mails at most")

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run = options["dry_run"]
        outcome = send_campaign(options["year"], limit=options["limit"], dry_run=dry_run)
        wrote = "Would write" if dry_run else "Wrote"
        self.stdout.write(
            f"{wrote} {outcome.mails} mails with {outcome.questions} questions; "
            f"{outcome.later} readers come later; "
            f"{len(outcome.unreachable)} sides have nobody to ask; "
            f"{Inquiry.objects.silent().count()} were asked three times in vain."
        )
        if dry_run and outcome.unreachable:
            self.name(outcome.unreachable[:SHOWN])

    def name(self, sides: list[tuple[int, str]]) -> None:
        """The first sides that have nobody to ask."""
        ties = Tie.objects.with_cities().in_bulk({pk for pk, _side in sides})
        for pk, side in sides:
            city = ties[pk].city_a if side == "a" else ties[pk].city_b
            self.stdout.write(f"Nobody to ask: {city.name} ({ties[pk]}, tie {pk})")
