"""Places, their names, and the states they lie in."""

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from committees.admin.countries import CountryFilter, InACountry
from committees.findable import refresh_cities, refresh_regions
from committees.models import CityName
from sistercities.admin.registry import LONGEST_SEARCH, RowsBelow, SentRows
from sistercities.admin.slugs import AddressedForm
from sistercities.folding import fold
from sistercities.search import AFTER_ANY, find

FOUND_AT_MOST = 50


class RegionPages(InACountry):
    """States and regions."""

    leaves_by = _("A state is not deleted: cities and old addresses name it.")
    list_display = ("name", "name_es", "country", "code", "abbreviation")
    list_filter = (CountryFilter,)
    search_fields = ("folded", "name_es", "code")
    fieldsets = (
        (None, {"fields": ("country", "code", "name", "name_es", "abbreviation")}),
        (_("Other lists"), {"fields": ("geonames_code",)}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        """Country and code stand for the state everywhere: they are chosen once."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "country", "code") if obj else fields

    def after_save(self, objects: list, form: ModelForm | None = None) -> None:
        """Find it by its new name."""
        refresh_regions(region.pk for region in objects)


class CityForm(AddressedForm):
    """A place; empty ids are no ids."""

    subject = "city"


class NamesFormSet(SentRows):
    """Every name once, folded, and the city's own name always among them."""

    def clean(self) -> None:
        """Say which name is there already. `City.save` writes the city's own name by itself."""
        super().clean()
        own = fold(self.instance.name or "")[:200]
        rows = [
            (fold(form.cleaned_data["name"])[:200], form)
            for form in self.forms
            if form.cleaned_data.get("name")
        ]
        stored = any(name == own and form.instance.pk for name, form in rows)
        seen = set() if stored or not own else {own}
        for name, form in rows:
            if form.cleaned_data.get("DELETE"):
                if name == own:
                    raise ValidationError(_("The city's own name stays: rename the city instead."))
            elif name in seen:
                form.add_error("name", _("The city already has this name."))
            else:
                seen.add(name)


class NamesBelow(RowsBelow):
    """What else the city is called."""

    model = CityName
    formset = NamesFormSet
    fields = ("name", "language", "kind")
    show_change_link = False


class CityPages(InACountry):
    """Places. Most come from the gazetteer; listed are those with a published tie or committee."""

    form = CityForm
    row_relations = ("region",)
    leaves_by = _("A city is not deleted: a place that is no more names its successor.")
    list_display = ("name", "region", "country", "place_type", "tie_count", "is_listed")
    list_filter = ("is_listed", "place_type", CountryFilter)
    search_fields = ("sort_name",)
    search_help_text = _("Any name, also in another language; “Durango, MX” asks for one country")
    ordering = ("-tie_count", "-population", "pk")
    autocomplete_fields = ("parent", "region", "successor")
    readonly_fields = ("tie_count", "is_listed", "first_tie_year")
    inlines = (NamesBelow,)
    fieldsets = (
        (None, {"fields": ("name", "place_type", "country", "region", "parent")}),
        (
            _("On the map"),
            {"fields": (("latitude", "longitude"), ("population", "population_year"))},
        ),
        (
            _("The city itself"),
            {"fields": ("founded", "incorporated", "government", "official_site")},
        ),
        (_("Text"), {"fields": ("about_es", "about_en", "about_source")}),
        (
            _("Other lists and addresses"),
            {"fields": ("geonames_id", "wikidata_id", "slug", "successor")},
        ),
        (_("Counted by the registry"), {"fields": (("tie_count", "first_tie_year"), "is_listed")}),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """By the beginning of any name, whatever its accents; listed ones also with a typo."""
        text = search_term.replace("\0", "")[:LONGEST_SEARCH].strip()
        name, _comma, place = text.partition(",")
        if not fold(name):
            return (queryset.none() if text else queryset), False
        queryset = queryset.filter(named_cities(name))
        if fold(place):
            queryset = queryset.filter(lies_in(place))
        return queryset, False

    def after_save(self, objects: list, form: ModelForm | None = None) -> None:
        """Find them by their new names."""
        refresh_cities(city.pk for city in objects)


def named_cities(text: str) -> Q:
    """That a place has a name which begins so, or is what the search finds; or has the number."""
    wanted = fold(text)[:100]
    names = CityName.objects.filter(folded__gte=wanted, folded__lt=wanted + AFTER_ANY)
    found = [hit.object_id for hit in find(text, subjects=("city",), limit=FOUND_AT_MOST)]
    named = Q(pk__in=names.order_by().values("city_id")) | Q(pk__in=found)
    if text.strip().isascii() and text.strip().isdigit() and len(text) < 16:
        named |= Q(pk=int(text)) | Q(geonames_id=int(text))
    return named


def lies_in(text: str) -> Q:
    """That a place lies in a country or state so called: its code, abbreviation or name."""
    place = text.strip()
    state = Q(region__folded__startswith=fold(place)) | Q(region__abbreviation__iexact=place)
    return state | Q(country__iexact=place)
