"""Tell the second step of the demo's office logins; only where the demo was loaded with logins."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from relationships.demo.logins import second_steps


class Command(BaseCommand):
    """In place of an app on a telephone."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is no demo (DEMO is off).")
        codes = second_steps()
        if not codes:
            raise CommandError("The demo has no office logins with a second step.")
        for email, code in codes.items():
            self.stdout.write(f"{email}  {code}")
        self.stdout.write("Each works once, for half a minute.")
