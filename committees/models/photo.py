"""Photos of a committee: made anew from what was sent, with a description and consent."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.models.committee import Committee
from committees.models.showing import ItsFile, OnThePage, OnThePageQuerySet
from sistercities.models import Attachment, Timestamped
from sistercities.partialdates import PartialDateField

PURPOSE = "committees.photo"


class PhotoQuerySet(OnThePageQuerySet):
    """Adjectives for photos."""

    def for_committee(self, committee):
        """All photos of one committee. The one door to photos at a desk."""
        return self.filter(committee=committee)


class Photo(ItsFile, OnThePage, Timestamped):
    """A picture that the committee shows; hidden again rather than deleted.

    Its file is handed out to everyone while the photo is public, and else to the desk only.
    """

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="photos", verbose_name=_("committee")
    )
    file = models.OneToOneField(
        Attachment, models.PROTECT, related_name="photo", verbose_name=_("file")
    )
    description = models.CharField(_("what the photo shows"), max_length=300, blank=True)
    taken = PartialDateField(_("taken"), null=True, blank=True)
    has_consent = models.BooleanField(
        _("the people in the photo agreed, and the parents of minors"), default=False
    )
    is_public = models.BooleanField(_("everyone may see it"), default=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="photo_shown_with_consent",
                condition=Q(is_public=False) | Q(has_consent=True),
                violation_error_message=_("A photo is shown only when the people in it agreed."),
            ),
            OnThePage.hidden_stays_hidden("photo_hidden_stays_hidden"),
        ]
        indexes = [models.Index(fields=["committee", "is_public", "-id"], name="photo_shown")]

    def __str__(self) -> str:
        return self.description or str(self.pk)

    def get_absolute_url(self) -> str:
        """The public page in the reader's language."""
        return reverse("public:committee-photo", args=[self.committee.slug, self.pk])
