"""How likely two records are one, and why: codes with what their sentences name."""

from collections.abc import Hashable, Iterable, Iterator
from itertools import combinations
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

ENOUGH = 50
"""Pairs with a smaller score are not suggested."""
CROWD = 60
"""So many records with one key say nothing: they are not compared with each other."""

SENTENCES = {
    "same_name": _("the same name: %(name)s"),
    "other_name": _("one is also called %(name)s"),
    "like_name": _("names alike by %(percent)s %%"),
    "same_region": _("in the same state"),
    "near": _("%(km)s km apart"),
    "same_committee": _("served by the same committee: %(name)s"),
    "same_city": _("they serve the same city: %(name)s"),
    "same_email": _("the same e-mail address"),
    "same_phone": _("the same telephone"),
    "cities_alike": _("their cities may be the same: %(name)s"),
}

Reason = list[Any]
Pair = tuple[int, int]


class Likeness(NamedTuple):
    """Points of 100, and the reasons for them as [code, facts]."""

    score: int
    reasons: list[Reason]


def sentence_of(reason: Reason) -> str:
    """A reason in the reader's language."""
    code, facts = reason
    return str(SENTENCES[code]) % facts if code in SENTENCES else str(code)


class Blocks:
    """Records under keys: only those that share one are compared, however many there are."""

    def __init__(self) -> None:
        self._under: dict[Hashable, set[int]] = {}

    def put(self, number: int, *keys: Hashable) -> None:
        """A record under its keys; an empty key is none."""
        for key in keys:
            if key:
                self._under.setdefault(key, set()).add(number)

    def pairs(self, among: set[int] | None = None) -> Iterator[Pair]:
        """Each pair that shares a key, once; with `among`, those with one of these records."""
        seen: set[Pair] = set()
        for numbers in self._under.values():
            if not 1 < len(numbers) <= CROWD or (among is not None and not numbers & among):
                continue
            for pair in combinations(sorted(numbers), 2):
                if pair not in seen and (among is None or among & set(pair)):
                    seen.add(pair)
                    yield pair


def likely(score: float, reasons: Iterable[Reason]) -> Likeness | None:
    """A likeness that is worth showing."""
    rounded = min(100, round(score))
    return Likeness(rounded, list(reasons)) if rounded >= ENOUGH else None
