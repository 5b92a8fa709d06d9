"""One number that every change of published facts moves on; public pages are dated by it."""

from datetime import UTC, datetime

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RegistryVersion(models.Model):
    """The single row 1. Its number stands in the ETag of every public page."""

    number = models.BigIntegerField(_("number"), default=1)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)

    class Meta:
        verbose_name = _("registry version")
        constraints = [
            models.CheckConstraint(name="registry_version_is_one_row", condition=models.Q(pk=1))
        ]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def now(cls) -> int:
        """The number now; 0 before the first change."""
        return cls.state()[0]

    @classmethod
    def state(cls) -> tuple[int, datetime | None]:
        """The number now and when it moved; 0 and None before the first change."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT number, changed_at FROM sistercities_registryversion WHERE id = 1"
            )
            number, changed = cursor.fetchone() or (0, None)
        if changed and changed.tzinfo is None:  # SQLite keeps no zone: it is UTC
            changed = changed.replace(tzinfo=UTC)
        return number, changed

    @classmethod
    def move_on(cls) -> None:
        """Say that published facts changed. Call inside the transaction that changes them."""
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:  # as SQL: nothing is asked more often by a save
            cursor.execute(
                "UPDATE sistercities_registryversion"
                " SET number = number + 1, changed_at = %s WHERE id = 1",
                [now],
            )
            moved = cursor.rowcount
        if not moved:
            cls.objects.get_or_create(pk=1)
