"""Proof that the registry is what its design says: every rule, asked in plain queries."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from relationships.checking import constraints, derived, records
from relationships.checking.difference import Difference, Differences
from relationships.checking.mending import mend

__all__ = ["CHECKS", "Difference", "differences", "mend"]

CHECKS: dict[str, Callable[..., Differences]] = {
    "rules of the database": constraints.broken_conditions,
    "values that are unique": constraints.repeated_values,
    "foreign keys": constraints.dangling_keys,
    "merged rows": constraints.merged_rows,
    "terms of office": constraints.overlapping_terms,
    "addresses": records.lost_addresses,
    "history": records.missing_histories,
    "currencies": records.unknown_currencies,
    "files": records.changed_files,
    "folded names": derived.misfolded,
    "ties": lambda today: derived.misderived_ties(today),
    "cities": derived.misderived_cities,
    "tallies": derived.miscounted,
    "search": derived.mislaid_names,
}


def differences(
    *, today: date | None = None, say: Callable[[str], None] = lambda name: None
) -> Differences:
    """All that is wrong, check by check; `say` is told of each check as it begins."""
    today = today or timezone.localdate()
    for name, check in CHECKS.items():
        say(name)
        yield from check(today) if name == "ties" else check()
