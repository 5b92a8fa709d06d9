"""Counts beside the filters of long lists, kept up to date instead of counted at each visit."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sistercities.models.fields import FoldedField


class Tally(models.Model):
    """How many public rows of a list have one facet value, alone or together with another.

    `facet`/`value` is counted among the rows that have `by`/`by_value`; both empty means among
    all rows. The row with everything empty is the length of the list. Written only by the one
    function that derives a row's facets; `check_registry` proves it against a fresh count.
    """

    listing = models.CharField(_("list"), max_length=12)
    by = models.CharField(max_length=12, blank=True)
    by_value = FoldedField(max_length=24, blank=True)
    facet = models.CharField(max_length=12, blank=True)
    value = FoldedField(max_length=24, blank=True)
    n = models.IntegerField(_("rows"), default=0)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "by", "by_value", "facet", "value"], name="one_tally_per_value"
            )
        ]

    def __str__(self) -> str:
        return f"{self.listing} {self.by}={self.by_value} {self.facet}={self.value}: {self.n}"
