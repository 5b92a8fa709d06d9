"""Which of a tie's two cities a committee speaks for."""

from committees.models import Committee
from relationships.models import Tie


def side_of(tie: Tie, committee: Committee) -> str:
    """ "a" or "b"; empty when nobody can tell. Many ties: `Tie.objects.with_side(committee)`."""
    found = Tie.objects.with_side(committee).filter(pk=tie.pk)
    return found.values_list("own_side", flat=True).get()
