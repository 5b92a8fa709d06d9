"""Word lists that the office keeps: what lists call a country."""

from django import forms
from django.contrib import admin
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sistercities.admin.reasons import ReasonForm
from sistercities.admin.registry import RegistryAdmin
from sistercities.countries import country_choices, country_codes, country_name
from sistercities.models import CountryAlias


class CountryAliasForm(ReasonForm):
    """The country by its name."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "country" in self.fields:
            countries = country_choices(country_codes(), get_language() or "es")
            field = self.fields["country"]
            self.fields["country"] = forms.ChoiceField(
                label=field.label, choices=[("", "---------"), *countries]
            )


@admin.register(CountryAlias)
class CountryAliasAdmin(RegistryAdmin):
    """A spelling met in a list, and the country that it means."""

    form = CountryAliasForm
    leaves_by = _("A name is not deleted: change the country that it means.")
    list_display = ("alias", "means")
    search_fields = ("folded",)
    fieldsets = ((None, {"fields": ("alias", "country")}),)

    @admin.display(description=_("country"), ordering="country")
    def means(self, row: CountryAlias) -> str:
        """The country's name."""
        return country_name(row.country, get_language() or "es")
