"""News of a committee."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models.committee import Committee
from committees.models.showing import OnThePage, OnThePageQuerySet
from sistercities.models import Timestamped


class NewsQuerySet(OnThePageQuerySet):
    """Adjectives for news."""

    def for_committee(self, committee):
        """All news of one committee. The one door to news at a desk."""
        return self.filter(committee=committee)


class News(OnThePage, Timestamped):
    """What a committee tells its visitors; hidden again rather than deleted."""

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="news", verbose_name=_("committee")
    )
    title = models.CharField(_("title"), max_length=150, blank=True)
    date = models.DateField(_("date"), default=timezone.localdate)
    text = models.TextField(_("text"), max_length=4000, blank=True)
    photo = models.ForeignKey(
        "committees.Photo",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="news",
        verbose_name=_("photo"),
    )
    is_public = models.BooleanField(_("everyone may see it"), default=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        ordering = ["-date", "-pk"]
        constraints = [OnThePage.hidden_stays_hidden("news_hidden_stays_hidden")]
        indexes = [
            models.Index(fields=["committee", "is_public", "-date", "-id"], name="news_shown")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The public page in the reader's language."""
        return reverse("public:committee-news-item", args=[self.committee.slug, self.pk])
