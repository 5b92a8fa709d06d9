"""Prove that the registry is whole, or say what is not."""

import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from relationships.checking import differences, mend


class Command(BaseCommand):
    """A thin shell around `relationships.checking`."""

    help = (
        "Asks every rule of the registry and compares stored columns, counts, search names and "
        "files with what they should be. One line per difference; exit code 1 when any remains. "
        "A tie grows silent with time: let --fix-derived run once a night."
    )

    def add_arguments(self, parser) -> None:
        """Whether to repair."""
        parser.add_argument(
            "--fix-derived",
            action="store_true",
            help="write derived columns anew where they are wrong; nothing else is changed",
        )

    def handle(self, *args, **options) -> None:
        """Check, print, perhaps repair, and leave with 1 when something is wrong."""
        today = timezone.localdate()
        fixable, left, total = set(), 0, 0
        for found in differences(today=today, say=self._say):
            total += 1
            fixed = options["fix_derived"] and found.fixable
            self.stdout.write(f"{found} [fixed]" if fixed else str(found))
            if fixed:
                fixable.add(found._replace(what=""))
            else:
                left += 1
        self._say("")
        if fixable:
            mend(fixable, today)
        if total == 0:
            if options["verbosity"]:
                self.stdout.write("The registry is as it should be.")
        elif options["verbosity"]:
            self.stderr.write(f"{total:,} differences, {total - left:,} of them fixed.")
        if left:
            sys.exit(1)

    def _say(self, name: str) -> None:
        """The check that runs now, on a terminal only."""
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K{name}")
            sys.stderr.flush()
