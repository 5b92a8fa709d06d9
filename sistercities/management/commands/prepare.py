"""Bring database, fonts, messages and static files up to date; what already is, is left alone."""

import hashlib
import io
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

DEMO_MAILS = 6
DEMO_WANTED = "demo-is-to-be-loaded"


class Command(BaseCommand):
    """One step after each update of the code, for `make run` and for a server alike."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="load the demo registry when the database is new"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        settings.VAR_DIR.mkdir(exist_ok=True)
        call_command("messages", "--compile", verbosity=0)  # first: the demo writes letters
        self.migrate(demo=options["demo"])
        call_command("build_fonts", verbosity=0)
        self.collect_static_files()

    def migrate(self, *, demo: bool) -> None:
        """Apply migrations; load the demo into a database that was empty, also after a kill."""
        wanted = settings.VAR_DIR / DEMO_WANTED
        if demo and not connection.introspection.table_names():
            wanted.touch()
        call_command("migrate", interactive=False, verbosity=0)
        if demo and wanted.exists():
            self.stdout.write("Loading the demo registry …")
            call_command("load_demo", with_logins=True, verbosity=0)
            call_command("send_campaign", limit=DEMO_MAILS, stdout=io.StringIO())
            wanted.unlink()
        call_command("load_guides", verbosity=0)

    def collect_static_files(self) -> None:
        """Collect and compress, unless the very same files were collected before."""
        mark = Path(f"{settings.STATIC_ROOT}.collected")
        state = fingerprint()
        if mark.exists() and mark.read_text() == state and Path(settings.STATIC_ROOT).is_dir():
            return
        mark.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        mark.write_text(state)


def fingerprint() -> str:
    """Changes with every static file's path, size or time."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            facts = Path(storage.path(name)).stat()
            seen.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return seen.hexdigest()
