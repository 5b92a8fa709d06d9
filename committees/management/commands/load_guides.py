"""Put the guides that come with the software into the registry: once, to be reviewed there."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import ngettext

from committees.guides.loading import load_guides
from sistercities.history import one_request


class Command(BaseCommand):
    """A thin shell around `committees.guides.loading`."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--publish",
            action="store_true",
            help="show them to everyone at once, without a review by the office",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with one_request("load_guides"):
            new = load_guides(publish=options["publish"])
        if options["verbosity"]:
            text = ngettext("%(n)s guide was added.", "%(n)s guides were added.", len(new))
            self.stdout.write(text % {"n": len(new)})
