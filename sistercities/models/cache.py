"""The table behind the cache; a migration makes it, nothing is to be set up."""

import datetime

from django.db import models
from django.utils import timezone


class CacheEntry(models.Model):
    """One kept value, as JSON (`sistercities.jsoncache`). Nothing else touches it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "sistercities_cacheentry"

    def __str__(self) -> str:
        return self.cache_key

    @classmethod
    def purge(cls, now: datetime.datetime | None = None) -> int:
        """Delete what has expired: nobody may ask for it again; how many."""
        return cls.objects.filter(expires__lt=now or timezone.now()).delete()[0]
