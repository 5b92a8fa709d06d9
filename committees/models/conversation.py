"""What all conversations share: messages of two sides, one after the other, in plain text."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sistercities.models import Attachment


class Said(models.Model):
    """One message of a conversation. Plain text."""

    speaker: str
    """Who says it, as the other side knows them: a property of each kind."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    text = models.TextField(_("message"), max_length=4000)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["sent_at", "pk"]

    @property
    def enclosure(self) -> Attachment | None:
        """The file that came with it."""
        return None

    @property
    def named(self) -> list:
        """Pages that it names, beside its text."""
        return []
