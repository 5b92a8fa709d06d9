"""Take one import back whole, or say what stands in the way."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from relationships.imports.refusal import ImportRefused
from relationships.imports.undoing import undo
from relationships.models import Tie


class Command(BaseCommand):
    """All of the import or nothing of it."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", type=int, help="the number that import_ties printed")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            batch = undo(options["batch"])
        except ImportRefused as refusal:
            raise CommandError(str(refusal)) from None
        except (DatabaseError, connection.Database.Error) as error:
            sentence = " ".join(str(error).split())
            raise CommandError(_("Nothing was undone: %(why)s") % {"why": sentence}) from None
        self.stdout.write(
            _("Import %(batch)d is undone; %(ties)s ties in the registry.")
            % {"batch": batch.pk, "ties": f"{Tie.objects.public().count():,}"}
        )
