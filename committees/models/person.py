"""People and their memberships. Nothing here asks for creed, party, race, colour or sex."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sistercities.folding import fold
from sistercities.history import History
from sistercities.models import FoldedField, Timestamped


class PersonQuerySet(models.QuerySet):
    """Adjectives for people."""

    def for_committee(self, committee):
        """Those who belong or belonged to a committee, or hold or held an office of it. The one
        door to people at a desk."""
        from committees.models.office import OfficeTerm

        own = {"person": OuterRef("pk"), "committee": committee}
        return self.filter(
            Exists(Membership.objects.filter(**own)) | Exists(OfficeTerm.objects.filter(**own)),
            erased_at=None,
            merged_into=None,
        )

    def standing(self):
        """Those that have not been merged into another record."""
        return self.filter(merged_into=None)

    def public(self):
        """Those who agreed that some committee's page shows their name."""
        from committees.models.consent import Consent

        agreed = Exists(Consent.objects.to_names().filter(person=OuterRef("pk")))
        return self.standing().filter(agreed)


class Person(Timestamped):
    """Someone who takes part. Private, but for what they agreed to have shown (`Consent`)."""

    name = models.CharField(_("full name"), max_length=150)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("login"),
    )
    sort_name = FoldedField(max_length=150, editable=False, default="")
    notes = models.TextField(_("notes of the office"), blank=True)
    is_demo = models.BooleanField(_("invented for the demo"), default=False)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="duplicates"
    )

    history = History(derived=("sort_name",))
    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name", "pk"]
        indexes = [models.Index(fields=["sort_name"], name="person_by_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """Keep the folded name in step with the name."""
        self.name = " ".join(self.name.split())
        self.sort_name = fold(self.name)[:150]
        super().save(*args, **kwargs)


class MembershipQuerySet(models.QuerySet):
    """Adjectives for memberships; every dated question takes the day."""

    def for_committee(self, committee):
        """Those of one committee, but for people who were erased or are another record now. The
        one door to members at a desk."""
        return self.filter(committee=committee, person__erased_at=None, person__merged_into=None)

    def current(self, on: datetime.date | None = None):
        """Those that run on a day (today unless given), or will."""
        return self.filter(Q(until=None) | Q(until__gte=on or timezone.localdate()))

    def owing(self, on: datetime.date | None = None):
        """Those whose dues were paid until a day that is over; of others nothing is known."""
        return self.filter(dues_paid_until__lt=on or timezone.localdate())


class Membership(Timestamped):
    """A person's membership of a committee; it ends by a date, never by deletion."""

    class Category(models.TextChoices):
        """Kinds of members."""

        REGULAR = "regular", _("Member")
        YOUTH = "youth", _("Youth member")
        HONORARY = "honorary", _("Honorary member")
        CORPORATE = "corporate", _("Corporate member")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="memberships", verbose_name=_("person")
    )
    committee = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        related_name="memberships",
        verbose_name=_("committee"),
    )
    category = models.CharField(
        _("category"), max_length=10, choices=Category, default=Category.REGULAR
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    dues_paid_until = models.DateField(_("dues paid until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    history = History()
    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["committee", "person", "-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "committee"],
                condition=Q(until=None),
                name="one_open_membership",
                violation_error_message=_("This person is already a member of the committee."),
            ),
            models.CheckConstraint(
                name="membership_until_after_since",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message=_("A membership cannot end before it began."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.committee}"
