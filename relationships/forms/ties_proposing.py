"""The steps of a proposal: the other city, kind, what happened, document, contact."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.models import City, Committee
from committees.page_parts import own_cities
from relationships.models import Evidence, Tie, TieEvent
from relationships.proposing import Happened, NewCity, tie_between
from relationships.sistersearch import cities_named, region_named
from relationships.witnessing import PURPOSE
from sistercities.countries import read_country
from sistercities.editing.uploading import UploadField
from sistercities.partialdates import PartialDate, PartialDateFormField

NEW = "new"
LARGEST = 2**63
Kind = TieEvent.Kind
FIRST_YEAR = 1900


def not_in_the_future(date: PartialDate | None) -> PartialDate | None:
    """What happened has a day that has been."""
    if date is not None and date.earliest > timezone.localdate():
        raise ValidationError(_("This day is still to come. Write when it happened."))
    return date


class PastDateField(PartialDateFormField):
    """ "1969", "May 1969", "14 May 1969", "about 1969": not after today."""

    def __init__(self, **options) -> None:
        super().__init__(**{"required": False} | options)

    def clean(self, value) -> PartialDate | None:
        """A date that has been."""
        return not_in_the_future(super().clean(value))


class CityStep(forms.Form):
    """One of the places found by name, or a place that the registry does not know.

    Cleaned: `own` (City) and `other` (City or NewCity).
    """

    own = forms.ChoiceField(
        label=_("Which of your cities?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of your cities.")},
    )
    city = forms.ChoiceField(
        label=_("The sister city"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the city, or say that it is not in the list.")},
    )
    new_name = forms.CharField(label=_("Name of the city"), max_length=200, required=False)
    new_country = forms.CharField(
        label=_("Country"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    new_state = forms.CharField(
        label=_("State or region"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, committee: Committee, wanted: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.committee = committee
        self.ours = {str(city.pk): city for city in own_cities(committee).select_related("region")}
        if len(self.ours) == 1:
            del self.fields["own"]
        else:
            self.fields["own"].choices = [(pk, str(city)) for pk, city in self.ours.items()]
        own = self.ours if len(self.ours) == 1 else [self._value("own")]
        self.without = without = tuple(int(pk) for pk in own if pk in self.ours)
        found = cities_named(wanted, without) if wanted else []
        chosen = self._place(self._value("city"))
        if chosen is not None and chosen not in found:
            found.insert(0, chosen)
        self.found = {str(city.pk): city for city in found}
        self.has_choice = bool(wanted or self.found or self._value("city") == NEW)
        self.fields["city"].choices = [
            *((pk, str(city)) for pk, city in self.found.items()),
            (NEW, _("It is not in this list")),
        ]
        self.helper = FormHelper(self)
        names = ["new_name", "new_country", "new_state"]
        first = [name for name in ("own", "city") if name in self.fields]
        self.helper.layout = Layout(*first, Fieldset(_("Only if it is not in this list"), *names))

    def _value(self, name: str) -> str:
        source = self.data if self.is_bound else self.initial
        return str(source.get(self.add_prefix(name)) or source.get(name) or "")

    def _place(self, text: str) -> City | None:
        if not (text.isascii() and text.isdigit()) or int(text) >= LARGEST:
            return None
        places = City.objects.standing().select_related("region")
        return places.filter(pk=int(text)).exclude(pk__in=self.without).first()

    def clean(self) -> dict:
        """Both cities, unless their tie is in the registry."""
        cleaned = super().clean() or self.cleaned_data
        only = next(iter(self.ours.values()), None) if "own" not in self.fields else None
        own = only or self.ours.get(cleaned.get("own", ""))
        choice = cleaned.get("city")
        other = self._new(cleaned) if choice == NEW else self.found.get(choice or "")
        if own and isinstance(other, City) and (tie := tie_between(own, other)):
            self.existing = tie
            text = gettext("The registry has this tie already: %(tie)s.") % {"tie": tie}
            self.add_error("city", ValidationError(text, code="exists"))
        return cleaned | {"own": own, "other": other}

    existing: Tie | None = None

    def _new(self, cleaned: dict) -> NewCity | None:
        name, country = cleaned.get("new_name", ""), cleaned.get("new_country", "")
        state = cleaned.get("new_state", "")
        code = read_country(country) if country else None
        if not name:
            self.add_error("new_name", _("Write the name of the city."))
        if code is None:
            self.add_error(
                "new_country",
                _("Write the country, such as Mexico.")
                if not country
                else _("We do not know this country. Write its usual name, such as Mexico."),
            )
        if not name or code is None:
            return None
        region = region_named(state, code) if state else None
        place = NewCity(" ".join(name.split()), code, region, state)
        if (known := place.on_record()) is not None:
            text = gettext("The registry knows %(city)s. Search for it and choose it.")
            self.add_error("new_name", text % {"city": known})
            return None
        return place


class KindStep(forms.Form):
    """What the two cities call it."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        choices=Tie.Kind.choices,
        error_messages={"required": _("Choose what the two cities call it.")},
    )


