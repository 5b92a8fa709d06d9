"""The yearly question to one reader of one side: is the tie alive? And what else they told us."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relationships.models.confirmation import Confirmation
from relationships.models.tie import Side
from sistercities.history import History

REMINDERS = (0, 14, 35)
"""Days after the first mail on which a reader is asked."""
PATIENCE_DAYS = 14
"""So long after the last reminder the office looks into it."""


class InquiryQuerySet(models.QuerySet):
    """Adjectives for inquiries."""

    def silent(self, today: datetime.date | None = None):
        """Asked three times, and neither this reader nor anybody else of the side answered."""
        today = today or timezone.localdate()
        answered = Confirmation.objects.filter(
            tie=OuterRef("tie"), side=OuterRef("side"), answered_on__gte=OuterRef("first_on")
        )
        return self.filter(
            ~Exists(answered),
            answered_at=None,
            times__gte=len(REMINDERS),
            last_on__lte=today - datetime.timedelta(days=PATIENCE_DAYS),
        )


class Inquiry(models.Model):
    """One reader asked about one side of one tie in one year, up to three times.

    Answered once: `answered_at` is set by whoever presses first, and every link of this inquiry is
    used up by it.
    """

    class Answer(models.TextChoices):
        """The buttons of the page."""

        ALIVE = "alive", _("It is alive")
        CHANGED = "changed", _("It is alive, and something has changed")
        ENDED = "ended", _("It has ended")
        UNKNOWN = "unknown", _("We do not know this tie")

    tie = models.ForeignKey(
        "relationships.Tie", models.PROTECT, related_name="inquiries", verbose_name=_("tie")
    )
    side = models.CharField(_("side"), max_length=1, choices=Side)
    year = models.PositiveSmallIntegerField(_("year"))
    to = models.EmailField(pgettext_lazy("address", "asked at"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    first_on = models.DateField(_("first asked on"))
    last_on = models.DateField(_("last asked on"))
    times = models.PositiveSmallIntegerField(_("times asked"), default=1)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        ordering = ["-last_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tie", "side", "year", "to"], name="one_inquiry_per_reader_and_year"
            )
        ]
        indexes = [models.Index(fields=["last_on"], name="inquiry_by_day")]

    def __str__(self) -> str:
        return f"{self.tie} {self.year}"

    @property
    def city(self):
        """The city whose side is asked."""
        return self.tie.city_a if self.side == Side.A else self.tie.city_b


class SideContactQuerySet(models.QuerySet):
    """Adjectives for contacts."""

    def to_approve(self):
        """Those that wait for the office."""
        return self.filter(decision="", stopped_on=None)

    def in_use(self):
        """Those to whom we may write."""
        return self.filter(decision=SideContact.Decision.APPROVED, stopped_on=None)


class SideContact(models.Model):
    """Whom to ask for a side that has no committee, such as the city's own office abroad.

    Entered by the national office or the other side's desk; never public. What a desk enters waits
    for the office: a side must not choose alone who speaks for the other one.
    """

    class Decision(models.TextChoices):
        """What the office says; empty while it has not looked."""

        APPROVED = "approved", pgettext_lazy("contact", "Approved")
        REFUSED = "refused", pgettext_lazy("contact", "Refused")

    tie = models.ForeignKey(
        "relationships.Tie", models.PROTECT, related_name="side_contacts", verbose_name=_("tie")
    )
    side = models.CharField(_("side"), max_length=1, choices=Side)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="en"
    )
    given_by = models.CharField(
        _("who gave the address"), max_length=200, help_text=_("The office or committee, and when")
    )
    stopped_on = models.DateField(
        _("not used since"), null=True, blank=True, help_text=_("Empty while we may write to it")
    )
    decision = models.CharField(
        _("decision of the office"), max_length=8, choices=Decision, blank=True, editable=False
    )
    decision_reason = models.CharField(
        _("reason of the decision"), max_length=200, blank=True, editable=False
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    objects = SideContactQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("contact of a side")
        verbose_name_plural = _("contacts of sides")
        ordering = ["tie", "side", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tie", "side", "email"],
                name="side_contact_once",
                violation_error_message=_("This address is already there."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.tie}: {self.email}"

    def decide(self, decision: str, *, by, reason: str = "") -> None:
        """The office approves or refuses it, with a reason; the caller saves."""
        self.decision, self.decision_reason = decision, reason[:200]
        self.decided_at, self.decided_by = timezone.now(), by
        self._change_reason = reason[:200]

    def ask_again(self) -> None:
        """A desk enters an address again that was not used any more; the caller saves."""
        self.stopped_on = self.decided_at = self.decided_by = None
        self.decision = self.decision_reason = ""


class Correction(models.Model):
    """What a side told us beyond yes or no: for the national office to look into."""

    class Kind(models.TextChoices):
        """What it is about."""

        CHANGED = "changed", _("Something has changed")
        ENDED = "ended", _("It has ended")
        DISPUTE = "dispute", _("They do not know the tie")

    tie = models.ForeignKey(
        "relationships.Tie", models.PROTECT, related_name="corrections", verbose_name=_("tie")
    )
    side = models.CharField(_("side"), max_length=1, choices=Side)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    text = models.TextField(_("in their words"), max_length=2000, blank=True)
    year = models.PositiveSmallIntegerField(_("year of the end"), null=True, blank=True)
    told_by = models.CharField(_("told by"), max_length=250, blank=True)
    inquiry = models.ForeignKey(
        Inquiry,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="corrections",
        verbose_name=_("inquiry"),
    )
    told_at = models.DateTimeField(_("told at"), default=timezone.now, editable=False)
    done_at = models.DateTimeField(_("dealt with at"), null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("dealt with by"),
    )

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-told_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.tie}: {self.get_kind_display()}"
