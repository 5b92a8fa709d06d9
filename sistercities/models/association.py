"""What the national association says of itself, and the texts of its pages; set by its staff."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sistercities.models.base import Timestamped


class Association(Timestamped):
    """The single row 1: name and contact. What is empty is not shown; without a name the
    registry's own stands in its place."""

    name = models.CharField(_("name of the association"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    postal_address = models.TextField(_("postal address"), max_length=400, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("settings", "name and contact")
        verbose_name_plural = pgettext_lazy("settings", "name and contact")
        constraints = [
            models.CheckConstraint(
                name="association_is_one_row",
                condition=models.Q(pk=1),
                violation_error_message=_("The association has one name and one contact only."),
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self._meta.verbose_name)

    def save(self, *args, **kwargs) -> None:
        """The only row."""
        self.pk = 1
        super().save(*args, **kwargs)


class PageText(Timestamped):
    """What the office wrote for one page of the site. An empty text shows the built-in one."""

    class Page(models.TextChoices):
        """The pages of prose, by the names of their addresses."""

        ABOUT = "about", _("About")
        HOW_TO_TWIN = "how-to-twin", _("How to twin")
        PRIVACY = "privacy", _("Privacy")
        ACCESSIBILITY = "accessibility", _("Accessibility")

    page = models.CharField(
        _("page"),
        max_length=20,
        choices=Page,
        unique=True,
        error_messages={"unique": _("This page has its text already: change that one.")},
    )
    text = models.TextField(_("text"), max_length=20_000, blank=True)

    class Meta:
        verbose_name = _("text of a page")
        verbose_name_plural = _("texts of pages")
        ordering = ["page"]
        constraints = [
            models.CheckConstraint(
                name="page_text_of_a_known_page",
                condition=models.Q(page__in=["about", "how-to-twin", "privacy", "accessibility"]),
            )
        ]

    def __str__(self) -> str:
        return self.get_page_display()
