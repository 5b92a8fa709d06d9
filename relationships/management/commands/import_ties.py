"""Take in a list of ties: CSV, TSV, XLSX or Wikidata; or commit a plan made before."""

import json
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from relationships.imports.columns import map_columns, read_told
from relationships.imports.committing import commit
from relationships.imports.formats import FORMATS, read_file
from relationships.imports.planning import Plan
from relationships.imports.progress import Progress
from relationships.imports.refusal import ImportRefused
from relationships.imports.rejected import write_rejected
from relationships.imports.rows import LONGEST_SOURCE
from relationships.models import ImportBatch, ImportRow, Tie
from sistercities.countries import country_codes


class Command(BaseCommand):
    """Plan, then commit what was planned."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="the list; nothing with --batch")
        parser.add_argument("--plan-only", action="store_true", help="store the plan, write no tie")
        parser.add_argument("--batch", type=int, help="commit the stored plan of this number")
        parser.add_argument("--format", choices=FORMATS, help="refuse any other format")
        parser.add_argument(
            *("--map", "-m"),
            action="append",
            default=[],
            metavar="COLUMN=FIELD",
            help="what a column holds: city_a, country_b, date, kept … or - to leave it out",
        )
        parser.add_argument("--source", default="", help="name of the list; else its file name")
        parser.add_argument(
            "--country",
            action="append",
            default=[],
            metavar="SIDE=CODE",
            help="country of the first (a) or second (b) cities where a row names none",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--rejected", metavar="FILE", help="CSV of the rows not taken")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            batch = self._planned(options)
            if not options["plan_only"]:
                batch = commit(batch.pk, Progress())
            if options["rejected"]:
                with Path(options["rejected"]).open("w", encoding="utf-8-sig", newline="") as out:
                    write_rejected(batch, out)
        except ImportRefused as refusal:
            raise CommandError(str(refusal)) from None
        except (OSError, DatabaseError, connection.Database.Error) as error:
            sentence = " ".join(str(error).split()) or type(error).__name__
            raise CommandError(_("Nothing was taken in: %(why)s") % {"why": sentence}) from None
        self._report(batch, time.monotonic() - began, options)

    def _planned(self, options: dict[str, Any]) -> ImportBatch:
        if options["batch"] is not None:
            if options["file"] or options["plan_only"]:
                raise CommandError(_("Give a file or --batch, not both."))
            found = ImportBatch.objects.filter(pk=options["batch"]).first()
            return found or ImportBatch(pk=options["batch"])
        if not options["file"]:
            raise CommandError(_("Which file? manage.py import_ties FILE"))
        path = Path(options["file"])
        told, countries = read_told(options["map"]), read_countries(options["country"])
        table = read_file(path, options["format"])
        for note in table.notes:
            self.stderr.write(note)
        mapping = map_columns(table.header, told)
        source = (options["source"].strip() or path.name.partition(".")[0])[:LONGEST_SOURCE]
        return Plan(table, mapping, source, countries=countries).store()

    def _report(self, batch: ImportBatch, seconds: float, options: dict[str, Any]) -> None:
        counts = {verdict: batch.counts.get(verdict, 0) for verdict in ImportRow.Verdict.values}
        result = {
            "rows": sum(counts.values()),
            **counts,
            "seconds": round(seconds, 2),
            "ties": Tie.objects.public().count(),
            "batch": batch.pk,
        }
        if options["json"]:
            self.stdout.write(json.dumps(result))
            return
        for verdict in ImportRow.Verdict:
            self.stdout.write(f"{counts[verdict.value]:>9,}  {verdict.value:<10}  {verdict.label}")
        self.stdout.write(
            _("%(rows)s rows in %(seconds)s s, import %(batch)d; %(ties)s ties in the registry.")
            % {
                "rows": f"{result['rows']:,}",
                "seconds": result["seconds"],
                "batch": batch.pk,
                "ties": f"{result['ties']:,}",
            }
        )
        if options["plan_only"]:
            self.stdout.write(
                _("Nothing is written yet: manage.py import_ties --batch %(batch)d commits it.")
                % {"batch": batch.pk}
            )
        elif counts["unresolved"] and not options["rejected"] and sys.stdout.isatty():
            self.stdout.write(_("--rejected FILE.csv writes the rows that need a hand."))


def read_countries(pairs: list[str]) -> dict[str, str]:
    """--country arguments "a=DE" as a dictionary."""
    countries = {}
    for pair in pairs:
        side, _equals, code = pair.partition("=")
        code = code.strip().upper()
        if side not in ("a", "b") or code not in country_codes():
            raise ImportRefused(
                _("%(pair)s is no country of a side. Write --country a=DE") % {"pair": pair}
            )
        countries[side] = code
    return countries
