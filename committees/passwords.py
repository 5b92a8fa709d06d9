"""No password made of the names that everybody would try first."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from committees.models import City, Committee
from sistercities.folding import fold

ALWAYS = (
    *("sister", "cities", "city", "ciudades", "ciudad", "hermanas", "hermanamiento"),
    *("comite", "committee", "association", "asociacion", "registro", "registry"),
)
LEAST_REST = 8
"""So many letters must be left when the names are taken away."""


class OwnNames:
    """Refuses the names of somebody's committees and cities, whatever digits stand around them."""

    def validate(self, password: str, user=None) -> None:
        """ValidationError when little is left without the names."""
        rest = fold(password).replace(" ", "")
        if not any(letter.isalpha() for letter in rest):
            return
        for word in sorted({*ALWAYS, *names_of(user)}, key=len, reverse=True):
            rest = rest.replace(word, "")
        if len([letter for letter in rest if letter.isalpha()]) < LEAST_REST and len(rest) < len(
            fold(password).replace(" ", "")
        ):
            raise ValidationError(self.get_help_text(), code="password_is_a_name")

    def get_help_text(self) -> str:
        """The rule in a sentence."""
        return _("A password is not made of the names of your city or committee.")


def names_of(user) -> set[str]:
    """The names of a person's committees and their cities, folded, and each of their words."""
    if user is None or user.pk is None:
        return set()
    committees = Committee.objects.filter(terms__person__user=user).distinct()
    names = [
        *committees.values_list("name", flat=True),
        *committees.values_list("short_name", flat=True),
        *City.objects.filter(committees__in=committees).values_list("name", flat=True),
    ]
    folded = {fold(name) for name in names if name}
    words = {word for name in folded for word in name.split() if len(word) > 3}
    return words | {name.replace(" ", "") for name in folded if len(name) > 3}
