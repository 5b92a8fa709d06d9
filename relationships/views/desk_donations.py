"""Donations at the desk."""

from django.utils.translation import gettext_lazy as _

from relationships.forms.donations import DonationForm
from relationships.models import Donation
from relationships.reporting.totals import aid_of
from relationships.views import desk_report_acts as acts
from relationships.views import desk_reporting as base


class Donations(base.ReportPage):
    """A page of the section."""

    model = Donation
    section = "donations"


class List(Donations, base.ReportList):
    """All donations of the committee's ties."""

    template_name = "desk/donations/list.html"
    order = ("-date", "-pk")

    def get_context_data(self, **kwargs) -> dict:
        """With what was given and received, no currency mixed."""
        given, received = aid_of(self.chosen())
        return super().get_context_data(**kwargs) | {"given": given, "received": received}


class Detail(Donations, base.ReportDetail):
    """One donation."""

    template_name = "desk/donations/detail.html"

    def get_context_data(self, **kwargs) -> dict:
        """With the giver by name."""
        context = super().get_context_data(**kwargs)
        line, report = context["line"], context["report"]
        gave = report.given_by == (report.own_side or "a")
        names = (line.own, line.sister) if gave else (line.sister, line.own)
        return context | {"giver": names[0], "taker": names[1]}


class New(Donations, base.NewReport):
    """Help in money or in kind."""

    form_class = DonationForm
    title = _("Report a donation")
    intro = _("Names of donors are not asked.")
    same_template = "desk/donations/same.html"


class Edit(Donations, base.EditReport):
    """What was given."""

    form_class = DonationForm
    title = _("Edit the donation")


class Withdraw(Donations, acts.Withdraw):
    """It was not given."""

    title = _("Withdraw the donation")


class Acknowledge(Donations, acts.Acknowledge):
    """It was given so."""

    template_name = "desk/donations/acknowledge.html"


class Object(Donations, acts.Object):
    """It was otherwise."""


class StandBy(Donations, acts.StandBy):
    """It was so."""
