"""Write to everybody of the office what waits for them this week; each person once a week."""

from typing import Any

from django.core.management.base import BaseCommand

from sistercities.digest import send_digest


class Command(BaseCommand):
    """Run it every Monday, or daily: who was written to this week is left in peace."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Wrote {send_digest()} mails; send_queued_mail sends them.")
