"""Documents of a committee: statutes, minutes, agreements."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models.committee import Committee
from committees.models.showing import ItsFile, OnThePage, OnThePageQuerySet
from sistercities.models import Attachment, Timestamped
from sistercities.partialdates import PartialDateField

PURPOSE = "committees.document"


class DocumentQuerySet(OnThePageQuerySet):
    """Adjectives for documents."""

    def for_committee(self, committee):
        """All documents of one committee. The one door to documents at a desk."""
        return self.filter(committee=committee)


class Document(ItsFile, OnThePage, Timestamped):
    """A PDF with its title. Its file is handed out to the desk only, unless it is public."""

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="documents", verbose_name=_("committee")
    )
    file = models.OneToOneField(
        Attachment, models.PROTECT, related_name="document", verbose_name=_("file")
    )
    title = models.CharField(_("title"), max_length=150, blank=True)
    date = PartialDateField(_("date"), null=True, blank=True)
    is_public = models.BooleanField(_("everyone may see it"), default=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-date", "-pk"]
        constraints = [OnThePage.hidden_stays_hidden("document_hidden_stays_hidden")]
        indexes = [models.Index(fields=["committee", "is_public"], name="document_shown")]

    def __str__(self) -> str:
        return self.title
