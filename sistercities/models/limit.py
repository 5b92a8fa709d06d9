"""How often somebody did something lately, shared by all server processes."""

import datetime

from django.db import models
from django.utils import timezone


class Knock(models.Model):
    """One try. Who tried is kept as a keyed hash, for a day at most (`sistercities.limits`)."""

    KEPT = datetime.timedelta(days=1)

    who = models.CharField(max_length=32)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["who", "at"], name="knock_of_whom")]

    def __str__(self) -> str:
        return f"{self.who[:8]} {self.at:%H:%M}"

    @classmethod
    def purge(cls, now: datetime.datetime | None = None) -> int:
        """Forget tries that count no more; how many."""
        return cls.objects.filter(at__lt=(now or timezone.now()) - cls.KEPT).delete()[0]