HAPPENED = {
    Kind.CONTACT: _("First contact or interest"),
    Kind.LETTER_OF_INTENT: _("Letter of intent"),
    Kind.COUNCIL_APPROVAL: _("Act of the council"),
    Kind.MINISTRY_OPINION: _("Opinion of the ministry"),
    Kind.SIGNED: _("Agreement signed"),
    Kind.REGISTERED: _("Registered at the ministry"),
}
YEAR_WORDS = {"invalid": _("Write the year with four digits, for example 2026.")}


class HappenedStep(forms.Form):
    """Each step with a date as people have it; what nobody can date is ticked."""

    contact = PastDateField(label=HAPPENED[Kind.CONTACT])
    letter_of_intent = PastDateField(label=HAPPENED[Kind.LETTER_OF_INTENT])
    council_approval = PastDateField(label=HAPPENED[Kind.COUNCIL_APPROVAL])
    ministry_opinion = PastDateField(label=HAPPENED[Kind.MINISTRY_OPINION])
    signed = PastDateField(label=HAPPENED[Kind.SIGNED])
    registered = PastDateField(label=HAPPENED[Kind.REGISTERED])
    undated = forms.MultipleChoiceField(
        label=_("It happened, but nobody knows when"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[(kind.value, label) for kind, label in HAPPENED.items()],
    )
    programme_year = forms.IntegerField(
        label=_("Year of the first work programme"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "4", "autocomplete": "off"}),
        error_messages=YEAR_WORDS,
    )

    def clean_programme_year(self) -> int | None:
        """A year that a programme may be for."""
        year = self.cleaned_data["programme_year"]
        if year is not None and not FIRST_YEAR <= year <= timezone.localdate().year + 5:
            raise ValidationError(YEAR_WORDS["invalid"])
        return year

    def clean(self) -> dict:
        """With `events`, in their usual order; a date is better than a tick."""
        cleaned = super().clean() or self.cleaned_data
        undated = cleaned.get("undated") or []
        cleaned["events"] = [
            Happened(kind.value, cleaned.get(kind.value))
            for kind in HAPPENED
            if cleaned.get(kind.value) or kind.value in undated
        ]
        return cleaned


class ProofStep(forms.Form):
    """The agreement or the act, if it is at hand."""

    proof = UploadField(purpose=PURPOSE, label=_("Agreement or act of the council"), required=False)
    proof_kind = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        choices=[
            (Evidence.Kind.AGREEMENT.value, Evidence.Kind.AGREEMENT.label),
            (Evidence.Kind.COUNCIL_ACT.value, Evidence.Kind.COUNCIL_ACT.label),
        ],
        initial=Evidence.Kind.AGREEMENT,
        error_messages={"required": _("Say what the document is.")},
    )
    proof_is_public = forms.BooleanField(
        label=_("Everyone may see this file"), required=False, initial=True
    )


class ContactStep(forms.Form):
    """Whom to ask on the other side. Private."""

    contact = forms.CharField(
        label=_("Name and office"),
        help_text=_("For example: María López, city clerk, telephone 555 0100"),
        max_length=300,
        required=False,
    )
    contact_email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("Once a year we ask this address whether the tie is alive."),
        required=False,
        error_messages={"invalid": _("Write an e-mail address, such as name@example.org.")},
    )
    contact_language = forms.ChoiceField(
        label=_("In which language do we write?"),
        widget=forms.RadioSelect,
        choices=settings.LANGUAGES,
        initial="en",
        error_messages={"required": _("Choose a language.")},
    )
