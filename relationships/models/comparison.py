"""A list that is compared with the registry: what each has and the other lacks."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from relationships.models.tie import Side, Tie
from sistercities.history import History
from sistercities.models import Timestamped
from sistercities.partialdates import PartialDateField


class ComparisonQuerySet(models.QuerySet):
    """Adjectives for comparisons."""

    def published(self):
        """Those whose totals everyone may read, by name, the newest list first."""
        return self.filter(is_published=True).order_by("name", "-taken_on", "-pk")


class Comparison(Timestamped):
    """A stored plan that is not meant to be applied, and what follows from it as a whole.

    `counts` and `by_country` are what the public page shows, reckoned once with the differences.
    """

    batch = models.OneToOneField(
        "relationships.ImportBatch",
        models.PROTECT,
        related_name="comparison",
        verbose_name=_("list"),
    )
    name = models.CharField(_("name for the public"), max_length=80)
    taken_on = models.DateField(_("date of the list"))
    is_of_wikidata = models.BooleanField(
        _("these are Wikidata's own statements"),
        default=False,
        help_text=_("What is missing there can then be given back."),
    )
    compared_at = models.DateTimeField(_("compared at"), null=True, blank=True, editable=False)
    counts = models.JSONField(_("numbers"), default=dict, editable=False)
    by_country = models.JSONField(_("numbers by country"), default=list, editable=False)
    is_published = models.BooleanField(_("its totals are public"), default=False)

    history = History(derived=("counts", "by_country"))

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("differences with other lists")
        ordering = ["-pk"]
        permissions = [("compare_lists", _("Can compare lists with the registry"))]
        constraints = [
            models.CheckConstraint(
                name="published_comparison_was_made",
                condition=Q(is_published=False) | Q(compared_at__isnull=False),
                violation_error_message=_("There are no numbers yet: compare the list first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.taken_on:%Y-%m-%d}"


class DifferenceQuerySet(models.QuerySet):
    """Adjectives for pairs of a comparison."""

    def one_sided(self):
        """Pairs of the list that only one of its cities states, where both could."""
        return self.filter(finding__in=Difference.IN_THE_LIST).exclude(silent="")

    def found(self, key: str):
        """Those of one finding, or `one_sided`, which goes across the findings."""
        return self.one_sided() if key == ONE_SIDED else self.filter(finding=key)

    def in_country(self, code: str):
        """Pairs with a city of this country."""
        return self.filter(Q(city_a__country=code) | Q(city_b__country=code))

    def with_cities(self):
        """With all that the names of the cities need."""
        return self.select_related("city_a__region", "city_b__region")


ONE_SIDED = "one_sided"


class Difference(models.Model):
    """What a list and the registry say of one pair of cities. The tie is found by the pair."""

    class Finding(models.TextChoices):
        """Every pair gets exactly one."""

        MISSING_HERE = "missing_here", _("Missing here")
        MISSING_THERE = "missing_there", _("Missing there")
        DIFFERENT = "different", _("Different date or kind")
        HIDDEN = "hidden", _("Known here, not published")
        SAME = "same", _("The same")

    IN_THE_LIST = (Finding.MISSING_HERE, Finding.DIFFERENT, Finding.HIDDEN, Finding.SAME)
    TO_ACCEPT = (Finding.MISSING_HERE, Finding.DIFFERENT)

    comparison = models.ForeignKey(
        Comparison, models.CASCADE, related_name="differences", verbose_name=_("comparison")
    )
    finding = models.CharField(_("difference"), max_length=13, choices=Finding)
    silent = models.CharField(
        _("sides that do not state it there"),
        max_length=2,
        blank=True,
        help_text=_("Only sides of whose ties the list tells"),
    )
    city_a = models.ForeignKey(
        "committees.City", models.PROTECT, related_name="+", verbose_name=_("first city")
    )
    city_b = models.ForeignKey(
        "committees.City", models.PROTECT, related_name="+", verbose_name=_("second city")
    )
    number = models.PositiveIntegerField(_("row"), null=True, blank=True)
    kind = models.CharField(_("kind there"), max_length=16, choices=Tie.Kind, blank=True)
    since = PartialDateField(_("since, there"), null=True, blank=True)
    ended = PartialDateField(_("ended, there"), null=True, blank=True)

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comparison", "city_a", "city_b"], name="pair_once_per_comparison"
            ),
            models.CheckConstraint(
                name="difference_cities_in_order", condition=Q(city_a__lt=F("city_b"))
            ),
        ]
        indexes = [
            models.Index(fields=["comparison", "finding"], name="difference_by_finding"),
            models.Index(fields=["comparison", "silent"], name="difference_by_silence"),
        ]

    def __str__(self) -> str:
        return f"{self.city_a.name} – {self.city_b.name}"

    @property
    def stated_by(self) -> str:
        """The side whose city alone states it there; empty when both do or none."""
        sides = [side for side in Side.values if side not in self.silent]
        return sides[0] if len(sides) == 1 else ""


class LearntId(models.Model):
    """The Wikidata number that a list gives to a city which has none here."""

    comparison = models.ForeignKey(
        Comparison, models.CASCADE, related_name="learnt_ids", verbose_name=_("comparison")
    )
    city = models.ForeignKey(
        "committees.City", models.PROTECT, related_name="+", verbose_name=_("city")
    )
    wikidata_id = models.CharField(_("Wikidata id"), max_length=12)
    written = models.CharField(_("as written"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("learnt Wikidata number")
        verbose_name_plural = _("learnt Wikidata numbers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["comparison", "city"], name="learnt_once_per_city"),
            models.UniqueConstraint(
                fields=["comparison", "wikidata_id"], name="learnt_once_per_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city}: {self.wikidata_id}"
