"""How often somebody did something lately, shared by all server processes."""

from django.db import models
from django.utils import timezone


class Knock(models.Model):
    """One try. Who tried is kept as a keyed hash, for a day at most (`sistercities.limits`)."""

    who = models.CharField(max_length=32)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["who", "at"], name="knock_of_whom")]

    def __str__(self) -> str:
        return f"{self.who[:8]} {self.at:%H:%M}"
