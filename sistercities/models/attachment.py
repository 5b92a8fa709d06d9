"""Files that people send: kept as soon as they arrive, then taken over by what they belong to."""

import datetime
import secrets

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sistercities.models.base import StoredFile, stored_name


def random_key() -> str:
    """128 random bits, for addresses."""
    return secrets.token_hex(16)


class Attachment(StoredFile):
    """One file of one owner (a committee's number). Until it is kept it belongs to a form."""

    WAITS = datetime.timedelta(days=1)

    key = models.CharField(_("key"), max_length=32, unique=True, default=random_key, editable=False)
    purpose = models.CharField(_("purpose"), max_length=40)
    owner = models.BigIntegerField(_("number of the owner"), null=True, blank=True, db_index=True)
    draft = models.ForeignKey(
        "sistercities.Draft",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name=_("draft"),
    )
    thumb = models.FileField(_("small picture"), upload_to=stored_name, blank=True)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent by"),
    )
    made_at = models.DateTimeField(_("sent at"), default=timezone.now, editable=False)
    kept_at = models.DateTimeField(_("kept since"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Where the file is handed out."""
        return reverse("attachment", args=[self.key])

    @property
    def thumb_url(self) -> str:
        """Where the small picture is handed out; empty for other files."""
        return reverse("attachment-thumb", args=[self.key]) if self.thumb else ""

    def keep(self) -> None:
        """It belongs to something now."""
        if self.kept_at is None:
            self.kept_at, self.draft = timezone.now(), None
            self.save(update_fields=["kept_at", "draft"])

    def hand_over(self, to: StoredFile) -> None:
        """Give the file to another row that stores files itself; this row goes, the file stays.
        The other row is for the caller to save, in the same transaction."""
        to.file = self.file.name
        to.file_name, to.file_size, to.sha256 = self.file_name, self.file_size, self.sha256
        if self.thumb:
            storage, name = self.thumb.storage, self.thumb.name
            transaction.on_commit(lambda: storage.delete(name))
        self.delete()

    def remove(self) -> None:
        """Delete the row, and its files once that is certain."""
        files = [(each.storage, each.name) for each in (self.file, self.thumb) if each]
        self.delete()

        def forget() -> None:
            for storage, name in files:
                storage.delete(name)

        transaction.on_commit(forget)

    @classmethod
    def orphans(cls, now: datetime.datetime | None = None) -> models.QuerySet:
        """Those that came with a form that nobody finished."""
        before = (now or timezone.now()) - cls.WAITS
        return cls.objects.filter(kept_at=None, draft=None, made_at__lt=before)
