"""Forms of several steps that are not finished: kept here from the first step on, for all who
share the desk."""

import datetime

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sistercities.models.attachment import Attachment


class DraftQuerySet(models.QuerySet):
    """Adjectives for drafts."""

    def of(self, owner: int, kind: str = ""):
        """Those of one owner (a committee's number), of one kind or of all; newest first."""
        found = self.filter(owner=owner).select_related("changed_by")
        return found.filter(kind=kind) if kind else found

    @transaction.atomic
    def throw_away(self) -> int:
        """Delete them, with the files that came with them and belong to nothing else; how many."""
        numbers = list(self.values_list("pk", flat=True))
        for file in Attachment.objects.filter(draft__in=numbers, kept_at=None):
            file.remove()
        self.model.objects.filter(pk__in=numbers).delete()
        return len(numbers)


class Draft(models.Model):
    """What was answered so far, as it was typed: {step: {input: [texts]}}."""

    KEPT = datetime.timedelta(days=365)

    owner = models.BigIntegerField(_("number of the owner"))
    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("title"), max_length=200, blank=True)
    data = models.JSONField(_("answers"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    made_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("changed by"),
    )

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["owner", "kind", "-changed_at"], name="draft_of_owner")]

    def __str__(self) -> str:
        return self.title or self.kind

    def answer(self, step: str, texts: dict[str, list[str]], *, by) -> None:
        """Keep the answers of one step, in the name of a user."""
        self.data = self.data | {step: texts}
        self.version += 1
        self.changed_at, self.changed_by = timezone.now(), by
        self.save()

    @classmethod
    def purge(cls, now: datetime.datetime | None = None) -> int:
        """Delete drafts that nobody has touched for a year; how many."""
        before = (now or timezone.now()) - cls.KEPT
        return cls.objects.filter(changed_at__lt=before).throw_away()
