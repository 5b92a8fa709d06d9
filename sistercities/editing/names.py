"""Who saved something in the meantime, in words that fit on the page."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _


@dataclass
class LastEditor:
    """The last one who changed an object since a moment, and when."""

    name: str
    is_me: bool
    when: datetime.datetime | None

    @staticmethod
    def moment(subject: models.Model) -> int | None:
        """The object's latest history row."""
        history = getattr(subject, "history", None)
        if history is None:
            return None
        return history.order_by("-history_id").values_list("history_id", flat=True).first()

    @classmethod
    def of(cls, subject: models.Model, since: int | None, reader) -> "LastEditor":
        """Who it was, as far as the history tells the reader."""
        history = getattr(subject, "history", None)
        rows = history.none() if history is None else history.filter(history_id__gt=since or 0)
        row = rows.order_by("-history_id").select_related("history_user").first()
        if row is None:
            return cls(_("Somebody"), False, getattr(subject, "changed_at", None))
        return cls.named(row.history_user, row.history_date, reader)

    @classmethod
    def named(cls, user, when: datetime.datetime | None, reader) -> "LastEditor":
        """A user by name, never by address; the office as the office."""
        if user is None:
            name = _("Somebody")
        elif user.is_staff:
            name = _("The national office")
        else:
            name = user.name or _("Somebody")
        return cls(name, user is not None and user.pk == reader.pk, when)
