"""Fill an empty registry with an invented world, for measuring."""

import sys
import time

from django.core.management.base import BaseCommand, CommandError

from relationships.models import Tie
from relationships.world.making import TooManyTies, make_world
from sistercities.progress import Progress


class Command(BaseCommand):
    """A thin shell around `relationships.world`."""

    help = (
        "Makes an invented world of cities and ties, the same for the same seed. For measuring "
        "only: it refuses a registry that has ties."
    )

    def add_arguments(self, parser) -> None:
        """How large, and which world."""
        parser.add_argument("--cities", type=int, default=25_000)
        parser.add_argument("--ties", type=int, default=50_000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--force", action="store_true", help="add to a registry that has ties already"
        )

    def handle(self, *args, **options) -> None:
        """Judge the options, make, say what was made."""
        cities, ties = options["cities"], options["ties"]
        if cities < 0 or ties < 0:
            raise CommandError("--cities and --ties are numbers, 0 or more.")
        if not options["force"] and Tie.objects.exists():
            raise CommandError(
                "This registry has ties; invented ones must not be mixed with them. "
                "Use an empty database, or --force if it holds nothing of value."
            )
        begun = time.monotonic()
        progress = Progress(sys.stderr, cities + ties, "rows")
        try:
            made = make_world(cities, ties, options["seed"], count=progress.add)
        except TooManyTies as error:
            raise CommandError(f"{cities:,} cities do not make {ties:,} ties.") from error
        progress.end()
        if options["verbosity"]:
            self.stdout.write(
                f"{made.cities:,} cities, {made.ties:,} ties, {made.committees:,} committees and "
                f"{made.exchanges:,} exchanges in {time.monotonic() - begun:.1f} s."
            )
