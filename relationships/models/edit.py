"""A change of a published tie that somebody proposes to the national office."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relationships.models.tie import Side
from sistercities.history import History
from sistercities.models import Reviewed


class TieEdit(Reviewed):
    """Values for facts of a tie, kept with those that stood there when it was proposed.

    Facts are named as in `relationships.amending`. Published means: taken over into the tie. That
    is not taken back here, since the tie has a history of its own.
    """

    tie = models.ForeignKey(
        "relationships.Tie", models.PROTECT, related_name="edits", verbose_name=_("tie")
    )
    committee = models.ForeignKey(
        "committees.Committee",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tie_edits",
        verbose_name=_("proposed by"),
        help_text=_("Empty: by the office, after the report of a visitor"),
    )
    side = models.CharField(_("side"), max_length=1, choices=Side, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent by"),
    )
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    why = models.TextField(_("what should be changed, and how they know"), max_length=2000)
    before = models.JSONField(_("values when it was proposed"), default=dict)
    proposed = models.JSONField(_("proposed values"), default=dict)

    history = History()

    class Meta:
        verbose_name = _("proposed edit of a tie")
        verbose_name_plural = _("proposed edits of ties")
        ordering = ["-sent_at", "-pk"]
        permissions = [("review_tieedit", _("Can review proposed edits of ties"))]
        indexes = [models.Index(fields=["review", "sent_at"], name="edit_by_review")]

    def __str__(self) -> str:
        return str(self.tie)

    def get_review_display(self) -> str:
        """An edit is accepted where an object is published."""
        if self.review == self.Review.PUBLISHED:
            return str(pgettext_lazy("edit", "Accepted"))
        return str(self.Review(self.review).label)

    @classmethod
    def turns(cls) -> dict[str, tuple[str, tuple[str, ...]]]:
        """What was taken over stays: a further edit, or the tie's history, puts it right."""
        turns = super().turns()
        for verb in ("reject", "reopen"):
            to, sources = turns[verb]
            turns[verb] = (to, tuple(one for one in sources if one != cls.Review.PUBLISHED))
        return turns

    def publish(self, *, by, reason: str = "", seen: str = "", choices=None) -> None:
        """Take the values over into the tie; see `amending.take_over`. Else as every `publish`."""
        from relationships.amending import take_over  # acts know the models, not the reverse

        take_over(self, by=by, reason=reason, seen=seen, choices=choices or {})
