"""Make static/map/outlines.json anew from Natural Earth's outlines."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from sistercities.maps.building import build_outlines, write_outlines
from sistercities.maps.outlines import OUTLINES


class Command(BaseCommand):
    """Only for those who change the outlines: the file is part of the project."""

    help = (
        "Makes the outlines of the maps from the unpacked npm package world-atlas 2.0.2 "
        "(npm pack world-atlas@2.0.2, then tar xzf world-atlas-2.0.2.tgz)."
    )

    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        """The folder of the package, and where to write."""
        parser.add_argument("package", type=Path, help="the package's folder")
        parser.add_argument("--output", type=Path, default=OUTLINES)

    def handle(self, *args, **options) -> None:
        """Read, simplify, write; say how large the file became."""
        source = options["package"] / "countries-50m.json"
        try:
            outlines = build_outlines(json.loads(source.read_text(encoding="utf-8")))
            size = write_outlines(outlines, options["output"])
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{source} is not world-atlas's countries-50m.json.") from error
        self.stdout.write(
            f"{len(outlines['land'])} land rings and {len(outlines['borders'])} borders, "
            f"{size:,} bytes, in {options['output']}."
        )
