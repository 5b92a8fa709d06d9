"""Who speaks and votes for a committee at the association's meetings, named by letter."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sistercities.database_rules import register, two_at_once
from sistercities.history import History
from sistercities.models import Attachment, Timestamped

PURPOSE = "committees.delegation"


class DelegationQuerySet(models.QuerySet):
    """Adjectives for delegations; every dated question takes the day."""

    def for_committee(self, committee):
        """Those of one committee. The one door to delegates at a desk."""
        return self.filter(committee=committee)

    def current(self, on: datetime.date | None = None):
        """Those in force on a day (today unless given)."""
        on = on or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on)


class Delegation(Timestamped):
    """A letter of a committee that names its delegate or alternate. One of each at a time."""

    class Role(models.TextChoices):
        """The delegate votes; the alternate does when the delegate is not there."""

        DELEGATE = "delegate", _("Delegate")
        ALTERNATE = "alternate", _("Alternate delegate")

    committee = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        related_name="delegations",
        verbose_name=_("committee"),
    )
    role = models.CharField(_("as"), max_length=10, choices=Role, default=Role.DELEGATE)
    person = models.ForeignKey(
        "committees.Person",
        models.PROTECT,
        related_name="delegations",
        verbose_name=_("person"),
    )
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"), null=True, blank=True)
    letter = models.OneToOneField(
        Attachment,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="delegation",
        verbose_name=_("letter"),
    )

    history = History()
    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegate named by letter")
        verbose_name_plural = _("delegates named by letter")
        ordering = ["committee", "-role", "-since"]
        constraints = [
            models.CheckConstraint(
                name="delegation_until_after_since",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message=_("The last day cannot come before the first."),
            )
        ]
        indexes = [models.Index(fields=["committee", "role", "since"], name="delegation_in_force")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.person}"

    def clean(self) -> None:
        """One delegate and one alternate on a day, and two people."""
        if not (self.committee_id and self.person_id and self.since):
            return
        others = Delegation.objects.filter(committee=self.committee_id).exclude(pk=self.pk)
        if self.until:
            others = others.filter(since__lte=self.until)
        others = others.filter(Q(until=None) | Q(until__gte=self.since)).select_related("person")
        for other in others:
            if other.role == self.role:
                raise ValidationError(
                    _("%(person)s is named for some of these days. End that first."),
                    params={"person": other.person},
                )
            if other.person_id == self.person_id:
                raise ValidationError(_("The delegate and the alternate are two people."))


register(
    two_at_once(
        "one_delegate_at_a_time",
        table="committees_delegation",
        same=("committee_id", "role"),
        first="since",
        last="until",
    )
)


def delegates_of(committee, on: datetime.date | None = None) -> dict[str, Delegation]:
    """The delegate and the alternate of a committee on a day, by role, with their people."""
    found = Delegation.objects.for_committee(committee).current(on).select_related("person")
    return {one.role: one for one in found}
