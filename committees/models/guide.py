"""Guides: what the national office advises everybody who founds, signs, registers or travels."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sistercities.bilingual import text_of
from sistercities.models import Address, Reviewed, Timestamped
from sistercities.models.address import slug_of
from sistercities.models.base import ReviewedQuerySet
from sistercities.models.ownfile import OwnsFile


class Topic(models.TextChoices):
    """What guides and requests for advice are about."""

    FOUNDING = "founding", _("Founding a committee")
    AGREEMENT = "agreement", _("The agreement of two cities")
    COUNCIL_ACT = "council_act", _("The council's act")
    REGISTRATION = "registration", _("The ministry's registration")
    VISAS = "visas", _("Visas for students")
    OTHER = "other", _("Something else")


class GuideQuerySet(ReviewedQuerySet):
    """Adjectives for guides."""

    def suggested(self, topic: str):
        """All, those of a topic first."""
        fits = models.Case(models.When(topic=topic, then=0), default=1)
        return self.order_by(fits, "rank", "pk")


class Guide(Reviewed):
    """A text for everyone, of plain paragraphs, in two languages if there are two."""

    topic = models.CharField(_("topic"), max_length=12, choices=Topic)
    title = models.CharField(_("title"), max_length=150, blank=True)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    text = models.TextField(
        _("text"),
        max_length=12000,
        blank=True,
        help_text=_("Plain text; an empty line begins a paragraph, web addresses become links"),
    )
    slug = models.SlugField(
        _("slug"),
        max_length=160,
        unique=True,
        blank=True,
        validators=[RegexValidator(r"\D", _("An address needs at least one letter."))],
    )
    rank = models.PositiveSmallIntegerField(_("order"), default=50)
    came_as = models.CharField(max_length=40, blank=True, editable=False)
    """The key of the text that came with the software; empty for the office's own."""

    objects = GuideQuerySet.as_manager()

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
        permissions = [("review_guide", _("Can review guides"))]
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["came_as"], condition=~Q(came_as=""), name="each_delivered_guide_once"
            )
        ]

    def __str__(self) -> str:
        return str(text_of(self, "title")) or self.slug

    def save(self, *args, **kwargs) -> None:
        """Keep the slug and its address in step with the title."""
        if not self.slug:
            wanted = slug_of(self.title_es or self.title_en or "") or "guide"
            self.slug = Address.free("guide", wanted)
        super().save(*args, **kwargs)
        Address.keep("guide", self.slug, self.pk)

    def get_absolute_url(self) -> str:
        """The public page in the reader's language."""
        return reverse("public:guide", args=[self.slug])


class GuideFileQuerySet(models.QuerySet):
    """Adjectives for files of guides."""

    def public(self):
        """Those that everyone may have."""
        return self.filter(is_public=True, guide__review=Guide.Review.PUBLISHED)


class GuideFile(OwnsFile, Timestamped):
    """A PDF that belongs to a guide: a form to fill in, a model to sign."""

    guide = models.ForeignKey(Guide, models.PROTECT, related_name="files", verbose_name=_("guide"))
    description = models.CharField(_("what it is"), max_length=150, blank=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_("Empty for a file in both languages"),
    )
    is_public = models.BooleanField(_("everyone may see it"), default=True)

    objects = GuideFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a guide")
        verbose_name_plural = _("files of a guide")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="guide_file_has_fingerprint",
                condition=~Q(file="") & ~Q(sha256=""),
                violation_error_message=_("Choose a file."),
            )
        ]

    def __str__(self) -> str:
        return str(text_of(self, "description")) or self.file_name

    @property
    def file_url(self) -> str:
        """Where the file is handed out."""
        return reverse("public:guide-file", args=[self.pk])
