"""Look for records that may be one thing, for the office's queue "Probable duplicates"."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from sistercities.history import one_request
from sistercities.merging import kinds
from sistercities.merging.suspecting import suspect


class Command(BaseCommand):
    """Prints how many pairs of each kind wait. Run it once a night with --days 2, and whole once a
    month; what the office decided stays decided."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days", type=int, help="only with what was changed in so many days; else all"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        days = options["days"]
        since = timezone.now() - datetime.timedelta(days=days) if days else None
        with one_request("find_duplicates"):
            for kind in kinds.everything():
                self.stdout.write(f"{kind.model._meta.model_name}: {suspect(kind, since)}")
