"""The limits by which a tie is active, to be confirmed or asleep; and what moving them does."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from relationships.deriving import TIES_AT_ONCE, derive, recomputed
from relationships.models import Limits, Tie, VitalityLimits
from sistercities.bulk import batches
from sistercities.settled import Kept

_kept = Kept(VitalityLimits.now)


def limits() -> Limits:
    """What holds now, for pages; asked of the database once per version of the registry."""
    return _kept.now()


@dataclass(frozen=True)
class Moved:
    """What other limits would change: the ties, and how many go from which word to which."""

    ties: list[int]
    counts: Counter[tuple[str, str]]

    def in_words(self) -> list[tuple[str, str, int]]:
        """From, to and how many, in the reader's language."""
        words = dict(Tie.Vitality.choices)
        return [
            (str(words[old]), str(words[new]), count)
            for (old, new), count in sorted(self.counts.items())
        ]


def moved_by(wanted: Limits, today: date | None = None) -> Moved:
    """The ties whose vitality is not what these limits say. Reads all ties and writes nothing."""
    today = today or timezone.localdate()
    ties: list[int] = []
    counts: Counter[tuple[str, str]] = Counter()
    numbers = Tie.objects.order_by("pk").values_list("pk", flat=True).iterator(TIES_AT_ONCE)
    for batch in batches(numbers, TIES_AT_ONCE):
        rows = list(Tie.objects.with_cities().filter(pk__in=batch))
        for tie, values in recomputed(rows, today, wanted):
            if tie.vitality != values["vitality"]:
                ties.append(tie.pk)
                counts[tie.vitality, values["vitality"]] += 1
    return Moved(ties, counts)


def follow_limits(today: date | None = None) -> int:
    """Recompute the ties that the stored limits move, in the same transaction; how many."""
    return derive(moved_by(VitalityLimits.now(), today).ties, today=today)
