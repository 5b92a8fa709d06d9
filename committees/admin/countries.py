"""Countries by their names, in forms and beside lists."""

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from committees.models import City
from sistercities.admin import RegistryAdmin
from sistercities.countries import country_choices, country_codes


def every_country() -> list[tuple[str, str]]:
    """Codes and names in the reader's language, after an empty choice."""
    return [("", "---------"), *country_choices(country_codes(), get_language() or "es")]


class CountryFilter(admin.SimpleListFilter):
    """The countries that occur; of cities, those of the public list."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        """Codes and names in the reader's language."""
        rows = model_admin.model.objects.order_by()
        if model_admin.model is City:
            rows = rows.listed()
        codes = rows.exclude(country="").values_list("country", flat=True).distinct()
        return country_choices(codes, get_language() or "es")

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The rows of the chosen country; of a code that nobody offered as well."""
        return queryset.filter(country=self.value()) if self.value() else queryset


class InACountry(RegistryAdmin):
    """Objects with a country: chosen by its name, filtered by it."""

    def formfield_for_dbfield(self, db_field, request: HttpRequest, **kwargs):
        """A choice of names for the two-letter code."""
        if db_field.name == "country":
            return forms.ChoiceField(
                label=capfirst(db_field.verbose_name),
                choices=every_country,
                required=not db_field.blank,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)
