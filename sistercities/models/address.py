"""Every slug that ever named a public page. A slug is never given to another object."""

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from sistercities.folding import fold


class Address(models.Model):
    """One slug of one object; the newest is shown, the others redirect to it for ever."""

    subject = models.CharField(_("kind of page"), max_length=12)
    slug = models.CharField(_("slug"), max_length=160)
    object_id = models.BigIntegerField(_("number of the object"))

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "slug"],
                name="slug_never_reused",
                violation_error_message=_("This address already belongs to another page."),
            )
        ]
        indexes = [models.Index(fields=["subject", "object_id"], name="address_of_object")]

    def __str__(self) -> str:
        return f"{self.subject}/{self.slug}"

    @classmethod
    def owner(cls, subject: str, slug: str) -> int | None:
        """The number of the object that has or had this slug."""
        found = cls.objects.filter(subject=subject, slug=slug).values_list("object_id", flat=True)
        return found.first()

    @classmethod
    def keep(cls, subject: str, slug: str, object_id: int) -> None:
        """Write down that the slug is this object's. ValueError when it is another's."""
        row, _created = cls.objects.get_or_create(
            subject=subject, slug=slug, defaults={"object_id": object_id}
        )
        if row.object_id != object_id:
            raise ValueError(f"The address {slug} belongs to another page.")

    @classmethod
    def free(cls, subject: str, wanted: str, object_id: int | None = None) -> str:
        """`wanted`, or the first of wanted-2, wanted-3 … that no other object ever had."""
        wanted = wanted[:150].strip("-") or subject
        others = cls.objects.filter(subject=subject, slug__startswith=wanted)
        if object_id:
            others = others.exclude(object_id=object_id)
        taken = set(others.values_list("slug", flat=True))
        slug, n = wanted, 1
        while slug in taken:
            n += 1
            slug = f"{wanted}-{n}"
        return slug


def slug_of(text: str) -> str:
    """A slug of plain letters: accents dropped, other scripts kept out; may be empty."""
    return slugify(fold(text))
