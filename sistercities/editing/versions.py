"""Two people, one object: what changed since a form was shown, field by field.

A form carries a signed token with a fingerprint of every value it showed. So a conflict is known
whatever the model, also without a history, and only where this very form would overwrite something:
what others changed in other fields of the object stands in no one's way.
"""

import datetime
import json
from dataclasses import dataclass

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField
from django.forms.widgets import ChoiceWidget
from django.http import QueryDict
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from sistercities.partialdates import PartialDate
from sistercities.templatetags.ui import long_date, partial_date

VERSION = "_version"
KEEP = "keep-"
MINE, THEIRS = "mine", "theirs"
_SALT = "sistercities.editing.version"

Parts = list[tuple[str, list[str]]]


def parts_of(field: BoundField) -> Parts:
    """The inputs of a field as a browser would send them: names and texts."""
    return _parts(field.field.widget, field.html_name, field.value())


def _parts(widget: forms.Widget, name: str, value) -> Parts:
    if isinstance(widget, forms.CheckboxInput):
        return [(name, ["on"] if widget.check_test(value) else [])]
    if isinstance(widget, forms.MultiWidget):
        values = value if isinstance(value, list | tuple) else widget.decompress(value)
        inputs = zip(widget.widgets_names, widget.widgets, strict=True)
        return [
            part
            for i, (suffix, each) in enumerate(inputs)
            for part in _parts(each, name + suffix, values[i] if i < len(values) else None)
        ]
    written = widget.format_value(value)
    texts = written if isinstance(written, list | tuple) else [written]
    texts = [str(text).replace("\r\n", "\n").strip() for text in texts if text is not None]
    return [(name, [text for text in texts if text])]


def compared(form: BaseForm) -> list[str]:
    """The names of the fields that two people can disagree about: all but files."""
    return [
        name
        for name, field in form.fields.items()
        if not field.widget.needs_multipart_form and not field.disabled
    ]


# The token


def _mark(field: BoundField) -> str:
    texts = [texts for _name, texts in parts_of(field)]
    return salted_hmac(_SALT, json.dumps(texts), algorithm="sha256").hexdigest()[:16]


def token(form: BaseForm, subject: str, moment: int | None = None) -> str:
    """What `form`, unbound, shows of `subject` now. `moment`: its latest history row or the like.

    >>> token(form, "committees.committee:12", 345)
    """
    marks = {name: _mark(form[name]) for name in compared(form)}
    return signing.dumps({"s": subject, "m": moment, "f": marks}, salt=_SALT)


@dataclass
class Shown:
    """What the token of a form says; nothing at all when it is missing or false."""

    marks: dict[str, str]
    moment: int | None

    @classmethod
    def read(cls, text: str, subject: str) -> "Shown":
        """The token, when it is ours and about this subject."""
        try:
            said = signing.loads(text, salt=_SALT)
        except signing.BadSignature:
            said = {}
        if said.get("s") != subject:
            return cls({}, None)
        return cls(said["f"], said["m"])


# Comparing


@dataclass
class Choice:
    """One field to choose: both values in words, and which one is proposed."""

    name: str
    label: str
    mine: str
    theirs: str
    keep: str


def is_same(mine: BoundField, theirs: BoundField) -> bool:
    """The same text, or the same meaning: "May 1969" is "1969-05"."""
    ours, others = parts_of(mine), parts_of(theirs)
    if ours == others:
        return True
    field = theirs.field
    if isinstance(field, forms.ModelChoiceField) or isinstance(field.widget, ChoiceWidget):
        return False
    try:
        return bool(_clean(mine.field, mine.html_name, ours) == _clean(field, "", others, theirs))
    except ValidationError:
        return False


def _clean(field: forms.Field, name: str, parts: Parts, bound: BoundField | None = None):
    data = QueryDict(mutable=True)
    for part, texts in parts:
        data.setlist(part, texts)
    name = bound.html_name if bound else name
    return field.clean(field.widget.value_from_datadict(data, {}, name))


def changed(mine: BaseForm, theirs: BaseForm) -> list[str]:
    """The fields in which the form differs from what is stored; a file that came counts too."""
    files = [n for n, f in mine.fields.items() if f.widget.needs_multipart_form]
    return [n for n in compared(mine) if not is_same(mine[n], theirs[n])] + [
        n for n in files if n in mine.changed_data
    ]


def conflicts(mine: BaseForm, theirs: BaseForm, shown: Shown) -> list[Choice]:
    """The fields that somebody else changed since the form was shown, and not to the same value.

    Call it with a valid form. Proposed is mine where I changed it, theirs where only they did.
    A number that both changed is asked about even when it is the same: both may have counted on.
    """
    choices = []
    for name in compared(mine):
        before = shown.marks.get(name)
        if _mark(theirs[name]) == before:
            continue
        if is_same(mine[name], theirs[name]):
            is_number = isinstance(mine[name].field, forms.IntegerField | forms.DecimalField)
            if not is_number or before in (None, _mark(mine[name])):
                continue
        choices.append(
            Choice(
                name=mine[name].html_name,
                label=str(mine[name].label),
                mine=in_words(mine[name]),
                theirs=in_words(theirs[name]),
                keep=THEIRS if _mark(mine[name]) == before else MINE,
            )
        )
    return choices


def take_choices(data: QueryDict, theirs: BaseForm) -> None:
    """Write the stored values over those of mine that were chosen to go."""
    for name in compared(theirs):
        if data.get(KEEP + theirs[name].html_name) == THEIRS:
            for part, texts in parts_of(theirs[name]):
                data.setlist(part, texts)


def carried(data: QueryDict) -> list[tuple[str, str]]:
    """All that was typed, for hidden inputs."""
    return [
        (name, value)
        for name in data
        if not name.startswith(("_", KEEP)) and name != "csrfmiddlewaretoken"
        for value in data.getlist(name)
    ]


def in_words(bound: BoundField) -> str:
    """The value of a field for reading; of a file its name."""
    if bound.field.widget.needs_multipart_form:
        value = bound.value()
        return str((value.attachment() if hasattr(value, "attachment") else value) or "")
    field, parts = bound.field, parts_of(bound)
    texts = [text for _name, texts in parts for text in texts]
    if isinstance(field.widget, forms.CheckboxInput):
        return _("Yes") if texts else _("No")
    try:
        if isinstance(field, forms.ModelChoiceField):
            rows = field.queryset.filter(**{f"{field.to_field_name or 'pk'}__in": texts})
            return ", ".join(field.label_from_instance(row) for row in rows)
        value = _clean(field, bound.html_name, parts)
    except (ValidationError, ValueError):
        return ", ".join(texts)
    if isinstance(value, PartialDate):
        return partial_date(value)
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return long_date(value)
    if isinstance(field, forms.ChoiceField):
        labels = _labels(field.choices)
        return ", ".join(str(labels.get(text, text)) for text in texts)
    return ", ".join(texts)


def _labels(choices) -> dict[str, str]:
    labels = {}
    for value, label in choices:
        if isinstance(label, list | tuple):
            labels |= _labels(label)
        else:
            labels[str(value)] = label
    return labels
