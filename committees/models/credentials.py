"""The credentials of a convention as they stood when the office closed them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models.convention import Convention


class Credentials(models.Model):
    """A closed list: it stays as it was, whatever is registered, paid or named afterwards."""

    convention = models.ForeignKey(
        Convention, models.PROTECT, related_name="credentials", verbose_name=_("convention")
    )
    day = models.DateField(_("day"))
    quorum = models.PositiveIntegerField(_("votes for a quorum"))
    closed_at = models.DateTimeField(_("closed at"), default=timezone.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("closed by")
    )
    set_aside_at = models.DateTimeField(_("set aside at"), null=True, blank=True)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("set aside by"),
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("list of credentials")
        verbose_name_plural = _("lists of credentials")
        ordering = ["-closed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "day"],
                condition=Q(set_aside_at=None),
                name="one_closed_list_a_day",
                violation_error_message=_("The list of this day is closed already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.convention} · {self.day}"


class Credential(models.Model):
    """The line of one committee in a closed list."""

    class Vote(models.TextChoices):
        """Who votes for it, or why nobody does."""

        DELEGATE = "delegate", _("The delegate votes")
        ALTERNATE = "alternate", _("The alternate votes")
        OWING = "owing", _("Not in good standing")
        VOICE = "voice", _("Its class has no vote")
        UNNAMED = "unnamed", _("No letter names a delegate")
        ABSENT = "absent", _("Neither is here")

        @classmethod
        def counted(cls) -> tuple[str, str]:
            """Those that are one vote."""
            return cls.DELEGATE, cls.ALTERNATE

    credentials = models.ForeignKey(Credentials, models.CASCADE, related_name="lines")
    committee = models.ForeignKey("committees.Committee", models.PROTECT, related_name="+")
    is_in_good_standing = models.BooleanField()
    delegate = models.ForeignKey("committees.Person", models.PROTECT, null=True, related_name="+")
    delegate_name = models.CharField(max_length=150, blank=True)
    delegate_is_here = models.BooleanField(default=False)
    alternate = models.ForeignKey("committees.Person", models.PROTECT, null=True, related_name="+")
    alternate_name = models.CharField(max_length=150, blank=True)
    alternate_is_here = models.BooleanField(default=False)
    vote = models.CharField(max_length=9, choices=Vote)

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        ordering = ["committee__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["credentials", "committee"],
                name="one_vote_per_committee",
                violation_error_message=_("A committee has one vote."),
            ),
            models.CheckConstraint(
                name="only_good_standing_votes",
                condition=Q(is_in_good_standing=True) | ~Q(vote__in=["delegate", "alternate"]),
                violation_error_message=_("A committee that owes its dues has no vote."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.committee)
