"""Which city is the first and which the second: forms say it by name once the tie is known."""

from django.contrib.admin.utils import quote
from django.db import models
from django.forms import BaseForm
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from relationships.models import Exchange, Tie
from relationships.models.tie import Side
from sistercities.admin.reasons import ReasonForm
from sistercities.admin.registry import SentRows

SIDED = ("side", "given_by", "said_by", "entered_by")
DIRECTIONS = Exchange.Direction


def name_sides(form: BaseForm, tie: Tie | None) -> None:
    """Put the cities' names into the choices of a side or a direction."""
    if tie is None:
        return
    a, b = tie.city_a.name, tie.city_b.name
    names = {Side.A: a, Side.B: b}
    ways = {
        DIRECTIONS.A_TO_B: _("From %(from)s to %(to)s") % {"from": a, "to": b},
        DIRECTIONS.B_TO_A: _("From %(from)s to %(to)s") % {"from": b, "to": a},
    }
    for name, named in [*((name, names) for name in SIDED), ("direction", ways)]:
        if hasattr(form.fields.get(name), "choices"):
            field = form.fields[name]
            field.choices = [(value, named.get(value, text)) for value, text in field.choices]


class OfATieForm(ReasonForm):
    """A form of something that belongs to a tie, or will: the tie may come with the address."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.known_tie = self._tie()
        name_sides(self, self.known_tie)

    def _tie(self) -> Tie | None:
        wanted = self.data.get(self.add_prefix("tie")) if self.is_bound else None
        number = str(wanted or self.initial.get("tie") or self.instance.tie_id or "")
        if not (number.isascii() and number.isdigit() and len(number) < 16):
            return None
        return Tie.objects.with_cities().filter(pk=int(number)).first()


class SidedFormSet(SentRows):
    """Rows on the page of a tie."""

    def add_fields(self, form: BaseForm, index: int | None) -> None:
        """Name the sides by the cities of the tie."""
        super().add_fields(form, index)
        name_sides(form, self.instance if self.instance.pk else None)


def listed(model: type[models.Model], tie: Tie, label: str) -> str:
    """A link to what a tie has of a kind, and one to add to it."""
    place = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    return format_html(
        '<a href="{}?tie__id__exact={}">{}</a> · <a href="{}?tie={}">{}</a>',
        reverse(f"{place}_changelist"),
        quote(tie.pk),
        label,
        reverse(f"{place}_add"),
        quote(tie.pk),
        _("Add"),
    )
