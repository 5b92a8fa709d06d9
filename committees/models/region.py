"""States, provinces, Länder: the first level below a country."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sistercities.folding import fold
from sistercities.history import History
from sistercities.models import FoldedField, Timestamped


class Region(Timestamped):
    """A first-level division. Its code is ISO 3166-2 where we know it ("MX-DUR"), else the
    country and GeoNames' own admin-1 code ("DE-02")."""

    country = models.CharField(_("country"), max_length=2)
    code = models.CharField(_("code"), max_length=10, unique=True)
    geonames_code = models.CharField(
        _("GeoNames code"), max_length=12, unique=True, null=True, blank=True
    )
    name = models.CharField(_("name"), max_length=120)
    name_es = models.CharField(_("name in Spanish"), max_length=120, blank=True)
    abbreviation = models.CharField(
        _("abbreviation"), max_length=8, blank=True, help_text=_("As used in addresses: Dgo., CA")
    )
    folded = FoldedField(max_length=120, editable=False, db_index=True)

    history = History(derived=("folded",))

    class Meta:
        verbose_name = _("state or region")
        verbose_name_plural = _("states and regions")
        ordering = ["country", "folded"]

    def __str__(self) -> str:
        return self.local_name

    def save(self, *args, **kwargs) -> None:
        """Fold the name for sorting and searching."""
        self.folded = fold(self.name)
        super().save(*args, **kwargs)

    @property
    def local_name(self) -> str:
        """The name in the reader's language."""
        return (self.name_es if get_language() == "es" else "") or self.name
