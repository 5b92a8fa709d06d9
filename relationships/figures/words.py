"""Names of the numbers, and of whose they are, in the reader's words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.models import Committee
from relationships.figures.scope import Scope
from relationships.listing.words import country_words, state_words

MEASURES = {
    "new": gettext_lazy("New ties"),
    "ended": gettext_lazy("Ended ties"),
    "in_force": gettext_lazy("Ties in force at the year's end"),
    "no_date": gettext_lazy("Ties in force of which nobody knows the year"),
    "exchanges": gettext_lazy("Exchanges"),
    "out": gettext_lazy("Exchanges out"),
    "in": gettext_lazy("Exchanges in"),
    "participants": gettext_lazy("Participants"),
    "youth": gettext_lazy("Young people"),
    "volunteers": gettext_lazy("Volunteers"),
    "donations": gettext_lazy("Donations"),
    "value": gettext_lazy("Value"),
    "given": gettext_lazy("Donations given"),
    "value_given": gettext_lazy("Value given"),
    "received": gettext_lazy("Donations received"),
    "value_received": gettext_lazy("Value received"),
}


def years_words(first: int, last: int) -> str:
    """ "2019", "2019–2023"."""
    return str(first) if first == last else f"{first}–{last}"


def group_words(by: str, codes: set[str]) -> dict[str, str]:
    """Names of countries, states or committees by their code; at most one question."""
    if by == "country":
        return {code: country_words(code) for code in codes}
    if by == "state":
        return state_words(codes)
    if by == "committee":
        found = Committee.objects.filter(pk__in=[int(code) for code in codes])
        return {str(pk): name for pk, name in found.order_by().values_list("pk", "name")}
    return {}


def scope_words(scope: Scope) -> str:
    """ "Durango, Mexico"; empty for the whole registry."""
    parts = []
    if scope.committee:
        found = group_words("committee", {str(scope.committee)})
        parts.append(found.get(str(scope.committee), _("a committee that is not there")))
    if scope.state:
        parts.append(state_words([scope.state]).get(scope.state, scope.state))
    if scope.country:
        parts.append(country_words(scope.country))
    return ", ".join(parts)
