"""Committees and associations at every level."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.rights import CommitteeQuerySet
from sistercities.folding import fold
from sistercities.history import History
from sistercities.models import Address, FoldedField, Published, Reviewed
from sistercities.models.address import slug_of
from sistercities.partialdates import PartialDateField, not_before


class Committee(Reviewed):
    """A local committee, a state or national association, or the international body."""

    class Level(models.TextChoices):
        """What it is the sum of: the national association of the committees, and so on up."""

        LOCAL = "local", _("Local committee")
        STATE = "state", _("State association")
        NATIONAL = "national", _("National association")
        INTERNATIONAL = "international", _("International body")

    class State(models.TextChoices):
        """How it lives."""

        FORMING = "forming", _("Being founded")
        ACTIVE = "active", _("Active")
        DORMANT = "dormant", _("Dormant")
        DISSOLVED = "dissolved", _("Dissolved")

    class Colour(models.TextChoices):
        """The tested colour themes of a committee's page (static/css/site.css)."""

        GREEN = "green", _("Green")
        BLUE = "blue", _("Blue")
        WINE = "wine", _("Wine")
        CLAY = "clay", _("Clay")
        VIOLET = "violet", _("Violet")
        GRAPHITE = "graphite", _("Graphite")

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    slug = models.SlugField(
        _("slug"),
        max_length=160,
        unique=True,
        blank=True,
        validators=[RegexValidator(r"\D", _("An address needs at least one letter."))],
    )
    level = models.CharField(_("level"), max_length=14, choices=Level, default=Level.LOCAL)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACTIVE)
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Empty for the international body")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("belongs to"),
    )
    cities = models.ManyToManyField(
        "committees.City",
        through="committees.CommitteeCity",
        related_name="committees",
        verbose_name=_("cities"),
    )
    founded = PartialDateField(_("founded"), null=True, blank=True)
    dissolved = PartialDateField(_("dissolved"), null=True, blank=True)
    about = models.TextField(_("about the committee"), max_length=4000, blank=True)
    mission = models.TextField(_("what it does"), max_length=1000, blank=True)
    meetings = models.CharField(_("when and where it meets"), max_length=300, blank=True)
    contact_role = models.CharField(_("who answers"), max_length=120, blank=True)
    public_email = models.EmailField(
        _("public e-mail"), blank=True, help_text=_("Shown to everyone; leave empty to hide it")
    )
    public_phone = models.CharField(_("public telephone"), max_length=40, blank=True)
    website = models.URLField(_("own web site"), blank=True)
    colour = models.CharField(_("colour"), max_length=10, choices=Colour, default=Colour.GREEN)
    is_demo = models.BooleanField(_("invented for the demo"), default=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="duplicates"
    )
    sort_name = FoldedField(max_length=200, editable=False)

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        ordering = ["sort_name", "pk"]
        permissions = [("review_committee", _("Can review committees"))]
        constraints = [
            models.CheckConstraint(
                name="committee_is_not_its_own_parent",
                condition=Q(parent=None) | ~Q(parent=F("id")),
                violation_error_message=_("A committee cannot belong to itself."),
            ),
            models.CheckConstraint(
                name="committee_dissolved_after_founded",
                condition=not_before("founded", "dissolved"),
                violation_error_message=_("A committee cannot end before it began."),
            ),
            models.UniqueConstraint(
                fields=["level"],
                condition=Q(level="international", review="published"),
                name="one_international_body",
                violation_error_message=_("There is one international body only."),
            ),
        ]
        indexes = [models.Index(fields=["review", "level", "sort_name"], name="committee_by_level")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """Keep the folded name, the slug and its address in step with the name."""
        self.sort_name = fold(self.name)[:200]
        if not self.slug:
            self.slug = Address.free("committee", slug_of(self.short_name or self.name))
        super().save(*args, **kwargs)
        Address.keep("committee", self.slug, self.pk)

    def get_absolute_url(self) -> str:
        """The public page in the reader's language."""
        return reverse("public:committee", args=[self.slug])


class CommitteeCity(Published):
    """That a committee serves a city; one association may serve two."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="city_links")
    city = models.ForeignKey(
        "committees.City", models.PROTECT, related_name="committee_links", verbose_name=_("city")
    )
    since = PartialDateField(_("since"), null=True, blank=True)
    until = PartialDateField(_("until"), null=True, blank=True)

    history = History()

    class Meta:
        verbose_name = _("city of a committee")
        verbose_name_plural = _("cities of a committee")
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "city"],
                name="city_once_per_committee",
                violation_error_message=_("The committee already serves this city."),
            ),
            models.CheckConstraint(
                name="committee_city_until_after_since",
                condition=not_before("since", "until"),
                violation_error_message=_("It cannot end before it began."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee} · {self.city}"
