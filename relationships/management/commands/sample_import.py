"""Show some rows of an import beside the cities they were joined to, for a person to judge."""

import random
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from committees.models import City
from relationships.imports.columns import map_columns
from relationships.imports.rows import Reader
from relationships.imports.tables import Table
from relationships.models import ImportBatch, ImportRow
from sistercities.folding import fold
from sistercities.maps.distance import great_circle_km

FAR_KM = 40


class Command(BaseCommand):
    """The same rows for the same seed. Ends with the least support come first."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", type=int, help="the number that import_ties printed")
        parser.add_argument("--rows", type=int, default=200)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        batch = ImportBatch.objects.filter(pk=options["batch"]).first()
        if batch is None:
            raise CommandError(_("There is no import %(number)d.") % {"number": options["batch"]})
        joined = batch.rows.exclude(city_a=None).exclude(verdict=ImportRow.Verdict.REJECTED)
        numbers = sorted(joined.values_list("number", flat=True))
        chosen = random.Random(options["seed"]).sample(numbers, min(options["rows"], len(numbers)))
        rows = batch.rows.filter(number__in=chosen).select_related("city_a", "city_b")
        lines = sorted(line for row in rows for line in self._lines(batch, row))
        for doubt, line in lines:
            self.stdout.write(f"{doubt} {line}")
        same = sum("=" in doubt for doubt, _line in lines)
        self.stdout.write(
            _("%(ends)d ends; the list's own GeoNames id says the same for %(same)d.")
            % {"ends": len(lines), "same": same}
        )

    def _lines(self, batch: ImportBatch, row: ImportRow) -> list[tuple[str, str]]:
        header = batch.mapping["header"]
        mapping = map_columns(header, {})
        table = Table(batch.format, header, lambda: iter(()))
        cells = [row.raw.get(column, "") for column in header]
        read = Reader(table, mapping, batch.source, {}).read(row.number, cells)
        lines = []
        # Which of the two cities is whose is not stored with the row: the nearer name is.
        straight = _fit(read.a, row.city_a) + _fit(read.b, row.city_b)
        crossed = _fit(read.a, row.city_b) + _fit(read.b, row.city_a)
        cities = (row.city_a, row.city_b) if straight >= crossed else (row.city_b, row.city_a)
        for end, city in zip((read.a, read.b), cities, strict=True):
            km = _distance(end, city)
            support = "="
            if end.geonames != city.geonames_id:
                support = "!" if end.geonames else "?"
            if km is None or km > FAR_KM:
                support = support.replace("?", "??")
            where = "" if km is None else f"{km:.0f} km"
            written = f"{row.number}: {end.name}, {end.country or end.country_text} {end.region}"
            facts = f"{city.name}, {city.country} {city.population:,} GeoNames {city.geonames_id}"
            lines.append((f"{support:<2}", f"{written.strip()} → {facts} {where}".rstrip()))
        return lines


def _distance(end: Any, city: City) -> float | None:
    if not (end.is_located and city.has_coordinates):
        return None
    return great_circle_km(end.latitude, end.longitude, city.latitude, city.longitude)


def _fit(end: Any, city: City) -> float:
    """How well an end and a city go together: by id, nearness, country and name."""
    km = _distance(end, city)
    return (
        10 * (end.geonames is not None and end.geonames == city.geonames_id)
        + 5 * (km is not None and km <= FAR_KM)
        + 2 * (end.country == city.country)
        + 3 * (fold(end.name) == city.sort_name)
    )
