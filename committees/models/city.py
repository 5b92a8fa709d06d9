"""Places that can be twinned, and their names."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sistercities.countries import country_name
from sistercities.folding import fold
from sistercities.history import History
from sistercities.models import Address, FoldedField, Published, Timestamped
from sistercities.models.address import slug_of
from sistercities.partialdates import PartialDateField


class CityQuerySet(models.QuerySet):
    """Adjectives for places."""

    def listed(self):
        """Those with a page in the public list: they have a published tie or committee.

        Asked as IN, not as a bare condition, which SQLite could not look up in an index.
        """
        return self.filter(is_listed__in=(True,))

    def standing(self):
        """Those that have not been merged into another record."""
        return self.filter(merged_into=None)


class City(Timestamped):
    """A city, town, municipality, county or state that has ties or may have them.

    The primary key is the permanent number of the short address /c/<number>. Most rows come from
    the gazetteer and are not listed until a tie or a committee is published.
    """

    class PlaceType(models.TextChoices):
        """What kind of place it is."""

        CITY = "city", _("City")
        TOWN = "town", _("Town")
        MUNICIPALITY = "municipality", _("Municipality")
        BOROUGH = "borough", _("Borough or district")
        COUNTY = "county", _("County")
        STATE = "state", _("State or province")

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=160, unique=True, blank=True)
    place_type = models.CharField(
        _("type of place"), max_length=14, choices=PlaceType, default=PlaceType.CITY
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    region = models.ForeignKey(
        "committees.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cities",
        verbose_name=_("state or region"),
    )
    country = models.CharField(
        _("country"),
        max_length=2,
        validators=[RegexValidator(r"^[A-Z]{2}\Z", _("Write the two-letter code, such as MX."))],
        help_text=_("Two-letter code, such as MX or US"),
    )
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    population = models.PositiveIntegerField(_("population"), default=0, blank=True)
    population_year = models.PositiveSmallIntegerField(
        _("year of the population"), null=True, blank=True
    )
    founded = PartialDateField(_("founded"), null=True, blank=True)
    incorporated = PartialDateField(_("incorporated"), null=True, blank=True)
    government = models.CharField(_("form of government"), max_length=120, blank=True)
    official_site = models.URLField(_("official site"), blank=True)
    geonames_id = models.PositiveIntegerField(_("GeoNames id"), null=True, blank=True, unique=True)
    wikidata_id = models.CharField(
        _("Wikidata id"),
        max_length=12,
        null=True,
        blank=True,
        unique=True,
        validators=[RegexValidator(r"^Q[1-9]\d*\Z", _("Write an id such as Q51701."))],
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("succeeded by"),
        help_text=_("The place that took over after a merger of municipalities"),
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="duplicates"
    )
    about = models.TextField(_("about the city"), max_length=600, blank=True)
    about_source = models.CharField(_("source of the text"), max_length=200, blank=True)

    sort_name = FoldedField(max_length=200, editable=False)
    is_listed = models.BooleanField(_("in the public list"), default=False, editable=False)
    tie_count = models.PositiveIntegerField(_("ties"), default=0, editable=False)
    first_tie_year = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    counted_as = models.CharField(max_length=200, blank=True, default="", editable=False)

    objects = CityQuerySet.as_manager()

    DERIVED = ("sort_name", "is_listed", "tie_count", "first_tie_year", "counted_as")

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="city_latitude_range",
                condition=Q(latitude=None) | Q(latitude__range=(-90, 90)),
                violation_error_message=_("Latitude goes from -90 to 90."),
            ),
            models.CheckConstraint(
                name="city_longitude_range",
                condition=Q(longitude=None) | Q(longitude__range=(-180, 180)),
                violation_error_message=_("Longitude goes from -180 to 180."),
            ),
            models.CheckConstraint(
                name="city_is_not_part_of_itself",
                condition=Q(parent=None) | ~Q(parent=F("id")),
                violation_error_message=_("A place cannot be part of itself."),
            ),
            models.CheckConstraint(
                name="city_does_not_succeed_itself",
                condition=Q(successor=None) | ~Q(successor=F("id")),
                violation_error_message=_("A place cannot succeed itself."),
            ),
        ]
        indexes = [
            models.Index(fields=["is_listed", "sort_name", "id"], name="city_by_name"),
            models.Index(fields=["is_listed", "-tie_count", "sort_name"], name="city_by_ties"),
            models.Index(fields=["is_listed", "-population", "sort_name"], name="city_by_people"),
            models.Index(fields=["is_listed", "country", "sort_name"], name="city_by_country"),
            models.Index(fields=["country", "sort_name"], name="city_in_country"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.place}" if self.place else self.name

    def save(self, *args, **kwargs) -> None:
        """Keep the folded name, the slug and its address in step with the name."""
        self.name = " ".join(self.name.split())
        self.sort_name = fold(self.name)[:200]
        if not self.slug:
            self.slug = Address.free("city", self.wanted_slug())
        super().save(*args, **kwargs)
        Address.keep("city", self.slug, self.pk)
        CityName.objects.get_or_create(
            city=self,
            folded=self.sort_name,
            defaults={"name": self.name, "kind": CityName.Kind.OFFICIAL},
        )

    def get_absolute_url(self) -> str:
        """The public page in the reader's language."""
        return reverse("public:city", args=[self.slug])

    def wanted_slug(self) -> str:
        """Name, state (where it has an abbreviation) and country: gomez-palacio-dgo-mx."""
        state = slug_of(self.region.abbreviation) if self.region else ""
        parts = [slug_of(self.name) or f"{self.place_type}", state, self.country.lower()]
        return "-".join(part for part in parts if part)

    @property
    def country_name(self) -> str:
        """The country's name in the reader's language."""
        return country_name(self.country, get_language() or "es")

    @property
    def place(self) -> str:
        """State and country in the reader's language: "Durango, México"."""
        parts = [self.region.local_name if self.region else "", self.country_name]
        return ", ".join(part for part in parts if part)

    @property
    def whole_name(self) -> str:
        """As the title of a page, which tells it from its namesakes."""
        kind = ""
        if self.place_type != self.PlaceType.CITY:
            kind = f" ({self.get_place_type_display().lower()})"
        return f"{self.name}{kind}, {self.place}"

    @property
    def has_page(self) -> bool:
        """Whether its address shows it."""
        return self.is_listed and self.merged_into_id is None

    @property
    def has_coordinates(self) -> bool:
        """Whether it can be drawn on a map."""
        return self.latitude is not None and self.longitude is not None


class CityName(Published):
    """One name of a place: its own, a former one, another language's, or an alias."""

    class Kind(models.TextChoices):
        """Where the name stands."""

        OFFICIAL = "official", _("Official")
        FORMER = "former", _("Former")
        ALIAS = "alias", _("Also known as")
        GAZETTEER = "gazetteer", _("From the gazetteer")

    city = models.ForeignKey(City, models.CASCADE, related_name="names", verbose_name=_("city"))
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=8, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ALIAS)
    folded = FoldedField(max_length=200, editable=False)

    history = History(derived=("folded",))

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "folded"],
                name="one_name_per_city",
                violation_error_message=_("The city already has this name."),
            )
        ]
        indexes = [models.Index(fields=["folded"], name="cityname_folded")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """Fold the name for searching."""
        self.folded = fold(self.name)[:200]
        super().save(*args, **kwargs)
