"""Numbers as people write them."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_GROUPED = re.compile(r"[0-9]{1,3}(?:[ .,'\u00a0\u202f][0-9]{3})+")


class CountField(forms.IntegerField):
    """A whole number, also with its thousands marked: 22700, 22,700, 22.700 and 22 700."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Write a whole number, for example 22,700.")}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Digits first on a phone."""
        return {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        """Without what marks the thousands."""
        text = str(value).strip() if value is not None else ""
        return super().to_python(re.sub(r"\D", "", text) if _GROUPED.fullmatch(text) else text)
