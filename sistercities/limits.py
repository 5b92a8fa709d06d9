"""So many times an hour and no more: counted in the database, so that all processes count alike."""

import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from sistercities.models.limit import Knock

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


def address_of(request: HttpRequest) -> str:
    """The visitor's network address. What a visitor claims is not believed: only the last entry of
    X-Forwarded-For, written by our own proxy, and only when there is one (BEHIND_PROXY)."""
    if settings.BEHIND_PROXY:
        named = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        return named or request.META.get("REMOTE_ADDR", "")
    return request.META.get("REMOTE_ADDR", "")


def knock(
    action: str, who: str, *, most: int, within: datetime.timedelta = HOUR, now=None
) -> Knock | None:
    """Count one more try of `action` by `who`; None when it is one too many. Delete what comes
    back when the try was a right one and should not count.

    Call it outside a transaction, so that tries at the same time see each other.
    """
    now = now or timezone.now()
    Knock.purge(now)
    key = salted_hmac("sistercities.limits", f"{action}\n{who}", algorithm="sha256").hexdigest()
    tries = Knock.objects.filter(who=key[:32], at__gt=now - within)
    if tries.count() >= most:
        return None
    ours = Knock.objects.create(who=key[:32], at=now)
    return ours if tries.count() <= most else None


def is_too_often(
    action: str, who: str, *, most: int, within: datetime.timedelta = HOUR, now=None
) -> bool:
    """Count one more try of `action` by `who`; True when it is one too many. As `knock`."""
    return knock(action, who, most=most, within=within, now=now) is None
