"""Keep the message catalogues in step with the sources, without the gettext programs."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation.reloader import translation_file_changed

from sistercities import catalogs


class Command(BaseCommand):
    """`messages` updates the .po files, `--check` only judges them, `--compile` makes .mo files."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        act = parser.add_mutually_exclusive_group()
        act.add_argument(
            "--check",
            action="store_true",
            help="change nothing; fail when a text is missing, untranslated, fuzzy or wrong",
        )
        act.add_argument(
            "--compile", action="store_true", help="only turn each .po file into its .mo file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        paths = catalogs.catalogue_paths()
        if options["compile"]:
            for path in paths:
                if catalogs.compile_catalogue(path):
                    # This very process may have looked before, when there was nothing to read.
                    translation_file_changed(None, path.with_suffix(".mo"))
                    if options["verbosity"]:
                        self.stdout.write(f"Compiled {path.relative_to(settings.BASE_DIR)}.")
            return
        found = catalogs.gather()
        if options["check"]:
            self.check_catalogues(paths, found)
            return
        for path in paths:
            changed = catalogs.update(path, found)
            result = catalogs.findings(path, found)
            self.stdout.write(
                f"{path.relative_to(settings.BASE_DIR)}: {'updated' if changed else 'unchanged'}, "
                f"{len(found)} texts, {len(result.untranslated)} to translate."
            )

    def check_catalogues(self, paths: list, found: Any) -> None:
        """Fail with one line for each thing to mend."""
        faults = 0
        for path in paths:
            for sentence in catalogs.findings(path, found).sentences():
                faults += 1
                self.stderr.write(f"{path.parent.parent.name}: {sentence}")
        if faults:
            raise CommandError(
                f"Faults in the message catalogues: {faults}. "
                "Run `make messages`, then translate what is left."
            )
        self.stdout.write(f"{len(found)} texts, all translated.")
