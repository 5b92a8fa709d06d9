"""Merging two committees: a committee of a single tie stays one, and no other becomes one."""

from django.db import models
from django.utils.translation import gettext as _

from committees.merging.committees import CommitteeKind
from committees.models import Committee, CommitteeCity
from relationships.deriving import derive_cities
from relationships.models import TieCommittee
from sistercities.merging import kinds
from sistercities.merging.kinds import Touched
from sistercities.merging.planning import Plan


@kinds.register
class RegistryCommitteeKind(CommitteeKind):
    """A committee with the cities that are listed because of it."""

    def obstacles(self, plan: Plan) -> None:
        """The committee of one tie cannot take over the ties of a city."""
        super().obstacles(plan)
        both = (plan.kept.pk, plan.gone.pk)
        single = dict(
            TieCommittee.objects.filter(committee__in=both).values_list("committee_id", "tie_id")
        )
        if plan.kept.pk in single and single.get(plan.gone.pk) != single[plan.kept.pk]:
            said = {"name": plan.kept}
            plan.refuse(
                _("%(name)s was made for a single tie, which the other one was not.") % said
            )

    def after(self, touched: Touched) -> None:
        """List the cities of both anew."""
        links = CommitteeCity.objects.filter(committee__in=touched[Committee])
        derive_cities(set(links.order_by().values_list("city_id", flat=True)))
        super().after(touched)


@kinds.rule("relationships.tiecommittee.committee")
def leave_single_tie(plan: Plan, field: models.ForeignKey, pairs: dict[int, int]) -> None:
    """That one was made for a single tie says nothing of the other one."""
