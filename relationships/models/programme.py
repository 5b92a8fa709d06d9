"""The yearly work programme of a committee, or of one of its ties (POA)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from relationships.models.exchange import Exchange
from sistercities.models import Published, Timestamped


class ProgrammeQuerySet(models.QuerySet):
    """Adjectives for programmes."""

    def for_committee(self, committee):
        """Those of one committee. The one door to programmes at a desk."""
        return self.filter(committee=committee)


class ActivityQuerySet(models.QuerySet):
    """Adjectives for activities."""

    def for_committee(self, committee):
        """Those of one committee's programmes."""
        return self.filter(programme__committee=committee)


class Programme(Timestamped):
    """What a committee means to do in a year, for one tie or for all."""

    committee = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        related_name="programmes",
        verbose_name=_("committee"),
    )
    tie = models.ForeignKey(
        "relationships.Tie",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("tie"),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    summary = models.TextField(_("summary"), max_length=1000, blank=True)
    is_demo = models.BooleanField(_("invented for the demo"), default=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("work programme")
        verbose_name_plural = _("work programmes")
        ordering = ["-year", "committee"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "year"],
                condition=models.Q(tie=None),
                name="one_programme_per_year",
                violation_error_message=_("This year's programme exists already."),
            ),
            models.UniqueConstraint(
                fields=["committee", "tie", "year"],
                name="one_programme_per_tie_and_year",
                violation_error_message=_("This year's programme exists already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee} {self.year}"


class Activity(Published):
    """One line of a programme."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="activities", verbose_name=_("work programme")
    )
    title = models.CharField(_("title"), max_length=160)
    theme = models.CharField(_("theme"), max_length=16, choices=Exchange.Theme)
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    exchange = models.ForeignKey(
        Exchange,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("done as"),
    )
    is_done = models.BooleanField(_("done"), default=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["month", "pk"]
        constraints = [
            models.CheckConstraint(
                name="activity_month_exists",
                condition=models.Q(month=None) | models.Q(month__range=(1, 12)),
                violation_error_message=_("A month is a number from 1 to 12."),
            )
        ]

    def __str__(self) -> str:
        return self.title
