"""What lists call a country, beyond the names that the registry knows by itself."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sistercities import countries
from sistercities.history import History
from sistercities.models.base import Timestamped
from sistercities.models.fields import FoldedField


class CountryAlias(Timestamped):
    """A spelling met in an import, and the country that it means. Imports read it."""

    alias = models.CharField(_("as lists write it"), max_length=120)
    folded = FoldedField(max_length=120, unique=True, editable=False)
    country = models.CharField(_("country"), max_length=2)

    history = History(derived=("folded",))

    class Meta:
        verbose_name = _("other name of a country")
        verbose_name_plural = _("other names of countries")
        ordering = ["alias"]

    def __str__(self) -> str:
        return f"{self.alias} → {self.country}"

    def save(self, *args, **kwargs) -> None:
        """With the form that is compared."""
        self.folded = countries.key_of(self.alias)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """It names a country, and is not a name that the registry reads already."""
        if self.country not in countries.country_codes():
            raise ValidationError({"country": _("Choose a country of the list.")})
        key = countries.key_of(self.alias)
        known = countries.read_country(self.alias)
        if not key:
            raise ValidationError({"alias": _("Write the name with letters.")})
        if known:
            raise ValidationError(
                {
                    "alias": _("The registry reads this already, as %(country)s.")
                    % {"country": countries.country_name(known, get_language() or "es")}
                }
            )
        if CountryAlias.objects.filter(folded=key).exclude(pk=self.pk).exists():
            raise ValidationError(
                {"alias": _("This name is on the list already, perhaps with other accents.")}
            )

    @classmethod
    def words(cls) -> dict[str, str]:
        """All of them, as `read_country` takes them: folded name to code."""
        return dict(cls.objects.values_list("folded", "country"))
