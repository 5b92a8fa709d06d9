"""What two cities do together: exchanges, donations, the programmes of a year."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from relationships.admin.figures import FigureFilter
from relationships.admin.following import OfATie
from relationships.admin.reviews import ReportReview
from relationships.admin.sides import OfATieForm
from relationships.models import Activity, Donation, Exchange, Programme
from sistercities.admin import RegistryAdmin, ReviewedAdmin, in_words
from sistercities.admin.registry import RowsBelow
from sistercities.admin.slugs import AddressedForm


class TitledForm(ModelForm):
    """Something with a title in one language at least."""

    def clean(self) -> dict:
        """A title in either language."""
        values = super().clean() or self.cleaned_data
        if not (values.get("title_es") or values.get("title_en")):
            self.add_error("title_es", _("Write the title in Spanish or in English."))
        return values


class ExchangeForm(TitledForm, AddressedForm, OfATieForm):
    """An exchange."""

    subject = "exchange"


@admin.register(Exchange)
class ExchangeAdmin(ReportReview, OfATie, ReviewedAdmin):
    """A visit, a show, a training: numbers of people, never names of minors."""

    review_has_preview = True
    form = ExchangeForm
    leaves_by = _("An exchange is not deleted: reject it when it did not take place.")
    list_display = ("__str__", "tie", "theme", in_words("begins", _("begins")), "people", "review")
    list_filter = (FigureFilter, "review", "theme", "direction", "is_demo")
    row_relations = ("tie__city_a", "tie__city_b", "reviewed_by")
    search_fields = ("sort_name", "tie__sort_name")
    fieldsets = (
        (None, {"fields": ("tie", "title_es", "title_en", "theme", "direction")}),
        (_("When and where"), {"fields": (("begins", "ends"), "place")}),
        (_("People"), {"fields": (("travellers", "hosts"), ("youth", "volunteers"))}),
        (_("Cost"), {"fields": (("cost", "currency"),)}),
        (_("Text"), {"fields": ("summary_es", "summary_en", "results_es", "results_en")}),
        (_("Who says so"), {"fields": ("entered_by", "acknowledged_on", "is_demo")}),
        (_("Its page"), {"fields": ("slug",)}),
        (_("Review"), {"fields": ("review", ("reviewed_by", "reviewed_at"))}),
    )

    @admin.display(description=_("people"))
    def people(self, exchange: Exchange) -> int:
        """All who took part."""
        return exchange.people


class DonationForm(OfATieForm):
    """A donation, perhaps made in an exchange of the same tie."""

    def clean(self) -> dict:
        """An exchange of the tie that the donation is for."""
        values = super().clean() or self.cleaned_data
        exchange, tie = values.get("exchange"), values.get("tie")
        if exchange and tie and exchange.tie_id != tie.pk:
            self.add_error("exchange", ValidationError(_("This exchange belongs to another tie.")))
        return values


@admin.register(Donation)
class DonationAdmin(ReportReview, ReviewedAdmin):
    """Help from one city to the other. Totals are summed when they are shown."""

    form = DonationForm
    leaves_by = _("A donation is not deleted: reject it when it was not given.")
    list_display = (
        *("__str__", "tie", in_words("date", _("date")), "amount", "currency"),
        *("acknowledged_on", "review"),
    )
    list_filter = (FigureFilter, "review", "kind", "amount_is_estimate", "is_demo")
    row_relations = ("tie__city_a", "tie__city_b", "exchange", "reviewed_by")
    search_fields = ("tie__sort_name", "currency", "emergency_es", "emergency_en")
    autocomplete_fields = ("tie", "exchange")
    fieldsets = (
        (None, {"fields": ("tie", "exchange", "kind", "given_by", "date")}),
        (
            _("How much"),
            {"fields": (("amount", "currency"), ("amount_is_estimate", "estimated_by"))},
        ),
        (_("What"), {"fields": ("quantity", "description_es", "description_en")}),
        (_("Emergency"), {"fields": ("emergency_es", "emergency_en")}),
        (_("Who says so"), {"fields": ("entered_by", "acknowledged_on", "is_demo")}),
        (_("Review"), {"fields": ("review", ("reviewed_by", "reviewed_at"))}),
    )


class ActivitiesBelow(RowsBelow):
    """What the year's programme holds."""

    model = Activity
    form = TitledForm
    fields = ("title_es", "title_en", "theme", "month", "exchange", "is_done")
    autocomplete_fields = ("exchange",)
    show_change_link = False


@admin.register(Programme)
class ProgrammeAdmin(RegistryAdmin):
    """What a committee means to do in a year."""

    leaves_by = _("A programme is not deleted: it is the plan of its year.")
    list_display = ("committee", "year", "tie", "is_demo")
    list_filter = ("year", "is_demo")
    row_relations = ("committee", "tie__city_a", "tie__city_b")
    search_fields = ("committee__sort_name",)
    autocomplete_fields = ("committee", "tie")
    inlines = (ActivitiesBelow,)
    fieldsets = (
        (None, {"fields": ("committee", "tie", "year", "is_demo")}),
        (_("Text"), {"fields": ("summary_es", "summary_en")}),
    )
