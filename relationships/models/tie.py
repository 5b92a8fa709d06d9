"""A tie between two cities: one row for ever; its story is its events."""

from django.db import models
from django.db.models import Case, Exists, F, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from committees.models import City, CommitteeCity
from sistercities.history import History
from sistercities.models import Address, FoldedField, Reviewed, Timestamped
from sistercities.models.base import ReviewedQuerySet
from sistercities.partialdates import PartialDateField, not_before

CONNECTORS = {"es": "y", "en": "and"}
IN_FORCE_FIRST = (F("ended").asc(nulls_first=True), "sort_name", "pk")
"""An order of ties; both databases put what has no end first."""


class Side(models.TextChoices):
    """One of a tie's two cities."""

    A = "a", _("First city")
    B = "b", _("Second city")


def served_by(committee) -> QuerySet:
    """The cities in whose name a committee speaks today, for a subquery."""
    served = CommitteeCity.objects.filter(committee=committee, until=None)
    return served.order_by().values("city")


def own_side(committee, tie: str = "") -> Case:
    """On which side of a tie a committee stands: "a", "b", or "" when nobody can tell.

    Its city decides; a committee that serves neither speaks for the only city of its country; one
    that serves both, for the first. `tie` leads to the tie: "tie__".
    """
    cities, country = served_by(committee), committee.country
    at_home = {f"{tie}city_a__country": country}, {f"{tie}city_b__country": country}
    return Case(
        When(Q(**{f"{tie}city_a__in": cities}), then=Value(Side.A.value)),
        When(Q(**{f"{tie}city_b__in": cities}), then=Value(Side.B.value)),
        When(Q(**at_home[0]) & ~Q(**at_home[1]), then=Value(Side.A.value)),
        When(Q(**at_home[1]) & ~Q(**at_home[0]), then=Value(Side.B.value)),
        default=Value(""),
        output_field=models.CharField(),
    )


class OfATieQuerySet(ReviewedQuerySet):
    """Adjectives for what two cities do: exchanges and donations."""

    def for_committee(self, committee):
        """All of its ties that its desk may see, each with `own_side`: what is published, and what
        is not but was entered by its own side or by nobody yet."""
        gone = (Reviewed.Review.REJECTED, Reviewed.Review.MERGED)
        rows = self.exclude(review__in=gone).annotate(own_side=own_side(committee, "tie__"))
        return rows.filter(
            Q(review=Reviewed.Review.PUBLISHED) | Q(entered_by__in=["", F("own_side")]),
            tie__in=Tie.objects.for_committee(committee),
        )


class TieQuerySet(ReviewedQuerySet):
    """Adjectives for ties."""

    def of(self, city):
        """Ties of one city, on either side."""
        return self.filter(Q(city_a=city) | Q(city_b=city))

    def for_committee(self, committee):
        """All that a committee's desk may see: ties of the cities that it serves today, or the one
        tie that it was made for; also those that are not published, but for refused ones."""
        single = TieCommittee.objects.filter(committee=committee)
        served = CommitteeCity.objects.filter(committee=committee, until=None)
        cities = served.filter(~Exists(single)).order_by().values("city")
        gone = (Reviewed.Review.REJECTED, Reviewed.Review.MERGED)
        return self.exclude(review__in=gone).filter(
            Q(city_a__in=cities) | Q(city_b__in=cities) | Q(pk__in=single.values("tie"))
        )

    def with_side(self, committee):
        """With `own_side`: on which side the committee stands; see `side_of`."""
        return self.annotate(own_side=own_side(committee))

    def in_force(self):
        """Ties that have not ended."""
        return self.exclude(status=Tie.Status.ENDED)

    def with_cities(self):
        """With all that a tie's name and place need, in the same query."""
        return self.select_related("city_a__region", "city_b__region")


