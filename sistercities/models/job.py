"""Work that a page asked for and did not wait for."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class JobQuerySet(models.QuerySet):
    """Adjectives for jobs."""

    def open(self):
        """Those that wait or are being worked at."""
        return self.filter(state__in=Job.OPEN)

    def due(self, now: datetime.datetime):
        """Those to begin now: they wait, or their worker has not been heard of for too long."""
        silent = Q(state=Job.State.RUNNING, heartbeat_at__lt=now - Job.LAPSE)
        return self.filter(Q(state=Job.State.WAITING) | silent)


class Job(models.Model):
    """One piece of work, its arguments, how far it is, and how it ended.

    `about` names the object that it changes ("import-7"): of two jobs about one object the second
    is not taken on while the first is open. `message` is a sentence for whoever asked.
    """

    LAPSE = datetime.timedelta(seconds=60)
    KEPT = datetime.timedelta(days=90)

    class State(models.TextChoices):
        """From the queue to its end."""

        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Called off")

    OPEN = (State.WAITING, State.RUNNING)

    kind = models.CharField(_("kind"), max_length=40)
    about = models.CharField(_("about"), max_length=80, blank=True)
    arguments = models.JSONField(_("arguments"), default=dict, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    what = models.CharField(_("what is being done"), max_length=120, blank=True)
    done = models.PositiveIntegerField(_("done so far"), default=0)
    total = models.PositiveIntegerField(_("of so many"), default=0)
    message = models.TextField(_("what came of it"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    queued_at = models.DateTimeField(_("asked at"), default=timezone.now)
    started_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(_("last sign of the worker"), null=True, blank=True)
    finished_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("times begun"), default=0)
    taken_by = models.CharField(max_length=32, blank=True, editable=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        ordering = ["-queued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["about"],
                condition=Q(state__in=("waiting", "running")) & ~Q(about=""),
                name="one_open_job_per_object",
            )
        ]
        indexes = [
            models.Index(fields=["state", "queued_at"], name="job_due"),
            models.Index(fields=["about", "-queued_at"], name="job_of_object"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.kind} {self.about}".strip()

    @property
    def is_open(self) -> bool:
        """Whether it waits or is under way."""
        return self.state in self.OPEN

    @classmethod
    def purge(cls, now: datetime.datetime | None = None) -> int:
        """Forget what ended long ago; how many."""
        before = (now or timezone.now()) - cls.KEPT
        ended = cls.objects.exclude(state__in=cls.OPEN)
        return ended.filter(finished_at__lt=before).delete()[0]
