"""Whose figures are asked for: of everybody, of a country, or of a state."""

from collections.abc import Mapping
from functools import cached_property

from django.core.exceptions import ValidationError

from relationships.figures.scope import Scope
from relationships.listing import words
from sistercities.listing.forms import REGION_CODE, CountryField, code_field, readable

FIELDS = {"country": CountryField(required=False), "state": code_field(REGION_CODE)}


class Asked:
    """A country or a state, read from an address that anybody may have written. What is not
    understood is not asked for. A state is enough: it lies in its country."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self.country = self.state = ""
        for name, field in FIELDS.items():
            try:
                value = field.clean(readable(query.get(name, "")))
            except ValidationError:
                continue
            setattr(self, name, value)
        if self.state:
            self.country = ""

    @property
    def scope(self) -> Scope:
        """As the office's figures take it."""
        return Scope(self.country, self.state)

    @property
    def chosen(self) -> dict[str, str]:
        """As the lists take it."""
        known = {"country": self.country, "state": self.state}
        return {name: value for name, value in known.items() if value}

    @cached_property
    def name(self) -> str:
        """Of whom, in the reader's words; empty for everybody."""
        if self.state:
            return words.state_words([self.state]).get(self.state, self.state)
        return words.country_words(self.country) if self.country else ""
