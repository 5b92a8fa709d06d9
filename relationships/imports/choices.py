"""What people decided about places that no rule could: for one row, or for all that a source says.

A choice for one row lies in its import (`mapping["choices"]`), by number and side; one that is to
be remembered is a PlaceAlias. Both go before whatever the rules say.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import City
from relationships.imports.ends import End, Resolution
from relationships.models import ImportBatch, PlaceAlias
from sistercities.folding import fold

LONGEST_WORDS = 500
NOBODY = 0
"""Stands for "no city of the registry" among the choices of an import."""


def words_of(end: End) -> str:
    """What is compared of an end: its name, country and region, folded."""
    parts = (fold(end.name)[:200], end.country or fold(end.country_text), fold(end.region))
    return "|".join(parts)[:LONGEST_WORDS]


def resolution_of(city: int | None) -> Resolution:
    """What a choice comes to."""
    if city:
        return Resolution(city)
    return Resolution(None, _("Somebody decided that no place of the registry is meant."), "", True)


@dataclass
class Choices:
    """All choices that count for one import."""

    rows: dict[int, dict[str, int]] = field(default_factory=dict)
    aliases: dict[str, int | None] = field(default_factory=dict)

    @classmethod
    def of(cls, source: str, batch: ImportBatch | None) -> "Choices":
        """Those of a source, and of an import that was begun before."""
        kept = batch.mapping.get("choices", {}) if batch else {}
        rows = {int(number): sides for number, sides in kept.items()}
        found = PlaceAlias.objects.filter(source=source, is_used=True).values_list(
            "words", "city_id"
        )
        aliases = dict(found)
        standing = _standing({city for city in aliases.values() if city})
        return cls(rows, {words: city and standing[city] for words, city in aliases.items()})

    def of_row(self, number: int) -> tuple[Resolution | None, Resolution | None]:
        """What was decided for this very row, side by side."""
        sides = self.rows.get(number, {})
        return tuple(resolution_of(sides[side]) if side in sides else None for side in "ab")

    def of_end(self, end: End) -> Resolution | None:
        """What was decided for all rows of the source that say so."""
        if not self.aliases or not end.name:
            return None
        words = words_of(end)
        return resolution_of(self.aliases[words]) if words in self.aliases else None


def _standing(cities: set[int]) -> dict[int, int]:
    """The cities, or those that they were merged into since."""
    found = {city: city for city in cities}
    moved: dict[int, int] = {}
    asked = cities
    while asked:
        rows = City.objects.filter(pk__in=asked).exclude(merged_into=None).order_by()
        step = dict(rows.values_list("pk", "merged_into_id"))
        moved |= step
        asked = set(step.values()) - set(moved)
    for city in cities:
        while found[city] in moved:
            found[city] = moved[found[city]]
    return found


def keep_for_row(batch: ImportBatch, number: int, side: str, city: int | None) -> None:
    """Write down a choice for one row; the import is for the caller to save."""
    sides = batch.mapping.setdefault("choices", {}).setdefault(str(number), {})
    sides[side] = city or NOBODY


def remember(batch: ImportBatch, end: End, city: int | None, by: Any) -> None:
    """Keep a choice for this and all later lists of the source; the last word counts."""
    written = ", ".join(filter(None, (end.name, end.region, end.country_text)))
    PlaceAlias.objects.update_or_create(
        source=batch.source,
        words=words_of(end),
        defaults={
            "city_id": city,
            "by": by,
            "written": written[:300],
            "is_used": True,
            "at": timezone.now(),
        },
    )
