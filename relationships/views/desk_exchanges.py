"""Exchanges at the desk."""

from django.utils.translation import gettext_lazy as _

from relationships.forms.exchanges import ExchangeForm, from_side
from relationships.models import Exchange
from relationships.reporting.totals import people_of
from relationships.views import desk_report_acts as acts
from relationships.views import desk_reporting as base


class Exchanges(base.ReportPage):
    """A page of the section."""

    model = Exchange
    section = "exchanges"


class List(Exchanges, base.ReportList):
    """All exchanges of the committee's ties."""

    template_name = "desk/exchanges/list.html"
    order = ("-begins", "-pk")

    def get_context_data(self, **kwargs) -> dict:
        """With the people of all pages together."""
        return super().get_context_data(**kwargs) | {"totals": people_of(self.chosen())}


class Detail(Exchanges, base.ReportDetail):
    """One exchange."""

    template_name = "desk/exchanges/detail.html"

    def get_context_data(self, **kwargs) -> dict:
        """With the direction in words of the cities."""
        context = super().get_context_data(**kwargs)
        line, report = context["line"], context["report"]
        names = {"out": (line.own, line.sister), "in": (line.sister, line.own)}
        way = names.get(from_side(report.direction, report.own_side or "a"))
        words = report.get_direction_display()
        if way:
            words = _("From %(giver)s to %(taker)s") % {"giver": way[0], "taker": way[1]}
        return context | {"direction": words}


class New(Exchanges, base.NewReport):
    """Under a minute on a phone."""

    form_class = ExchangeForm
    title = _("Report an exchange")
    intro = _("One page; what you do not know yet can wait.")
    same_template = "desk/exchanges/same.html"


class Edit(Exchanges, base.EditReport):
    """Numbers, days, and the story."""

    form_class = ExchangeForm
    title = _("Edit the exchange")


class Withdraw(Exchanges, acts.Withdraw):
    """It did not take place."""

    title = _("Withdraw the exchange")


class Acknowledge(Exchanges, acts.Acknowledge):
    """It took place, with these numbers."""

    template_name = "desk/exchanges/acknowledge.html"


class Object(Exchanges, acts.Object):
    """It was otherwise."""


class StandBy(Exchanges, acts.StandBy):
    """It was so."""
