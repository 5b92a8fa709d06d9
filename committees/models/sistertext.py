"""What a committee tells its visitors about a sister city."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models.committee import Committee
from sistercities.models import Timestamped


class SisterTextQuerySet(models.QuerySet):
    """Adjectives for texts about sister cities."""

    def for_committee(self, committee):
        """All texts of one committee. The one door to them at a desk."""
        return self.filter(committee=committee)


class SisterText(Timestamped):
    """Belongs to the committee: the record of the other city stays as it is.

    Whether the city is a sister follows from the ties, one floor up.
    """

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="sister_texts", verbose_name=_("committee")
    )
    city = models.ForeignKey(
        "committees.City", models.PROTECT, related_name="told_by", verbose_name=_("city")
    )
    text = models.TextField(_("about the city"), max_length=1000, blank=True)
    population = models.PositiveIntegerField(
        _("population"), null=True, blank=True, validators=[MaxValueValidator(2_000_000_000)]
    )
    population_year = models.PositiveSmallIntegerField(
        _("year of the population"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1500), MaxValueValidator(2100)],
    )
    official_site = models.URLField(_("official site"), blank=True)

    objects = SisterTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text about a sister city")
        verbose_name_plural = _("texts about sister cities")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "city"],
                name="one_text_per_sister",
                violation_error_message=_("The committee has a text about this city already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.committee} · {self.city}"
