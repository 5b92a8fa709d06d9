"""The next meetings of a committee, open to everyone who is interested."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models.committee import Committee
from sistercities.models import Timestamped


class MeetingQuerySet(models.QuerySet):
    """Adjectives for meetings."""

    def for_committee(self, committee):
        """All meetings of one committee. The one door to meetings at a desk."""
        return self.filter(committee=committee)


class Meeting(Timestamped):
    """A day, an hour, a place. A meeting that does not take place is called off, not deleted."""

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="meeting_days", verbose_name=_("committee")
    )
    date = models.DateField(_("day"))
    time = models.TimeField(_("hour"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200)
    text = models.CharField(_("what it is about"), max_length=300, blank=True)
    is_called_off = models.BooleanField(_("called off"), default=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["date", "time", "pk"]
        indexes = [models.Index(fields=["committee", "date"], name="meeting_by_day")]

    def __str__(self) -> str:
        return f"{self.date} {self.place}"
