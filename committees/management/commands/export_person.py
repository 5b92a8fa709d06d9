"""Write all that the registry holds about one person."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from committees.models import Person
from committees.people.exporting import hand_out


class Command(BaseCommand):
    """`manage.py export_person 12 > person.json`"""

    help = "Print every row about one person as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        """The person's number, as the national office's pages show it."""
        parser.add_argument("person", type=int, help="number of the person")
        parser.add_argument("--why", default="", help="reason, for the list of exports")
        parser.add_argument("--output", type=Path, help="write to this file instead")

    def handle(self, *args, **options) -> None:
        """Print, or write to the file."""
        person = Person.objects.filter(pk=options["person"]).first()
        if person is None:
            raise CommandError(f"There is no person {options['person']}.")
        text = hand_out(person, why=options["why"])
        if options["output"] is None:
            self.stdout.write(text, ending="")
        else:
            options["output"].write_text(text, encoding="utf-8")
