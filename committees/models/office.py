"""Offices of a committee's board and the terms in which people hold them."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sistercities.database_rules import register, two_at_once
from sistercities.history import History
from sistercities.models import Published, Timestamped


class Office(Published):
    """An office of the board (mesa directiva), named in both languages."""

    class Role(models.TextChoices):
        """What its holder may do at the committee's desk."""

        COORDINATOR = "coordinator", _("Coordinator")
        EDITOR = "editor", _("Editor")
        VIEWER = "viewer", _("Viewer")

        @classmethod
        def at_least(cls, role: str) -> list[str]:
            """A role and those that include it: coordinator ⊃ editor ⊃ viewer."""
            return cls.values[: cls.values.index(role) + 1]

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=80)
    role = models.CharField(_("rights"), max_length=12, choices=Role, default=Role.VIEWER)
    is_exclusive = models.BooleanField(_("one holder at a time"), default=True)
    rank = models.PositiveSmallIntegerField(_("order"), default=50)
    on_board = models.BooleanField(
        _("of the board"), default=True, help_text=_("Helpers with access only are not shown")
    )

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["rank", "code"]

    def __str__(self) -> str:
        return self.name or self.code


class OfficeTermQuerySet(models.QuerySet):
    """Adjectives for terms; every dated question takes the day."""

    def for_committee(self, committee):
        """Those of one committee. The one door to terms at a desk."""
        return self.filter(committee=committee)

    def lasting(self, on=None):
        """Terms that run on a day (today unless given) or will."""
        on = on or timezone.localdate()
        return self.filter(Q(ends=None) | Q(ends__gte=on))

    def current(self, on=None):
        """Terms that run on a day (today unless given)."""
        on = on or timezone.localdate()
        return self.filter(begins__lte=on).filter(Q(ends=None) | Q(ends__gte=on))


class OfficeTerm(Timestamped):
    """A person in an office of a committee, from the first to the last day, both counted."""

    office = models.ForeignKey(
        Office, models.PROTECT, related_name="terms", verbose_name=_("office")
    )
    committee = models.ForeignKey(
        "committees.Committee", models.PROTECT, related_name="terms", verbose_name=_("committee")
    )
    person = models.ForeignKey(
        "committees.Person", models.PROTECT, related_name="terms", verbose_name=_("person")
    )
    begins = models.DateField(_("first day"))
    ends = models.DateField(_("last day"), null=True, blank=True)
    is_exclusive = models.BooleanField(default=True, editable=False)

    history = History(derived=("is_exclusive",))
    objects = OfficeTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term of office")
        verbose_name_plural = _("terms of office")
        ordering = ["committee", "office__rank", "-begins"]
        constraints = [
            models.CheckConstraint(
                name="term_ends_after_it_begins",
                condition=Q(ends=None) | Q(ends__gte=F("begins")),
                violation_error_message=_("A term cannot end before it began."),
            )
        ]
        indexes = [models.Index(fields=["committee", "office", "begins"], name="term_of_committee")]

    def __str__(self) -> str:
        return f"{self.office}: {self.person}"

    def save(self, *args, **kwargs) -> None:
        """Copy from the office whether it has one holder only: the database reads it here."""
        self.is_exclusive = self.office.is_exclusive
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Say in words what the database would refuse: two holders of an exclusive office."""
        from django.core.exceptions import ValidationError

        if not (self.office_id and self.committee_id and self.begins):
            return
        others = OfficeTerm.objects.filter(
            office=self.office, committee=self.committee, is_exclusive=True
        ).exclude(pk=self.pk)
        if self.ends:
            others = others.filter(begins__lte=self.ends)
        others = others.filter(Q(ends=None) | Q(ends__gte=self.begins))
        if self.office.is_exclusive and (other := others.select_related("person").first()):
            raise ValidationError(
                _("%(person)s holds this office on some of these days. End that term first."),
                params={"person": other.person},
            )


one_holder_rule = register(
    two_at_once(
        "one_holder_of_an_exclusive_office",
        table="committees_officeterm",
        same=("office_id", "committee_id"),
        first="begins",
        last="ends",
        only="is_exclusive",
        triggers="one_holder",
    )
)
