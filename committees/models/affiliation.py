"""That a committee belongs to an association, and how it stands with its dues on a day."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.models.dues import Dues, DuesRule, MembershipClass
from sistercities.database_rules import register, two_at_once
from sistercities.history import History
from sistercities.models import Timestamped

NATIONAL = "national"
ASSOCIATIONS = ("state", NATIONAL)
"""The levels of committees that others belong to."""


class Standing(models.TextChoices):
    """How a committee stands with the dues of its association on a day."""

    GOOD = "good", pgettext_lazy("of a committee", "In good standing")
    DELINQUENT = "delinquent", pgettext_lazy("of a committee", "Delinquent")
    UNKNOWN = "unknown", pgettext_lazy("of a committee", "No dues known")


class AffiliationQuerySet(models.QuerySet):
    """Adjectives for memberships of associations; every dated question takes the day."""

    def for_committee(self, committee):
        """Those of one committee. The one door to its membership at a desk."""
        return self.filter(committee=committee)

    def current(self, on: datetime.date | None = None):
        """Those that run on a day (today unless given)."""
        on = on or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on)

    def of(self, association=None):
        """Those of one association; of the national ones, unless one is named."""
        if association is None:
            return self.filter(association__level=NATIONAL)
        return self.filter(association=association)

    def with_standing(self, on: datetime.date | None = None):
        """With `standing` on a day. Honorary ones owe nothing; the dues of the year before count
        until the last day to pay those of this year."""
        on = on or timezone.localdate()
        known = Q(year=on.year)
        if on <= DuesRule.current().last_on(on.year):
            known |= Q(year=on.year - 1)
        own = Dues.objects.filter(affiliation=OuterRef("pk"))
        return self.annotate(
            standing=Case(
                When(kind=MembershipClass.HONORARY, then=Value(Standing.GOOD)),
                When(Exists(own.overdue(on)), then=Value(Standing.DELINQUENT)),
                When(Exists(own.filter(known)), then=Value(Standing.GOOD)),
                default=Value(Standing.UNKNOWN),
                output_field=models.CharField(max_length=10),
            )
        )

    def in_good_standing(self, on: datetime.date | None = None):
        """Those that run on a day and owe nothing overdue then."""
        return self.current(on).with_standing(on).filter(standing=Standing.GOOD)


class Affiliation(Timestamped):
    """A committee's membership of an association, from the first to the last day, both counted."""

    committee = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        related_name="affiliations",
        verbose_name=_("committee"),
    )
    association = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        related_name="affiliates",
        verbose_name=_("association"),
        limit_choices_to={"level__in": ASSOCIATIONS},
    )
    kind = models.CharField(
        pgettext_lazy("of a committee", "class"),
        max_length=10,
        choices=MembershipClass,
        default=MembershipClass.VOTING,
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    accredited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("accreditation recorded by"),
    )
    accredited_on = models.DateField(_("accredited by the board on"), null=True, blank=True)
    note = models.CharField(
        _("note of the board's act"),
        max_length=300,
        blank=True,
        help_text=_("Such as the number of the minutes and of the item"),
    )

    history = History()
    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership of the association")
        verbose_name_plural = _("memberships of the association")
        ordering = ["committee__sort_name", "-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "association"],
                condition=Q(until=None),
                name="one_open_affiliation",
                violation_error_message=_("The committee already belongs to this association."),
            ),
            models.CheckConstraint(
                name="affiliation_until_after_since",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message=_("A membership cannot end before it began."),
            ),
            models.CheckConstraint(
                name="affiliation_of_another",
                condition=~Q(committee=F("association")),
                violation_error_message=_("A committee cannot belong to itself."),
            ),
        ]
        indexes = [models.Index(fields=["association", "until"], name="affiliation_of_association")]

    def __str__(self) -> str:
        return f"{self.committee} · {self.association}"

    def runs(self, on: datetime.date) -> bool:
        """Whether it runs on a day."""
        return self.since <= on and (self.until is None or on <= self.until)

    def clean(self) -> None:
        """An association above it, and not twice on one day."""
        if not (self.committee_id and self.association_id and self.since):
            return
        if self.association.level not in ASSOCIATIONS:
            raise ValidationError({"association": _("Choose a state or national association.")})
        others = Affiliation.objects.filter(
            committee=self.committee_id, association=self.association_id
        ).exclude(pk=self.pk)
        if self.until:
            others = others.filter(since__lte=self.until)
        if others.filter(Q(until=None) | Q(until__gte=self.since)).exists():
            raise ValidationError(
                _("The committee belongs to this association on some of these days already.")
            )


register(
    two_at_once(
        "one_affiliation_at_a_time",
        table="committees_affiliation",
        same=("committee_id", "association_id"),
        first="since",
        last="until",
    )
)


def standing_of(committee, on: datetime.date | None = None, association=None) -> str:
    """How a committee stands on a day with an association, the national one unless named; empty
    when it does not belong to it then."""
    rows = Affiliation.objects.for_committee(committee).of(association).current(on)
    found = rows.with_standing(on).order_by("-since").values_list("standing", flat=True)
    return found.first() or ""
