"""Erase one person from every table, history and mail."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from committees.models import Person
from committees.people.erasing import CannotErase, erase
from sistercities.folding import fold
from sistercities.history import one_request


class Command(BaseCommand):
    """`manage.py erase_person 12 --name "Ana Gómez"`"""

    help = "Erase one person. This cannot be undone; copies in backups go when these age out."

    def add_arguments(self, parser: CommandParser) -> None:
        """The number, and the name as a proof that it is the right one."""
        parser.add_argument("person", type=int, help="number of the person")
        parser.add_argument("--name", required=True, help="full name of the person, to make sure")

    def handle(self, *args, **options) -> None:
        """Erase, or say why not."""
        person = Person.objects.filter(pk=options["person"]).first()
        if person is None:
            raise CommandError(f"There is no person {options['person']}.")
        if fold(person.name) != fold(options["name"]):
            raise CommandError("This is not the name of that person. Nothing was erased.")
        try:
            with one_request("erase_person"):
                erase(person)
        except CannotErase as why:
            raise CommandError(str(why)) from why
        self.stdout.write(f"Erased person {person.pk}.")
