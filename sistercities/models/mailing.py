"""What the office wrote to many at once: by whom, to whom as they stood in a list, and when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_SUBJECT = 150
LONGEST_TEXT = 4000


class Mailing(models.Model):
    """One letter to the readers of a list's rows. It is never changed; its mails lie in the outbox
    under `about`."""

    subject_es = models.CharField(_("subject in Spanish"), max_length=LONGEST_SUBJECT)
    text_es = models.TextField(_("text in Spanish"), max_length=LONGEST_TEXT)
    subject_en = models.CharField(_("subject in English"), max_length=LONGEST_SUBJECT)
    text_en = models.TextField(_("text in English"), max_length=LONGEST_TEXT)
    reply_to = models.EmailField(
        _("answers go to"),
        blank=True,
        help_text=_("Empty: to the registry, where nobody reads them"),
    )
    is_service = models.BooleanField(
        _("service notice"),
        default=False,
        help_text=_("Also to those who want no more mail of the office: only what they must know"),
    )
    reason = models.CharField(
        _("reason"), max_length=200, blank=True, help_text=_("Why it must reach everybody")
    )
    source = models.CharField(_("list"), max_length=60)
    filters = models.CharField(_("filters of the list"), max_length=2000, blank=True)
    rows = models.PositiveIntegerField(_("rows of the list"))
    mails = models.PositiveIntegerField(_("mails"))
    skipped = models.JSONField(_("left out, by reason"), default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sent by")
    )
    sent_at = models.DateTimeField(_("put into the outbox at"), default=timezone.now)

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-sent_at", "-pk"]
        permissions = [("send_service_notice", "Can send service notices")]
        constraints = [
            models.CheckConstraint(
                name="service_notice_has_reason",
                condition=Q(is_service=False) | ~Q(reason=""),
                violation_error_message=_("Say why it must reach everybody."),
            )
        ]

    def __str__(self) -> str:
        return self.subject_es

    @property
    def about(self) -> str:
        """What its mails in the outbox are about."""
        return f"mailing-{self.pk}"
