"""Delete what is kept no longer: drafts, receipts, sessions, files, and what other apps name."""

from typing import Any

from django.core.management.base import BaseCommand

from sistercities import retention


class Command(BaseCommand):
    """Prints what each duty deleted. Run it daily; a second run deletes nothing."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in retention.run().items():
            self.stdout.write(f"{name}: {count}")
