"""Conventions of the association: where and when, until when people register, the programme."""

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models.affiliation import ASSOCIATIONS
from sistercities.bilingual import text_of
from sistercities.folding import fold
from sistercities.models import Address, FoldedField, Published, Timestamped
from sistercities.models.address import slug_of
from sistercities.partialdates import PartialDateField, not_before


class ConventionQuerySet(models.QuerySet):
    """Adjectives for conventions; every dated question takes the day (today unless given)."""

    def public(self):
        """Those that everyone may see."""
        return self.filter(is_public=True)

    def upcoming(self, on: datetime.date | None = None):
        """Those that are not over, the next one first."""
        return self.filter(last_day__gte=on or timezone.localdate()).order_by("last_day", "pk")

    def past(self, on: datetime.date | None = None):
        """Those that are over, the latest first."""
        return self.filter(last_day__lt=on or timezone.localdate()).order_by("-last_day", "-pk")

    def open(self, on: datetime.date | None = None):
        """Public ones for which committees register their people on a day."""
        on = on or timezone.localdate()
        begun = Q(registration_opens=None) | Q(registration_opens__lte=on)
        found = self.public().filter(begun, is_cancelled=False, registration_until__gte=on)
        return found.upcoming(on)


class Convention(Timestamped):
    """A meeting of the whole association. Past ones are kept, however vaguely they are dated."""

    class State(models.TextChoices):
        """What follows from the dates, on a day."""

        ANNOUNCED = "announced", _("Announced")
        OPEN = "open", _("Registration is open")
        CLOSED = "closed", _("Registration is closed")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    name = models.CharField(_("name"), max_length=160)
    number = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("44 for the forty-fourth; may be empty")
    )
    slug = models.SlugField(_("slug"), max_length=160, unique=True, blank=True)
    association = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conventions",
        limit_choices_to={"level__in": ASSOCIATIONS},
        verbose_name=_("association"),
        help_text=_("Whose committees vote; empty: those of all national associations"),
    )
    city = models.ForeignKey(
        "committees.City",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conventions",
        verbose_name=_("host city"),
    )
    place = models.CharField(
        _("place"), max_length=200, blank=True, help_text=_("The building, with its street")
    )
    begins = PartialDateField(_("begins"))
    ends = PartialDateField(_("ends"), null=True, blank=True)
    last_day = models.DateField(editable=False, db_index=True)
    registration_opens = models.DateField(
        _("registration opens on"),
        null=True,
        blank=True,
        help_text=_("Empty: as soon as it is public"),
    )
    registration_until = models.DateField(
        _("registration until"),
        null=True,
        blank=True,
        help_text=_("Empty: committees cannot register people yet"),
    )
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    summary = models.TextField(_("what it is about"), max_length=2000, blank=True)
    source = models.CharField(
        _("source"),
        max_length=200,
        blank=True,
        help_text=_("Where a past convention is known from"),
    )
    quorum_percent = models.PositiveSmallIntegerField(
        _("quorum in per cent"),
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("More than this share of the committees in good standing must be there"),
    )
    is_public = models.BooleanField(
        _("everyone may see it"), default=False, help_text=_("Before that only the office does")
    )
    is_demo = models.BooleanField(_("invented for the demo"), default=False)
    sort_name = FoldedField(max_length=200, editable=False)

    objects = ConventionQuerySet.as_manager()

    DERIVED = ("last_day", "sort_name")

    class Meta:
        verbose_name = _("convention")
        verbose_name_plural = _("conventions")
        ordering = ["-last_day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="convention_ends_after_it_begins",
                condition=not_before("begins", "ends"),
                violation_error_message=_("A convention cannot end before it began."),
            ),
            models.CheckConstraint(
                name="convention_registration_in_order",
                condition=Q(registration_opens=None)
                | Q(registration_until=None)
                | Q(registration_until__gte=F("registration_opens")),
                violation_error_message=_("Registration cannot close before it opens."),
            ),
            models.CheckConstraint(
                name="convention_registration_while_it_lasts",
                condition=Q(registration_until=None) | Q(registration_until__lte=F("last_day")),
                violation_error_message=_("Nobody can register after the convention is over."),
            ),
            models.CheckConstraint(
                name="convention_quorum_is_a_share",
                condition=Q(quorum_percent__range=(1, 100)),
                violation_error_message=_("Write a share from 1 to 100."),
            ),
        ]

    def __str__(self) -> str:
        return str(text_of(self, "name")) or self.slug

    def save(self, *args, **kwargs) -> None:
        """Keep the last day, the folded name, the slug and its address in step."""
        self.last_day = self.latest_day
        names = filter(None, dict.fromkeys([self.name_es, self.name_en, self.name]))
        self.sort_name = fold(" ".join(names))[:200]
        if not self.slug:
            words = slug_of(str(text_of(self, "name", "es"))) or "convention"
            year = str(self.begins.year)
            wanted = words if year in words else f"{year}-{words}"
            self.slug = Address.free("convention", wanted)
        super().save(*args, **kwargs)
        Address.keep("convention", self.slug, self.pk)

    def clean(self) -> None:
        """What the database would refuse by a column that no form has."""
        until = self.registration_until
        if until and self.begins and until > self.latest_day:
            error = _("Nobody can register after the convention is over.")
            raise ValidationError({"registration_until": error})

    def get_absolute_url(self) -> str:
        """The public page in the reader's language."""
        return reverse("public:convention", args=[self.slug])

    @property
    def has_page(self) -> bool:
        """Whether its address shows it."""
        return self.is_public

    @property
    def latest_day(self) -> datetime.date:
        """The last day that it may have had, as far as its dates are known."""
        return (self.ends or self.begins).latest

    @property
    def when(self) -> str:
        """Its days in the reader's language, as precise as they are known."""
        return self.begins.in_words_until(self.ends)

    def state_on(self, day: datetime.date) -> "Convention.State":
        """Where it stands on a day."""
        if self.is_cancelled:
            return self.State.CANCELLED
        if self.last_day < day:
            return self.State.HELD
        if self.registration_until is None:
            return self.State.ANNOUNCED
        if self.registration_until < day:
            return self.State.CLOSED
        waits = self.registration_opens is not None and day < self.registration_opens
        return self.State.ANNOUNCED if waits or not self.is_public else self.State.OPEN

    def quorum_of(self, committees: int) -> int:
        """How many of so many committees in good standing must be there."""
        return min(committees, committees * self.quorum_percent // 100 + 1)


class ProgrammeItem(Published):
    """One point of a convention's programme."""

    convention = models.ForeignKey(
        Convention, models.CASCADE, related_name="programme", verbose_name=_("convention")
    )
    day = models.DateField(_("day"))
    begins = models.TimeField(_("begins at"), null=True, blank=True)
    ends = models.TimeField(_("ends at"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"), max_length=1000, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("point of the programme")
        verbose_name_plural = _("programme")
        ordering = ["day", F("begins").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="programme_item_ends_after_it_begins",
                condition=Q(begins=None) | Q(ends=None) | Q(ends__gt=F("begins")),
                violation_error_message=_("It cannot end before it begins."),
            )
        ]

    def __str__(self) -> str:
        return str(text_of(self, "title"))

    def clean(self) -> None:
        """A day of the convention, as far as its dates are known."""
        convention = getattr(self, "convention", None)
        if not (convention and convention.begins and self.day):
            return
        if not convention.begins.earliest <= self.day <= convention.latest_day:
            raise ValidationError({"day": _("The convention is not on this day.")})
