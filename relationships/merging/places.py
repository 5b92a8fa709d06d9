"""Merging two cities: their ties go over; two ties with the same third city become one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from committees.merging.cities import CityKind
from committees.models import City, CommitteeCity
from relationships.deriving import derive, derive_cities
from relationships.merging.sides import turn_in_place
from relationships.merging.ties import TieKind, join_ties, publish_the_better
from relationships.models import Tie
from sistercities.merging import kinds
from sistercities.merging.kinds import Touched
from sistercities.merging.planning import KEPT, Plan
from sistercities.models import Reviewed

OVER = (Reviewed.Review.REJECTED, Reviewed.Review.MERGED)


@kinds.register
class RegistryCityKind(CityKind):
    """A city with its ties."""

    def obstacles(self, plan: Plan) -> None:
        """No city is tied to itself."""
        pair = sorted((plan.kept.pk, plan.gone.pk))
        between = Tie.objects.filter(city_a=pair[0], city_b=pair[1]).exclude(review__in=OVER)
        if number := between.values_list("pk", flat=True).first():
            said = {"number": number}
            plan.refuse(
                _("The two have a tie with each other, number %(number)s: reject it first.") % said
            )

    def after(self, touched: Touched) -> None:
        """Recompute the ties, the cities, the counts and the search."""
        cities = touched[City]
        ties = Tie.objects.filter(Q(city_a__in=cities) | Q(city_b__in=cities))
        derive(sorted(touched[Tie] | set(ties.order_by().values_list("pk", flat=True))))
        links = CommitteeCity.objects.filter(pk__in=touched[CommitteeCity])
        derive_cities(cities | set(links.order_by().values_list("city_id", flat=True)))
        super().after(touched)


@kinds.rule("relationships.tie.city_a")
def move_ties(plan: Plan, field: models.ForeignKey, pairs: dict[int, int]) -> None:
    """Both sides at once. What was rejected or merged before stays with its pair."""
    both = {*pairs, *pairs.values()}
    found = Tie.objects.filter(Q(city_a__in=both) | Q(city_b__in=both)).order_by("pk")
    ties = {tie.pk: tie for tie in found}
    known = {(tie.city_a_id, tie.city_b_id): tie for tie in ties.values()}
    moved, turning, twins, crossed = [], set(), {}, set()
    for tie in ties.values():
        old = (tie.city_a_id, tie.city_b_id)
        wanted = tuple(pairs.get(city, city) for city in old)
        if wanted == old or tie.review == Reviewed.Review.MERGED or wanted[0] == wanted[1]:
            continue
        new = tuple(sorted(wanted))
        if twin := known.get(new):
            twin = _standing(twin, ties)
            if twin is None or twin.pk == tie.pk:
                continue
            twins[tie.pk] = twin.pk
            if wanted != (twin.city_a_id, twin.city_b_id):
                crossed.add(tie.pk)
        else:
            columns = {"city_a_id": (old[0], new[0]), "city_b_id": (old[1], new[1])}
            moved.append((tie.pk, columns))
            if new != wanted:
                turning.add(tie.pk)
    plan.show(Tie, [*(number for number, _columns in moved), *twins])
    plan.change(Tie, moved)
    plan.moves[Tie] += len(moved)
    turn_in_place(plan, turning)
    _join_twins(plan, ties, twins, crossed)


def _standing(tie: Tie, ties: dict[int, Tie]) -> Tie | None:
    """The tie that a pair's tie has become, when it is still of this pair."""
    return tie if tie.merged_into_id is None else ties.get(tie.merged_into_id)


def _join_twins(plan: Plan, ties: dict[int, Tie], twins: dict[int, int], crossed: set) -> None:
    """What the tie that stays does not say, the other one says."""
    if not twins:
        return
    kind = kinds.kind_of(Tie)
    pairs = [(ties[one], ties[other]) for one, other in twins.items()]
    publish_the_better(plan, pairs)
    for gone, kept in pairs:
        plan.take_fields(kind, kept, gone, _empty_ones(kind, kept))
    plan.stays[Tie] += len(twins)
    join_ties(plan, twins, crossed)
    plan.end(Tie, [gone for gone, _kept in pairs], twins)


def _empty_ones(kind: TieKind, kept: Tie) -> dict[str, str]:
    """Choices that leave alone what the tie says already."""
    return {
        fields[0].name: KEPT
        for fields in kind.columns()
        if kinds.filled(kinds.value_of(kept, fields[0]))
    }


kinds.stays("relationships.tie.city_b")  # goes with city_a
