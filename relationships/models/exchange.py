"""Exchanges: what two cities do together."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from relationships.models.tie import OfATieQuerySet, Side
from sistercities.currencies import known_currency
from sistercities.folding import fold
from sistercities.models import Address, FoldedField, Reviewed
from sistercities.models.address import slug_of
from sistercities.partialdates import PartialDateField, not_before


class Exchange(Reviewed):
    """A visit, a show, a training, a shipment of help: numbers of people, never names of minors."""

    class Theme(models.TextChoices):
        """The field of the exchange."""

        YOUTH_EDUCATION = "youth_education", _("Youth and education")
        ARTS_CULTURE = "arts_culture", _("Arts and culture")
        SPORTS = "sports", _("Sports")
        CRAFTS = "crafts", _("Crafts")
        TOURISM = "tourism", _("Tourism")
        COMMERCE = "commerce", _("Commerce")
        PROFESSIONAL = "professional", _("Professions")
        MUNICIPAL = "municipal", _("City administration")
        HEALTH = "health", _("Health")
        ENVIRONMENT = "environment", _("Environment")
        HUMANITARIAN = "humanitarian", _("Humanitarian aid")

    class Direction(models.TextChoices):
        """Who travelled."""

        A_TO_B = "a_to_b", _("From the first city to the second")
        B_TO_A = "b_to_a", _("From the second city to the first")
        BOTH = "both", _("In both directions")
        ONLINE = "online", _("Online")

    tie = models.ForeignKey(
        "relationships.Tie", models.PROTECT, related_name="exchanges", verbose_name=_("tie")
    )
    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("slug"), max_length=160, unique=True, blank=True)
    theme = models.CharField(_("theme"), max_length=16, choices=Theme)
    direction = models.CharField(
        _("direction"), max_length=6, choices=Direction, default=Direction.BOTH
    )
    begins = PartialDateField(_("begins"))
    ends = PartialDateField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    travellers = models.PositiveIntegerField(_("travellers"), default=0)
    hosts = models.PositiveIntegerField(_("hosts"), default=0)
    youth = models.PositiveIntegerField(_("of them young people"), default=0)
    volunteers = models.PositiveIntegerField(_("volunteers"), default=0)
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(
        _("currency"), max_length=3, blank=True, validators=[known_currency]
    )
    summary = models.TextField(_("what happened"), max_length=2000, blank=True)
    results = models.TextField(_("what came of it"), max_length=1000, blank=True)
    entered_by = models.CharField(_("entered by"), max_length=1, choices=Side, blank=True)
    acknowledged_on = models.DateField(
        _("acknowledged by the other side on"), null=True, blank=True
    )
    is_demo = models.BooleanField(_("invented for the demo"), default=False)
    sort_name = FoldedField(max_length=160, editable=False)

    objects = OfATieQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")
        ordering = ["-begins", "-pk"]
        permissions = [("review_exchange", _("Can review exchanges"))]
        constraints = [
            models.CheckConstraint(
                name="exchange_ends_after_it_begins",
                condition=not_before("begins", "ends"),
                violation_error_message=_("An exchange cannot end before it began."),
            ),
            models.CheckConstraint(
                name="exchange_cost_has_currency",
                condition=Q(cost=None) | ~Q(currency=""),
                violation_error_message=_("Say in which currency the cost is."),
            ),
            models.CheckConstraint(
                name="exchange_cost_not_negative",
                condition=Q(cost=None) | Q(cost__gte=0),
                violation_error_message=_("A cost cannot be negative."),
            ),
        ]
        indexes = [
            models.Index(fields=["review", "-begins", "-id"], name="exchange_newest"),
            models.Index(fields=["tie", "review", "begins"], name="exchange_of_tie"),
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    def save(self, *args, **kwargs) -> None:
        """Keep folded title, slug and address in step with the title."""
        title = self.title_es or self.title_en or self.title or ""
        self.sort_name = fold(title)[:160]
        if not self.slug:
            wanted = f"{self.begins.year}-{slug_of(title) or 'exchange'}"
            self.slug = Address.free("exchange", wanted)
        super().save(*args, **kwargs)
        Address.keep("exchange", self.slug, self.pk)

    def get_absolute_url(self) -> str:
        """The public page in the reader's language."""
        return reverse("public:exchange", args=[self.slug])

    @property
    def people(self) -> int:
        """All who took part: travellers and hosts."""
        return self.travellers + self.hosts
