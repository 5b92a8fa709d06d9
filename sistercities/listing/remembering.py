"""Figures that take a look at many rows, kept until published facts change."""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

from sistercities import settled

Figure = TypeVar("Figure")
SECONDS = 24 * 60 * 60


def remembered(name: str, work_out: Callable[[], Figure]) -> Figure:
    """The figure of that name for the registry as it is now: numbers, texts, lists, dictionaries.
    One small question when it is known: the page has asked for the version already.

    The moment of the last change stands beside the version: after a backup is restored the same
    number may mean other facts.
    """
    said = repr((name, settled.version())).encode()
    key = f"figure-{hashlib.blake2b(said, digest_size=16).hexdigest()}"
    figure = cache.get(key)
    if figure is None:
        figure = work_out()
        cache.set(key, figure, SECONDS)
    return figure
