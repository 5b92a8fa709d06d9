"""What people agreed to have shown on a committee's page: which wording, when, until when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sistercities.models import Published


class ConsentQuerySet(models.QuerySet):
    """Adjectives for consents."""

    def for_committee(self, committee):
        """Those for the page of one committee. The one door to consents at a desk."""
        return self.filter(committee=committee)

    def in_force(self):
        """Those that nobody withdrew."""
        return self.filter(withdrawn_on=None)

    def to_names(self):
        """Those that let a committee's page show a name."""
        return self.in_force().filter(what=Consent.What.NAME)


class Consent(Published):
    """One person's consent to one thing on one committee's page, in the words that they saw.

    It is never changed but to be withdrawn; who agrees again gets a new row. The rows are the
    history.
    """

    class What(models.TextChoices):
        """What is shown."""

        NAME = "name", _("Name on the board")
        PHOTO = "photo", _("Photos that show the person")
        EMAIL = "email", _("E-mail address")
        PHONE = "phone", _("Telephone")

    person = models.ForeignKey(
        "committees.Person", models.PROTECT, related_name="consents", verbose_name=_("person")
    )
    committee = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        related_name="consents",
        verbose_name=_("committee"),
    )
    what = models.CharField(_("what"), max_length=8, choices=What)
    wording_version = models.CharField(_("version of the wording"), max_length=20)
    wording = models.TextField(_("wording"), max_length=1000)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    given_on = models.DateField(_("given on"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "committee", "what"],
                condition=Q(withdrawn_on=None),
                name="one_consent_in_force",
                violation_error_message=_("This consent is recorded already."),
            ),
            models.CheckConstraint(
                name="consent_withdrawn_after_given",
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("given_on")),
                violation_error_message=_("A consent cannot be withdrawn before it was given."),
            ),
        ]
        indexes = [models.Index(fields=["committee", "what"], name="consent_of_committee")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_what_display()}"
