"""Merging two ties: by hand, or because two of their cities were one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from committees.models import City
from relationships.deriving import derive
from relationships.merging.sides import Turned, turn_below
from relationships.models import Tie
from sistercities.bulk import batches
from sistercities.merging import kinds
from sistercities.merging.kinds import Kind, Touched
from sistercities.merging.likeness import Likeness, Pair, likely
from sistercities.merging.planning import Plan
from sistercities.merging.writes import plain
from sistercities.models import Draft, Duplicate, Reviewed

Review = Reviewed.Review
BEST_FIRST = (
    *(Review.PUBLISHED, Review.SUBMITTED, Review.CHANGES_REQUESTED, Review.DRAFT),
    *(Review.REJECTED, Review.MERGED),
)


@kinds.register
class TieKind(Kind):
    """Ties: all that happened in one happened in the other."""

    model = Tie
    together = (("vitality_override", "override_reason"),)
    left = ("city_a", "city_b", "review")
    named_by = ("city_a", "city_b")
    suspected_last = True

    def suspects(self, among: set[int] | None) -> Iterator[tuple[Pair, Likeness | None]]:
        """Ties of one city with two others that may be the same place."""
        pairs = Duplicate.objects.open().filter(model=City._meta.label_lower)
        alike = {(pair.one, pair.other): pair for pair in pairs.iterator()}
        named = {number for pair in alike for number in pair}
        sisters = _sisters(named)
        for (one, other), pair in alike.items():
            for third in sisters[one].keys() & sisters[other].keys():
                ties = (sisters[one][third], sisters[other][third])
                if among is None or among & set(ties):
                    yield ties, likely(pair.score, [["cities_alike", {"name": str(pair)}]])

    def newer(self, one: Tie, other: Tie) -> bool:
        """The one that a side confirmed later."""
        never = date.min
        return (one.last_confirmed or never) > (other.last_confirmed or never)

    def follow(self, kept: Tie) -> dict:
        """Nothing: `derive` writes what follows."""
        return {}

    def obstacles(self, plan: Plan) -> None:
        """It must be clear which city of the one is which of the other."""
        if turned(plan.kept, plan.gone) is None:
            plan.refuse(_("Nobody can tell which city of one is which of the other."))

    def join(self, plan: Plan) -> None:
        """With sides turned where the first city of one is the second of the other."""
        pair = {plan.gone.pk: plan.kept.pk}
        join_ties(plan, pair, set(pair) if turned(plan.kept, plan.gone) else set())

    def special(self, plan: Plan) -> None:
        """The tie that stays is as public as the better one of the two."""
        publish_the_better(plan, [(plan.gone, plan.kept)])

    def after(self, touched: Touched) -> None:
        """Recompute both, their cities, the counts and the search."""
        derive(sorted(touched[Tie]))


def _sisters(cities: set[int]) -> dict[int, dict[int, int]]:
    """By city: its sisters, and the number of the tie with each."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for some in batches(sorted(cities), 500):
        over = (Review.REJECTED, Review.MERGED)
        ties = Tie.objects.filter(Q(city_a__in=some) | Q(city_b__in=some)).exclude(review__in=over)
        for number, a, b in ties.order_by().values_list("pk", "city_a_id", "city_b_id"):
            found[a][b] = found[b][a] = number
    return found


def turned(kept: Tie, gone: Tie) -> bool | None:
    """Whether the first city of one is the second of the other; None when nobody can tell."""
    ours, theirs = (kept.city_a, kept.city_b), (gone.city_a, gone.city_b)
    for mark in ("pk", "country"):
        a, b = ([getattr(city, mark) for city in pair] for pair in (ours, theirs))
        straight, crossed = a[0] == b[0] or a[1] == b[1], a[0] == b[1] or a[1] == b[0]
        if straight != crossed:
            return crossed
    return None


def join_ties(plan: Plan, pairs: dict[int, int], crossed: set[int]) -> None:
    """Everything of the ties that go, with its sides turned where they are crossed."""
    turn_below(plan, crossed)
    plan.join(Tie, pairs, Turned(crossed))


def publish_the_better(plan: Plan, pairs: Iterable[tuple[Tie, Tie]]) -> None:
    """Of two reviews the better one holds, with the name of who decided it."""
    changes = []
    for gone, kept in pairs:
        if BEST_FIRST.index(gone.review) < BEST_FIRST.index(kept.review):
            names = ("review", "reviewed_by_id", "reviewed_at")
            changes.append(
                (kept.pk, {n: (plain(getattr(kept, n)), plain(getattr(gone, n))) for n in names})
            )
    plan.change(Tie, changes)


kinds.numbered(Tie, kinds.Numbered(Draft, "kind", lambda number: f"tie-end-{number}"))
