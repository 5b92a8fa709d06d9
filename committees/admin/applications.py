"""Applications of cities to join the association: what the board decided is entered here."""

import datetime
from collections.abc import Callable

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committees import accrediting
from committees.dues.roll import associations
from committees.models import Affiliation, Application, City, Committee, CommitteeCity
from committees.models.dues import MembershipClass
from sistercities.admin import ReadOnlyAdmin
from sistercities.admin.acts import OfficeAct, choice_of, day_field, why_field
from sistercities.countries import country_name
from sistercities.templatetags.ui import language

MOST_ALIKE = 5
TEXT = {"class": "vTextField", "autocomplete": "off"}


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    """What cities without a committee wrote in the public form."""

    list_display = ("city_name", "in_country", "name", "kind", "asked_at", "state")
    list_filter = ("state", "kind")
    row_relations = ("affiliation__committee", "affiliation__association", "decided_by")
    search_fields = ("folded_city", "email")
    read_columns = ("name",)
    change_form_template = "admin/dues/application.html"
    fieldsets = (
        (None, {"fields": ("city_name", "in_country", "kind", "why")}),
        (gettext_lazy("Who wrote"), {"fields": ("name", "email", "language", "asked_at")}),
        (
            gettext_lazy("What was decided"),
            {"fields": ("state", "reason", "board_day", "board_note", "affiliation")},
        ),
        (None, {"fields": ("decided_by", "decided_at")}),
    )

    @admin.display(description=gettext_lazy("country"), ordering="country")
    def in_country(self, row: Application) -> str:
        """By its name."""
        return country_name(row.country, language())

    def get_urls(self) -> list:
        """With the decisions."""
        name = "committees_application"
        return [
            path("<int:pk>/accredit/", Accredit.of(self), name=f"{name}_accredit"),
            path("<int:pk>/refuse/", Refuse.of(self), name=f"{name}_refuse"),
            path("<int:pk>/withdraw/", Withdraw.of(self), name=f"{name}_withdraw"),
            path("<int:pk>/reopen/", Reopen.of(self), name=f"{name}_reopen"),
            *super().get_urls(),
        ]

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """Nobody changes what somebody wrote; deciding has pages of its own."""
        return False


