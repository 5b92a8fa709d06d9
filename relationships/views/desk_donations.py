"""Donations at the desk."""

from django.utils.translation import gettext_lazy as _

from relationships.forms.donations import DonationForm
from relationships.models import Donation
from relationships.reporting.totals import aid_of
from relationships.views import desk_reporting as base


class Donations(base.ReportPage):
    """A page of the section."""

    model = Donation
    section = "donations"


class DonationList(Donations, base.ReportList):
    """All donations of the committee's ties."""

    template_name = "desk/donations/list.html"
    order = ("-date", "-pk")

    def get_context_data(self, **kwargs) -> dict:
        """With what was given and received, no currency mixed."""
        given, received = aid_of(self.chosen())
        return super().get_context_data(**kwargs) | {"given": given, "received": received}


class DonationDetail(Donations, base.ReportDetail):
    """One donation."""

    template_name = "desk/donations/detail.html"

    def get_context_data(self, **kwargs) -> dict:
        """With the giver by name."""
        context = super().get_context_data(**kwargs)
        line, report = context["line"], context["report"]
        gave = report.given_by == (report.own_side or "a")
        names = (line.own, line.sister) if gave else (line.sister, line.own)
        return context | {"giver": names[0], "taker": names[1]}


class ReportDonation(Donations, base.NewReport):
    """Help in money or in kind."""

    form_class = DonationForm
    title = _("Report a donation")
    intro = _("Names of donors are not asked.")
    message = _("Published. The other side is asked to acknowledge it.")
    same_template = "desk/donations/same.html"
    history_reason = "Reported at the desk"

    def new_object(self) -> Donation:
        """Nothing is asked twice."""
        return Donation()


class EditDonation(Donations, base.EditReport):
    """What was given."""

    form_class = DonationForm
    title = _("Edit the donation")


class WithdrawDonation(Donations, base.Withdraw):
    """It was not given."""

    title = _("Withdraw the donation")


class AcknowledgeDonation(Donations, base.Acknowledge):
    """It was given so."""

    template_name = "desk/donations/acknowledge.html"


class ObjectToDonation(Donations, base.Object):
    """It was otherwise."""


class StandByDonation(Donations, base.StandBy):
    """It was so."""
