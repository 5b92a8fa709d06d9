"""A cache in a table of the database that keeps JSON, shared by all server processes.

Django's own keeps pickles, and reading a pickle runs what is written in it: whoever can write a row
would own the server (docs/decisions/0010-json-cache.md). Django's also throws rows away when there
are more than 300, and with them the count of somebody's tries; here a row stays until its time.
"""

import datetime
import json
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction
from django.utils import timezone

from sistercities.models.cache import CacheEntry

FOR_EVER = datetime.datetime(9000, 1, 1, tzinfo=datetime.UTC)


def as_text(value: Any) -> str:
    """JSON that gives back exactly this value; TypeError for what JSON cannot hold."""
    try:
        text = json.dumps(value, allow_nan=False)
    except ValueError as error:
        raise TypeError(f"The cache keeps JSON only: {error}") from None
    if json.loads(text) != value:
        raise TypeError("The cache keeps JSON only: lists, not tuples; keys that are texts.")
    return text


class Serializer:
    """The same for a Redis server, by Django's own Redis cache."""

    def dumps(self, value: Any) -> bytes:
        """What is kept."""
        return as_text(value).encode()

    def loads(self, kept: bytes) -> Any:
        """The value; ValueError for what is no JSON."""
        return json.loads(kept)


class DatabaseCache(BaseCache):
    """Django's cache over `CacheEntry`, in the place of its own database cache."""

    def __init__(self, table: str, params: dict) -> None:
        super().__init__(params)

    def get(self, key, default=None, version=None):
        """The value; what is too old, or no JSON, is not there."""
        kept = CacheEntry.objects.filter(
            cache_key=self.make_and_validate_key(key, version=version), expires__gt=timezone.now()
        ).values_list("value", flat=True)
        for text in kept:
            try:
                return json.loads(text)
            except (ValueError, RecursionError):
                break
        return default

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Keep a value in the place of another."""
        CacheEntry.objects.bulk_create(
            [self._entry(key, value, timeout, version)],
            update_conflicts=True,
            unique_fields=["cache_key"],
            update_fields=["value", "expires"],
        )

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Keep a value where there is none; of several at once, one is told True."""
        entry = self._entry(key, value, timeout, version)
        try:
            with transaction.atomic():
                old = CacheEntry.objects.filter(pk=entry.pk, expires__lte=timezone.now())
                old.delete()
                entry.save(force_insert=True)
        except IntegrityError:
            return False
        return True

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        """Keep a value for longer; False where there is none."""
        entry = self._entry(key, None, timeout, version)
        there = CacheEntry.objects.filter(pk=entry.pk, expires__gt=timezone.now())
        return there.update(expires=entry.expires) > 0

    def delete(self, key, version=None):
        """Drop a value; whether there was one."""
        pk = self.make_and_validate_key(key, version=version)
        return CacheEntry.objects.filter(pk=pk).delete()[0] > 0

    def clear(self):
        """Drop everything."""
        CacheEntry.objects.all().delete()

    def _entry(self, key, value, timeout, version) -> CacheEntry:
        until = self.get_backend_timeout(timeout)
        return CacheEntry(
            cache_key=self.make_and_validate_key(key, version=version),
            value=as_text(value),
            expires=FOR_EVER
            if until is None
            else datetime.datetime.fromtimestamp(until, tz=datetime.UTC),
        )
