"""Merging two committees: people, terms, consents, the page and the desk go over."""

from django.utils.translation import gettext as _

from committees.findable import refresh_committees
from committees.merging import suspects
from committees.models import Committee
from sistercities.merging import kinds
from sistercities.merging.kinds import Kind, Touched
from sistercities.merging.planning import Plan
from sistercities.models import Attachment, Draft


class CommitteeKind(Kind):
    """Committees. The one that stays is as public as it is."""

    model = Committee
    together = (("about_es", "about_en"), ("mission_es", "mission_en"), ("state", "dissolved"))
    left = ("slug", "review", "is_demo")

    def obstacles(self, plan: Plan) -> None:
        """Nobody finds the page of a committee that is not published."""
        if plan.gone.is_public and not plan.kept.is_public:
            said = {"name": plan.kept}
            plan.refuse(_("%(name)s is not published: publish it first, or let it go.") % said)

    def suspects(self, among: set[int] | None) -> suspects.Suspects:
        """By names and shared cities."""
        return suspects.committees(among)

    def after(self, touched: Touched) -> None:
        """Find them by their names."""
        refresh_committees(touched[Committee])


for model in (Draft, Attachment):
    kinds.numbered(Committee, kinds.Numbered(model, "owner"))
