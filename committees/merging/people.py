"""Merging two people: one membership, one login, one person on the board."""

from django.utils.translation import gettext as _

from committees.merging import suspects
from committees.models import Person
from sistercities.merging import kinds
from sistercities.merging.kinds import Kind
from sistercities.merging.planning import Plan
from sistercities.models import OutgoingMail


@kinds.register
class PersonKind(Kind):
    """People. A login goes over with its person."""

    model = Person
    left = ("is_demo",)

    def newer(self, one: Person, other: Person) -> bool:
        """The one that was changed later."""
        return one.changed_at > other.changed_at

    def suspects(self, among: set[int] | None) -> suspects.Suspects:
        """By addresses, telephones, names and shared committees."""
        return suspects.people(among)

    def stands(self, one: Person) -> bool:
        """Whoever was erased is nobody any more."""
        return one.merged_into_id is None and one.erased_at is None

    def obstacles(self, plan: Plan) -> None:
        """One person logs in once."""
        if plan.kept.user_id and plan.gone.user_id:
            plan.refuse(_("Both have a login: take the login from one of them first."))


kinds.numbered(
    Person, kinds.Numbered(OutgoingMail, "person_key", lambda number: f"person-{number}")
)