class Tie(Reviewed):
    """A lasting bond between two cities. It has no direction: city_a has the lower number.

    Five independent axes (kind, stage, vitality, reciprocity, review); stage, vitality,
    reciprocity and all columns named in DERIVED come from `relationships.deriving` only.
    """

    class Kind(models.TextChoices):
        """What the two cities call it."""

        SISTER_CITY = "sister_city", _("Sister cities")
        FRIENDSHIP_CITY = "friendship_city", _("Friendship cities")
        PROJECT = "project", _("Project partners")
        CONTACT = "contact", _("Contact")
        SISTER_STATE = "sister_state", _("Sister states")
        SISTER_COUNTY = "sister_county", _("Sister counties")
        OTHER = "other", _("Other")

    class Stage(models.TextChoices):
        """How far it has come, by its events."""

        IDEA = "idea", _("Idea")
        CONTACT = "contact", _("First contact")
        LETTER_OF_INTENT = "letter_of_intent", _("Letter of intent")
        COUNCIL_APPROVAL = "council_approval", _("Approved by the council")
        MINISTRY_OPINION = "ministry_opinion", _("Opinion of the ministry")
        SIGNED = "signed", _("Signed")
        REGISTERED = "registered", _("Registered")
        SUSPENDED = "suspended", _("Suspended")
        ENDED = "ended", _("Ended")

    class Vitality(models.TextChoices):
        """How recently it gave a sign of life."""

        ACTIVE = "active", _("Active")
        UNCONFIRMED = "unconfirmed", _("To be confirmed")
        DORMANT = "dormant", _("Dormant")
        EMERITUS = "emeritus", _("Emeritus")

    class Reciprocity(models.TextChoices):
        """Which sides say that it exists."""

        MUTUAL = "mutual", _("Stated by both sides")
        ONE_SIDED_A = "one_sided_a", _("Stated by the first city only")
        ONE_SIDED_B = "one_sided_b", _("Stated by the second city only")
        UNCLAIMED = "unclaimed", _("Stated by neither side")
        DISPUTED = "disputed", _("Disputed")

    class Status(models.TextChoices):
        """The one word of five that visitors see, from stage and vitality."""

        PROPOSED = "proposed", _("Proposed")
        ACTIVE = "active", _("Active")
        UNCONFIRMED = "unconfirmed", _("To be confirmed")
        DORMANT = "dormant", _("Dormant")
        ENDED = "ended", _("Ended")

    city_a = models.ForeignKey(
        City, models.PROTECT, related_name="ties_as_a", verbose_name=_("first city")
    )
    city_b = models.ForeignKey(
        City, models.PROTECT, related_name="ties_as_b", verbose_name=_("second city")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.SISTER_CITY)
    fields = models.CharField(
        _("fields of cooperation"), max_length=300, blank=True, help_text=_("Separated by commas")
    )
    signatories = models.CharField(_("who signed"), max_length=300, blank=True)
    term = models.CharField(_("term and renewal"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), max_length=1000, blank=True)
    vitality_override = models.CharField(
        _("vitality set by the office"), max_length=12, choices=Vitality, blank=True
    )
    override_reason = models.CharField(_("reason"), max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="duplicates"
    )

    stage = models.CharField(
        _("stage"), max_length=16, choices=Stage, default=Stage.IDEA, editable=False
    )
    vitality = models.CharField(
        _("vitality"),
        max_length=12,
        choices=Vitality,
        default=Vitality.UNCONFIRMED,
        editable=False,
    )
    reciprocity = models.CharField(
        _("reciprocity"),
        max_length=12,
        choices=Reciprocity,
        default=Reciprocity.UNCLAIMED,
        editable=False,
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.PROPOSED, editable=False
    )
    since = PartialDateField(_("since"), null=True, blank=True, editable=False)
    ended = PartialDateField(_("ended"), null=True, blank=True, editable=False)
    oldest_first = models.SmallIntegerField(default=9999, editable=False)
    newest_first = models.SmallIntegerField(default=9999, editable=False)
    anniversary = models.CharField(max_length=5, blank=True, default="", editable=False)
    last_sign_of_life = models.DateField(_("last sign of life"), null=True, editable=False)
    last_confirmed = models.DateField(_("last confirmed"), null=True, editable=False)
    distance_km = models.PositiveIntegerField(_("distance in km"), null=True, editable=False)
    country_pair = models.CharField(max_length=5, default="", editable=False)
    sort_name = FoldedField(max_length=400, default="", editable=False)
    slug = models.CharField(max_length=160, default="", editable=False)
    counted_as = models.CharField(max_length=400, blank=True, default="", editable=False)

    objects = TieQuerySet.as_manager()

    DERIVED = (
        "stage",
        "vitality",
        "reciprocity",
        "status",
        "since",
        "ended",
        "oldest_first",
        "newest_first",
        "anniversary",
        "last_sign_of_life",
        "last_confirmed",
        "distance_km",
        "country_pair",
        "sort_name",
        "slug",
        "counted_as",
    )

    class Meta:
        verbose_name = _("tie")
        verbose_name_plural = _("ties")
        ordering = ["sort_name", "pk"]
        permissions = [("review_tie", _("Can review ties"))]
        constraints = [
            models.CheckConstraint(
                name="tie_cities_in_order",
                condition=Q(city_a__lt=F("city_b")),
                violation_error_message=_("A city cannot be tied to itself."),
            ),
            models.UniqueConstraint(
                fields=["city_a", "city_b"],
                name="one_tie_per_pair",
                violation_error_message=_("These two cities already have a tie."),
            ),
            models.CheckConstraint(
                name="tie_ended_after_since",
                condition=not_before("since", "ended"),
                violation_error_message=_("A tie cannot end before it began."),
            ),
            models.CheckConstraint(
                name="tie_override_has_reason",
                condition=Q(vitality_override="") | ~Q(override_reason=""),
                violation_error_message=_("Say why the office sets the vitality by hand."),
            ),
            models.CheckConstraint(
                name="tie_merged_points_somewhere",
                condition=~Q(review="merged") | Q(merged_into__isnull=False),
                violation_error_message=_("A merged tie names the tie that it became."),
            ),
        ]
        indexes = [
            models.Index(fields=["review", "sort_name", "id"], name="tie_by_name"),
            models.Index(fields=["review", "oldest_first", "sort_name", "id"], name="tie_oldest"),
            models.Index(fields=["review", "newest_first", "sort_name", "id"], name="tie_newest"),
            models.Index(fields=["review", "country_pair", "sort_name", "id"], name="tie_by_pair"),
            models.Index(fields=["review", "status", "sort_name", "id"], name="tie_by_status"),
            models.Index(fields=["review", "kind", "sort_name", "id"], name="tie_by_kind"),
            models.Index(fields=["review", "reciprocity", "sort_name", "id"], name="tie_by_voice"),
            models.Index(fields=["review", "anniversary"], name="tie_by_anniversary"),
            models.Index(fields=["slug"], name="tie_by_slug"),
            models.Index(
                fields=["review", "reciprocity", "status", "created_at"], name="tie_one_sided"
            ),
            models.Index(fields=["review", "status", "last_sign_of_life"], name="tie_quiet"),
        ]

    def __str__(self) -> str:
        return f"{self.first.name} – {self.second.name}"

    def save(self, *args, **kwargs) -> None:
        """Put the pair in order; the rest of the columns is derived."""
        if self.city_a_id and self.city_b_id and self.city_a_id > self.city_b_id:
            self.city_a, self.city_b = self.city_b, self.city_a
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Put the pair in order, so that the constraints are asked the right question."""
        if self.city_a_id and self.city_b_id and self.city_a_id > self.city_b_id:
            self.city_a, self.city_b = self.city_b, self.city_a

    def get_absolute_url(self) -> str:
        """The public page in the reader's language."""
        return reverse("public:tie", args=[self.slug_in(get_language() or "es")])

    def slug_in(self, language: str) -> str:
        """The slug with the connector of a language: gomez-palacio-y-south-el-monte."""
        return self.slug.replace("_", f"-{CONNECTORS.get(language[:2], 'y')}-")

    def keep_addresses(self) -> None:
        """Write down both languages' slugs as this tie's for ever."""
        for language in CONNECTORS:
            Address.keep("tie", self.slug_in(language), self.pk)

    @property
    def first(self) -> City:
        """The city that comes first in the alphabet: the name of a tie begins with it."""
        return min(self.city_a, self.city_b, key=lambda city: (city.sort_name, city.pk))

    @property
    def second(self) -> City:
        """The other one."""
        return self.city_b if self.first == self.city_a else self.city_a

    def other(self, city: City) -> City:
        """The sister of one of its cities."""
        return self.city_b if city.pk == self.city_a_id else self.city_a

    @property
    def has_ended(self) -> bool:
        """Whether its last word is its end."""
        return self.stage == self.Stage.ENDED


class TieCommittee(Timestamped):
    """A committee that exists for one single tie of its city."""

    committee = models.OneToOneField(
        "committees.Committee",
        models.PROTECT,
        related_name="single_tie",
        verbose_name=_("committee"),
    )
    tie = models.ForeignKey(
        Tie, models.PROTECT, related_name="own_committees", verbose_name=_("tie")
    )

    history = History()

    class Meta:
        verbose_name = _("committee of a single tie")
        verbose_name_plural = _("committees of a single tie")

    def __str__(self) -> str:
        return f"{self.committee} · {self.tie}"
