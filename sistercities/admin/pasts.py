"""What changed between two versions of an object, as people read it."""

import dataclasses
from typing import Any

from django.contrib.admin.utils import display_for_field
from django.utils.translation import gettext as _
from simple_history.models import ModelChange, ModelDelta
from simple_history.template_utils import HistoricalRecordContextHelper

from sistercities.partialdates import PartialDate

EMPTY = (None, "")
NOTHING = "–"


class ReadableChanges(HistoricalRecordContextHelper):
    """Choices, dates and ticks in words. What was empty and still is did not change; of a text in
    two languages the two columns are named, not the one that follows the reader's language."""

    def made(self, delta: ModelDelta) -> list[ModelChange]:
        """The changes that somebody made."""
        names = {field.name for field in self.model._meta.fields}
        return [
            change
            for change in delta.changes
            if not {f"{change.field}_es", f"{change.field}_en"} <= names
            and change.field != "changed_at"
            and not (change.old in EMPTY and change.new in EMPTY)
        ]

    def context_for_delta_changes(self, delta: ModelDelta) -> list[dict[str, Any]]:
        """These changes in words."""
        made = self.made(delta)
        return super().context_for_delta_changes(dataclasses.replace(delta, changes=made))

    def prepare_delta_change_value(self, change: ModelChange, value: Any) -> Any:
        """The value as a list of the admin would show it."""
        if value in EMPTY:
            return NOTHING
        if isinstance(value, PartialDate):
            return value.in_words()
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        column = self.model._meta.get_field(change.field)
        if column.is_relation:
            return value
        return display_for_field(value, column, NOTHING, avoid_link=True)
