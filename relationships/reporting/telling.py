"""One side of a tie did something with a report: the desks of the other side hear of it."""

from django.db.models import Q

from committees.models import Committee
from committees.news import tell_desk
from relationships.models import Tie
from relationships.models.tie import Side
from relationships.side_of import sides_of_committees


def desks_of(tie: Tie, side: str) -> list[Committee]:
    """The committees that see the tie at their desk and stand on this side of it."""
    of_the_city = Q(
        city_links__city__in=(tie.city_a_id, tie.city_b_id),
        city_links__until=None,
        single_tie=None,
    )
    found = Committee.objects.with_desk().exclude(state=Committee.State.DISSOLVED)
    found = list(found.filter(of_the_city | Q(single_tie__tie=tie)).order_by("pk").distinct())
    sides = sides_of_committees(tie, found)
    return [one for one in found if sides[one.pk] == side]


def tell_side(tie: Tie, side: str) -> None:
    """Their coordinators get the news of the day."""
    for committee in desks_of(tie, side):
        tell_desk(committee)


def tell_other_side(tie: Tie, side: str) -> None:
    """The same for who stands opposite; nobody when nobody knows on which side we are."""
    if side in Side.values:
        tell_side(tie, Side.B.value if side == Side.A else Side.A.value)
