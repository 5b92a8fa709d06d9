"""Abstract bases for the objects of the subject."""

import copy
import hashlib
import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sistercities.models.version import RegistryVersion


class Published(models.Model):
    """An object that public pages may show: saving or deleting one moves the version number on.

    Bulk work does not pass here: it calls `RegistryVersion.move_on()` once itself.
    """

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        """Save, and let every public page know that facts changed."""
        super().save(*args, **kwargs)
        RegistryVersion.move_on()

    def delete(self, *args, **kwargs):
        """Delete, and let every public page know that facts changed."""
        gone = super().delete(*args, **kwargs)
        RegistryVersion.move_on()
        return gone


class Timestamped(Published):
    """An object of the registry that knows its birth and its last change."""

    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        abstract = True


class WrongState(Exception):
    """A verb was asked of an object whose state does not allow it; the message says so."""


class ReviewedQuerySet(models.QuerySet):
    """Adjectives shared by all reviewed objects."""

    def public(self):
        """Those that everyone may see."""
        return self.filter(review=Reviewed.Review.PUBLISHED)

    def visible(self):
        """The same as `public`, for rows found by another key: says it so that no database
        thinks of the index on `review`, which leads to most of the table."""
        return self.exclude(review__in=Reviewed.Review.hidden())


class Reviewed(Timestamped):
    """An object that the national office vouches for before the public sees it."""

    class Review(models.TextChoices):
        """Where it stands with the national office; only `published` is public."""

        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waiting for review")
        CHANGES_REQUESTED = "changes_requested", _("Changes requested")
        PUBLISHED = "published", _("Published")
        REJECTED = "rejected", _("Rejected")
        MERGED = "merged", _("Merged into another")

        @classmethod
        def hidden(cls) -> list[str]:
            """All that is not public."""
            return [value for value in cls.values if value != cls.PUBLISHED]

    review = models.CharField(
        _("review"), max_length=20, choices=Review, default=Review.DRAFT, db_index=True
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("reviewed by"),
    )
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        """Whether everyone may see it."""
        return self.review == self.Review.PUBLISHED

    @property
    def has_page(self) -> bool:
        """Whether its address shows it: public, and not merged into another."""
        return self.is_public and getattr(self, "merged_into_id", None) is None

    @classmethod
    def turns(cls) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Where each verb of the office leads, and the reviews from which it may be asked."""
        all_of = cls.Review
        waiting = (all_of.DRAFT, all_of.SUBMITTED, all_of.CHANGES_REQUESTED)
        decided = (all_of.PUBLISHED, all_of.CHANGES_REQUESTED, all_of.REJECTED)
        return {
            "publish": (all_of.PUBLISHED, waiting),
            "ask_for_changes": (all_of.CHANGES_REQUESTED, (all_of.DRAFT, all_of.SUBMITTED)),
            "reject": (all_of.REJECTED, (*waiting, all_of.PUBLISHED)),
            "reopen": (all_of.SUBMITTED, decided),
        }

    def publish(self, *, by, reason: str = "", seen: str = "") -> None:
        """Show it to everyone, in the name of the user `by`.

        WrongState when it does not wait for review (any more): of two reviewers one wins.
        ValidationError, with the constraint's sentence, when something published stands against it.
        What follows from it is for the caller to recompute. `seen`, here and below: the review that
        the reviewer read; when it is another one by now, nothing happens.
        """
        candidate = copy.copy(self)
        candidate.review = self.Review.PUBLISHED
        candidate.validate_constraints()
        self._turn("publish", by=by, reason=reason, seen=seen)

    def ask_for_changes(self, *, by, reason: str, seen: str = "") -> None:
        """Send it back to who sent it, with what is to be changed. Else as `publish`."""
        self._turn("ask_for_changes", by=by, reason=reason, seen=seen)

    def reject(self, *, by, reason: str, seen: str = "") -> None:
        """Show it to nobody (any more). Else as `publish`."""
        self._turn("reject", by=by, reason=reason, seen=seen)

    def reopen(self, *, by, reason: str, seen: str = "") -> None:
        """Take the last decision back: it waits for review again. Else as `publish`."""
        self._turn("reopen", by=by, reason=reason, seen=seen)

    def send_again(self, reason: str) -> None:
        """Who sent it made the changes that were asked for: it waits again. Who decided last, and
        when, stays: the next round shows what changed since. WrongState when nothing was asked."""
        with transaction.atomic():
            asked = type(self).objects.filter(pk=self.pk, review=self.Review.CHANGES_REQUESTED)
            if not asked.update(review=self.Review.SUBMITTED, changed_at=timezone.now()):
                self.refresh_from_db(fields=["review"])
                raise WrongState(self.get_review_display())
            self.refresh_from_db()
            type(self).history.bulk_history_create(
                [self], update=True, default_change_reason=reason[:200]
            )

    def _turn(self, verb: str, *, by, reason: str, seen: str) -> None:
        to, sources = self.turns()[verb]
        sources = [one for one in sources if seen in ("", one)]
        with transaction.atomic():
            now = timezone.now()
            rows = type(self).objects.filter(pk=self.pk, review__in=sources)
            if not rows.update(review=to, reviewed_by=by, reviewed_at=now, changed_at=now):
                self.refresh_from_db(fields=["review", "reviewed_by", "reviewed_at"])
                raise WrongState(self.get_review_display())
            self.refresh_from_db()
            type(self).history.bulk_history_create(
                [self], update=True, default_user=by, default_change_reason=reason
            )
            RegistryVersion.move_on()


def stored_name(instance: "StoredFile", filename: str) -> str:
    """A random name in a folder of two letters; nothing of the sender's name but its ending."""
    ending = PurePath(filename).suffix.lower()
    ending = ending if ending in {".pdf", ".jpg", ".jpeg", ".png", ".webp"} else ".bin"
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name}{ending}"


class StoredFile(models.Model):
    """A file with its fingerprint, private unless said public."""

    file = models.FileField(_("file"), upload_to=stored_name, blank=True)
    file_name = models.CharField(_("file name"), max_length=200, blank=True, editable=False)
    file_size = models.PositiveBigIntegerField(_("size in bytes"), default=0, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    is_public = models.BooleanField(_("everyone may see it"), default=False)

    class Meta:
        abstract = True

    def take_fingerprint(self) -> None:
        """Set name, size and SHA-256 from the file; call before saving a new file."""
        if not self.file:
            self.file_name, self.file_size, self.sha256 = "", 0, ""
            return
        digest = hashlib.sha256()
        for chunk in self.file.chunks():
            digest.update(chunk)
        self.sha256, self.file_size = digest.hexdigest(), self.file.size
        if not self.file._committed:
            self.file_name = PurePath(self.file.name).name[-200:]
