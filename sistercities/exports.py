"""Every time that personal data leaves the registry is written down: who, what, how many, why.

Call `note` where the file is made, in a request or a command:

    exports.note(request.user, "members", rows=len(rows), filters=request.GET.urlencode())

It stands in the office's list of exports and, as one line of JSON, in the log of the server,
without names or addresses of anybody.
"""

import json
import logging
from typing import Any

from sistercities.models import Export, User

log = logging.getLogger(__name__)


def note(by: Any, what: str, *, rows: int, filters: str = "", why: str = "") -> Export:
    """Write an export down. `by` is a user, a request, or None for a command of the server;
    `filters` tells which rows, as the address of the list does."""
    user = getattr(by, "user", by)
    kept = Export.objects.create(
        by=user if isinstance(user, User) and user.pk else None,
        what=what[:60],
        rows=rows,
        filters=filters[:500],
        why=why[:200],
    )
    line = {
        "event": "export",
        "at": kept.at.isoformat(timespec="seconds"),
        "what": kept.what,
        "rows": rows,
        "by": kept.by_id,
        "export": kept.pk,
        "request": kept.request_id,
    }
    log.info("%s", json.dumps(line))
    return kept
