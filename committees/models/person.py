"""People and their memberships. Nothing here asks for creed, party, race, colour or sex."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sistercities.history import History
from sistercities.models import Timestamped


class Person(Timestamped):
    """Someone who takes part. Private, but for the name where they agreed to have it shown."""

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
    name_is_public = models.BooleanField(
        _("agreed to have the name shown"),
        default=False,
        help_text=_("Only for people in office, and only after they agreed in writing"),
    )
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    notes = models.TextField(_("notes of the office"), blank=True)
    is_demo = models.BooleanField(_("invented for the demo"), default=False)

    history = History()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="public_name_needs_a_date",
                condition=Q(name_is_public=False) | Q(agreed_on__isnull=False),
                violation_error_message=_("Say on which day the person agreed."),
            )
        ]

    def __str__(self) -> str:
        return self.name


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

    history = History()

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