class AccreditForm(forms.Form):
    """The board's decision, and which committee it is about."""

    association = forms.ChoiceField(label=gettext_lazy("Association"))
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a committee", "Class"), choices=MembershipClass
    )
    board_day = day_field(label=gettext_lazy("Day of the board's act"))
    note = forms.CharField(
        label=gettext_lazy("Note of the board's act"),
        max_length=300,
        widget=forms.TextInput(attrs=TEXT),
        help_text=gettext_lazy("Such as the number of the minutes and of the item"),
        error_messages={"required": gettext_lazy("Write where the board's act is on record.")},
    )
    since = day_field(label=gettext_lazy("Member since"))
    committee = choice_of(
        Affiliation._meta.get_field("committee"),
        label=gettext_lazy("Committee that is there already"),
        required=False,
        help_text=gettext_lazy("Empty: a new one is made for the city below"),
    )
    city = choice_of(
        CommitteeCity._meta.get_field("city"),
        label=gettext_lazy("City of a new committee"),
        required=False,
    )
    committee_name = forms.CharField(
        label=gettext_lazy("Name of a new committee"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=TEXT),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in associations()}
        choices = [(pk, one.name) for pk, one in self.known.items()]
        self.fields["association"].choices = choices
        self.fields["association"].initial = next(iter(self.known), None)

    def clean_association(self) -> Committee:
        """The association itself."""
        return self.known[self.cleaned_data["association"]]

    def clean_board_day(self) -> datetime.date:
        """A board decides before it is entered."""
        day = self.cleaned_data["board_day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict:
        """A committee, or a city for a new one."""
        values = super().clean()
        if not self.errors and not values.get("committee") and not values.get("city"):
            self.add_error("city", _("Choose the committee above, or the city of a new one."))
        return values


class Decision(OfficeAct):
    """Base of the three decisions. Who comes second reads what was decided."""

    right = "committees.change_application"
    template_name = "admin/dues/decide.html"
    object: Application

    def get_context_data(self, **kwargs) -> dict:
        """With what was written, and the places and committees that it may be about."""
        row = self.object
        cities = City.objects.standing().filter(sort_name=row.folded_city, country=row.country)
        cities = list(cities.select_related("region")[:MOST_ALIKE])
        links = CommitteeCity.objects.filter(city__in=cities, committee__merged_into=None)
        return super().get_context_data(**kwargs) | {
            "application": row,
            "country": country_name(row.country, language()),
            "alike": cities,
            "committees": [link.committee for link in links.select_related("committee")],
        }

    def decide(self, form: forms.Form, work: Callable[[], object]) -> str:
        """Do it, unless somebody else did."""
        try:
            done = self.tried(form, work)
        except accrediting.AlreadyDecided as state:
            text = _("Somebody decided on this application already: %(state)s.")
            form.add_error(None, text % {"state": state})
            return ""
        if done is not None:
            reason = form.cleaned_data.get("reason") or form.cleaned_data.get("note", "")
            self.log(self.object, " · ".join(filter(None, [str(self.title), reason])))
        return self.get_back_url()


class Accredit(Decision):
    """The board took it in."""

    title = gettext_lazy("Accredit")
    form_class = AccreditForm
    button = gettext_lazy("Accredit and tell who asked")
    message = gettext_lazy("Accredited. Who asked is told by e-mail.")

    def get_initial(self) -> dict:
        """As asked; from today."""
        today, row = timezone.localdate(), self.object
        return {"kind": row.kind, "board_day": today, "since": today}

    def do(self, form: AccreditForm) -> str:
        """The membership, and a committee where there was none."""
        values = dict(form.cleaned_data)
        values["name"] = values.pop("committee_name")
        return self.decide(
            form, lambda: accrediting.accredit(self.object, **values, by=self.request.user)
        )


class RefuseForm(forms.Form):
    """Why not; who asked reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Why? Who asked reads it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        error_messages={"required": gettext_lazy("Write a sentence for the person.")},
    )
    board_day = day_field(label=gettext_lazy("Day of the board's act"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note of the board's act"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs=TEXT),
    )


class Refuse(Decision):
    """The board said no."""

    title = gettext_lazy("Refuse")
    form_class = RefuseForm
    button = gettext_lazy("Refuse and tell who asked")
    is_dangerous = True
    message = gettext_lazy("Refused. Who asked is told by e-mail.")

    def do(self, form: RefuseForm) -> str:
        """With the reason."""
        work = lambda: accrediting.refuse(  # noqa: E731
            self.object, **form.cleaned_data, by=self.request.user
        )
        return self.decide(form, work)


class WithdrawForm(forms.Form):
    """Why."""

    reason = why_field()


class Withdraw(Decision):
    """Who asked wants it no more."""

    title = gettext_lazy("Close as withdrawn")
    form_class = WithdrawForm
    button = gettext_lazy("Close it")
    message = gettext_lazy("Closed. Nobody is written to.")

    def do(self, form: WithdrawForm) -> str:
        """With the reason."""
        reason = form.cleaned_data["reason"]
        work = lambda: accrediting.withdraw(self.object, reason=reason, by=self.request.user)  # noqa: E731
        return self.decide(form, work)


class Reopen(Decision):
    """The refusal was a mistake."""

    title = gettext_lazy("Take the decision back")
    form_class = WithdrawForm
    button = gettext_lazy("Let it wait again")
    message = gettext_lazy("It waits for the board again. Nobody is written to.")

    def do(self, form: WithdrawForm) -> str:
        """With the reason."""
        reason = form.cleaned_data["reason"]
        work = lambda: accrediting.reopen(self.object, reason=reason, by=self.request.user)  # noqa: E731
        return self.decide(form, work)
