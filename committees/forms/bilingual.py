"""Forms for texts in Spanish and English: the writer's language first, the other one if they can.

class NewsForm(BilingualForm):
    texts = ("title", "text")
    needed = ("title",)

    class Meta:
        model = News
        fields = [*in_both("title"), *in_both("text"), "date"]
"""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

IN_WORDS = {"es": _("in Spanish"), "en": _("in English")}
IF_YOU_CAN = {
    "es": _("The same in Spanish, if you can"),
    "en": _("The same in English, if you can"),
}
NEEDED = _("“%(text)s”: write it in one of the two languages.")


def in_both(name: str) -> list[str]:
    """The columns of a text in both languages."""
    return [f"{name}_es", f"{name}_en"]


class BilingualForm(forms.ModelForm):
    """Needs `texts`: the translated fields in order; `needed`: those that one language must have.

    `leading` fields come first; all others stand between the texts of the writer's language and
    those of the other one.
    """

    texts: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.here = "en" if (get_language() or "es").startswith("en") else "es"
        there = "es" if self.here == "en" else "en"
        self.asked = {name: self.fields[f"{name}_{self.here}"].label for name in self.texts}
        for name in self.texts:
            for language in (self.here, there):
                field = self.fields[f"{name}_{language}"]
                words = {"text": field.label, "language": IN_WORDS[language]}
                field.label = _("%(text)s (%(language)s)") % words
                field.required = language == self.here and name in self.needed
                field.widget.attrs["lang"] = language
        first = [*self.leading, *(f"{name}_{self.here}" for name in self.texts)]
        last = [f"{name}_{there}" for name in self.texts]
        between = [name for name in self.fields if name not in (*first, *last)]
        self.order_fields([*first, *between, *last])
        self.helper = FormHelper(self)
        self.helper.layout = Layout(*first, *between, Fieldset(IF_YOU_CAN[there], *last))

    def leave_out(self, name: str) -> None:
        """Do not ask this."""
        del self.fields[name]
        self.helper.layout.fields.remove(name)

    def full_clean(self) -> None:
        """Shown as required in the writer's language; enough is one of the two."""
        needed = [self.fields[f"{name}_{self.here}"] for name in self.needed]
        for field in needed:
            field.required = False
        super().full_clean()
        for field in needed:
            field.required = True

    def clean(self) -> dict:
        """A needed text stands in one of the languages."""
        cleaned = super().clean() or self.cleaned_data
        for name in self.needed:
            columns = in_both(name)
            if not any(cleaned.get(one) or one in self.errors for one in columns):
                words = {"text": self.asked[name]}
                error = ValidationError(NEEDED, code="required", params=words)
                self.add_error(f"{name}_{self.here}", error)
        return cleaned
