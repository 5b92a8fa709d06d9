"""Logins as Django keeps them, asked for without building the same question at every page."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from sistercities.prepared import columns, prepared


@prepared
def _session(key: str):
    """The row of a key."""
    return Session.objects.filter(session_key=key).values(*columns(Session))


class SessionStore(DatabaseStore):
    """Django's own, but for how it reads a row."""

    def _get_session_from_db(self) -> Session | None:
        """The row of this key while it lasts; else the key is forgotten."""
        for row in _session.objects(key=self.session_key):
            if row.expire_date > timezone.now():
                return row
        self._session_key = None
        return None
