"""Write docs/data.md: what every column of the exports means."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from relationships.exporting.documenting import as_markdown


class Command(BaseCommand):
    """From the declarations in relationships/exporting/."""

    help = __doc__
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "data.md"
        path.write_text(as_markdown(), encoding="utf-8")
        self.stdout.write(str(path))
