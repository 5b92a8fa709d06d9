"""Which of a tie's two cities a committee speaks for."""

from collections import defaultdict
from collections.abc import Iterable

from committees.models import Committee, CommitteeCity
from relationships.models import Tie
from relationships.models.tie import Side


def side_of(tie: Tie, committee: Committee) -> str:
    """ "a" or "b"; empty when nobody can tell. Many ties: `Tie.objects.with_side(committee)`."""
    found = Tie.objects.with_side(committee).filter(pk=tie.pk)
    return found.values_list("own_side", flat=True).get()


def sides_of_committees(tie: Tie, committees: Iterable[Committee]) -> dict[int, str]:
    """The same for many committees of one tie, in one query."""
    served: dict[int, set[int]] = defaultdict(set)
    links = CommitteeCity.objects.filter(committee__in=committees, until=None)
    for committee, city in links.values_list("committee", "city"):
        served[committee].add(city)
    places = ((Side.A.value, tie.city_a), (Side.B.value, tie.city_b))
    sides = {}
    for one in committees:
        own = [side for side, city in places if city.pk in served[one.pk]]
        at_home = [side for side, city in places if city.country == one.country]
        sides[one.pk] = own[0] if own else at_home[0] if len(at_home) == 1 else ""
    return sides
