"""The suite's cache: quick, and refusing what the registry's own cache cannot keep."""

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

from sistercities.jsoncache import as_text


class StrictMemoryCache(LocMemCache):
    """In the memory of one process, JSON only."""

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """TypeError for what JSON cannot hold."""
        as_text(value)
        super().set(key, value, timeout, version)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """TypeError for what JSON cannot hold."""
        as_text(value)
        return super().add(key, value, timeout, version)
