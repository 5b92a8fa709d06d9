"""Two answers for the machine that watches the site: is it alive, and may it get visitors?

Both are plain text without versions and data, so they need no login and tell a stranger nothing.
"""

import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)

LEAST_FREE_DISK = 0.05  # of the volume's size


def database_answers() -> bool:
    """True when a query comes back."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def migrations_are_applied() -> bool:
    """True when the tables are those that this code expects."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def kept_folders() -> Iterator[Path]:
    """Where this machine keeps data: uploaded files, and the database when it is a file."""
    yield Path(settings.MEDIA_ROOT)
    if connection.vendor == "sqlite":
        yield Path(connection.settings_dict["NAME"]).parent


def disk_has_room() -> bool:
    """True when every volume with data has at least LEAST_FREE_DISK of its size free."""
    for folder in kept_folders():
        existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
        usage = shutil.disk_usage(existing)
        if usage.free < usage.total * LEAST_FREE_DISK:
            return False
    return True


CHECKS: tuple[Callable[[], bool], ...] = (
    database_answers,
    migrations_are_applied,
    disk_has_room,
)


def plain(text: str, status: int = 200) -> HttpResponse:
    """A line of text that no cache keeps."""
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; it asks nothing of anyone else."""
    return plain("ok")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The site can serve: 200 "ready", else 503 "not ready" (why is for this machine's log)."""
    for check in CHECKS:
        if not check():
            logger.error("Not ready: %s is false.", check.__name__)
            return plain("not ready", status=503)
    return plain("ready")
