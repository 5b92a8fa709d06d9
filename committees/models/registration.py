"""Who comes to a convention, for which committee and as what."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.models.convention import Convention
from sistercities.folding import fold
from sistercities.history import History
from sistercities.models import FoldedField, Timestamped

WRITE_NAME = _("Write the full name.")


class RegistrationQuerySet(models.QuerySet):
    """Adjectives for registrations."""

    def for_committee(self, committee):
        """Those of one committee. The one door to registrations at a desk."""
        return self.filter(committee=committee)

    def standing(self):
        """Those that were not withdrawn."""
        return self.filter(state=Registration.State.REGISTERED)

    def present(self):
        """Those who came."""
        return self.standing().exclude(attended_at=None)


class Registration(Timestamped):
    """One person at one convention. It is withdrawn rather than deleted. Private."""

    EARLY = datetime.timedelta(days=2)
    """So long before the first day its registration desk may be open."""

    class Capacity(models.TextChoices):
        """As what somebody comes."""

        DELEGATE = "delegate", _("Delegate")
        ALTERNATE = "alternate", _("Alternate")
        MEMBER = "member", _("Member")
        GUEST = "guest", _("Guest")
        OBSERVER = "observer", _("Observer")

    class State(models.TextChoices):
        """Whether it stands."""

        REGISTERED = "registered", pgettext_lazy("of a registration", "Registered")
        WITHDRAWN = "withdrawn", pgettext_lazy("of a registration", "Withdrawn")

    convention = models.ForeignKey(
        Convention, models.PROTECT, related_name="registrations", verbose_name=_("convention")
    )
    committee = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("committee"),
        help_text=_("Empty for guests and observers who belong to none"),
    )
    person = models.ForeignKey(
        "committees.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("person"),
        help_text=_("Who it is, where the registry knows the person"),
    )
    name = models.CharField(_("full name"), max_length=150)
    email = models.EmailField(_("e-mail"), blank=True)
    capacity = models.CharField(
        _("capacity"), max_length=9, choices=Capacity, default=Capacity.MEMBER
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.REGISTERED, editable=False
    )
    attended_at = models.DateTimeField(_("came at"), null=True, blank=True, editable=False)
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("checked in by"),
    )
    sort_name = FoldedField(max_length=150, editable=False, default="")

    history = History(derived=("sort_name",))
    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "person"],
                condition=Q(state="registered"),
                name="one_registration_per_person",
                violation_error_message=_("This person is already registered."),
            ),
            models.UniqueConstraint(
                fields=["convention", "committee", "sort_name", "email"],
                condition=Q(state="registered") & ~Q(sort_name=""),
                name="one_registration_per_name",
                violation_error_message=_("This person is already registered."),
            ),
            models.UniqueConstraint(
                fields=["convention", "committee"],
                condition=Q(state="registered", capacity="delegate"),
                name="one_delegate_per_committee",
                violation_error_message=_(
                    "The committee has a delegate at this convention already. It has one vote."
                ),
            ),
            models.UniqueConstraint(
                fields=["convention", "committee"],
                condition=Q(state="registered", capacity="alternate"),
                name="one_alternate_per_committee",
                violation_error_message=_(
                    "The committee has an alternate at this convention already."
                ),
            ),
            models.CheckConstraint(
                name="registration_for_a_committee",
                condition=Q(committee__isnull=False) | Q(capacity__in=["guest", "observer"]),
                violation_error_message=_("Say for which committee this person comes."),
            ),
            models.CheckConstraint(
                name="registration_withdrawn_did_not_come",
                condition=Q(attended_at=None) | Q(state="registered"),
                violation_error_message=_("This person came: the registration stays."),
            ),
        ]
        indexes = [
            models.Index(fields=["convention", "state", "sort_name"], name="registration_by_name")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """Keep the folded name in step with the name."""
        self.name = " ".join(self.name.split())
        self.email = self.email.strip().lower()
        self.sort_name = fold(self.name)[:150]
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """A name with letters, nobody twice: folded as the database compares."""
        self.sort_name, self.email = fold(self.name)[:150], self.email.strip().lower()
        if self.name and not self.sort_name:
            raise ValidationError({"name": WRITE_NAME})
        if self.state == self.State.REGISTERED and self.is_there_already():
            raise ValidationError(_("This person is already registered."))

    def is_there_already(self) -> bool:
        """Whether another row of the same committee names the same person."""
        same = Q(sort_name=self.sort_name, email=self.email, committee=self.committee_id)
        others = Registration.objects.standing().filter(same, convention=self.convention_id)
        return bool(self.sort_name) and others.exclude(pk=self.pk).exists()

    @property
    def has_come(self) -> bool:
        """Whether the person was checked in."""
        return self.attended_at is not None

    @property
    def is_standing(self) -> bool:
        """Whether it was not withdrawn."""
        return self.state == self.State.REGISTERED
