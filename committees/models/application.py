"""Cities without a committee that want to join the association."""

import datetime

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.models.dues import MembershipClass
from sistercities.folding import fold
from sistercities.models import FoldedField


class ApplicationQuerySet(models.QuerySet):
    """Adjectives for applications."""

    def waiting(self):
        """Those that the board has not decided on."""
        return self.filter(state=Application.State.SENT)


class Application(models.Model):
    """What somebody wrote for a city in the public form, and what the board decided. Private."""

    KEPT = datetime.timedelta(days=730)

    class State(models.TextChoices):
        """What became of it."""

        SENT = "sent", pgettext_lazy("application", "Sent")
        ACCREDITED = "accredited", pgettext_lazy("application", "Accredited")
        REFUSED = "refused", pgettext_lazy("application", "Refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")

    city_name = models.CharField(_("city"), max_length=150)
    folded_city = FoldedField(max_length=150, editable=False)
    country = models.CharField(
        _("country"), max_length=2, validators=[RegexValidator(r"^[A-Z]{2}\Z")]
    )
    name = models.CharField(_("full name"), max_length=150)
    email = models.EmailField(_("e-mail"))
    kind = models.CharField(
        pgettext_lazy("of a committee", "class"),
        max_length=10,
        choices=MembershipClass,
        default=MembershipClass.VOTING,
    )
    why = models.TextField(_("why"), max_length=2000)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    wording_version = models.CharField(_("version of the wording"), max_length=20)
    asked_at = models.DateTimeField(pgettext_lazy("time", "asked at"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SENT)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    board_day = models.DateField(_("day of the board's act"), null=True, blank=True)
    board_note = models.CharField(_("note of the board's act"), max_length=300, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    affiliation = models.OneToOneField(
        "committees.Affiliation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="application",
        verbose_name=_("membership of the association"),
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application to join the association")
        verbose_name_plural = _("applications to join the association")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "folded_city", "country"],
                condition=Q(state="sent"),
                name="one_waiting_application",
                violation_error_message=_("This application waits already."),
            ),
            models.CheckConstraint(
                name="application_refused_for_a_reason",
                condition=~Q(state__in=("refused", "withdrawn")) | ~Q(reason=""),
                violation_error_message=_("Write the reason."),
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="application_waiting")]

    def __str__(self) -> str:
        return f"{self.city_name}: {self.name}"

    def save(self, *args, **kwargs) -> None:
        """Keep the folded name in step with the name."""
        self.folded_city = fold(self.city_name)[:150]
        super().save(*args, **kwargs)

    @classmethod
    def purge(cls, now: datetime.datetime | None = None) -> int:
        """Delete applications older than two years; how many. The membership stays."""
        before = (now or timezone.now()) - cls.KEPT
        return cls.objects.filter(asked_at__lt=before).delete()[0]
