"""What a draft keeps of a step: the texts as they were sent."""

from django import forms
from django.http import QueryDict

from sistercities.editing import versions
from sistercities.models import Draft

Texts = dict[str, list[str]]


def typed(form: forms.Form, data: QueryDict) -> Texts:
    """What came for the fields of a form, without what no database keeps."""
    names = tuple(form[name].html_name for name in form.fields)
    parts = tuple(f"{name}{sign}" for name in names for sign in "-_")
    texts: Texts = {}
    for name, value in versions.carried(data):
        if name in names or name.startswith(parts):
            texts.setdefault(name, []).append(value.replace("\0", ""))
    return texts


def is_empty(texts: Texts) -> bool:
    """Whether nothing was typed or chosen at all."""
    return not any(text.strip() for several in texts.values() for text in several)


def stored(draft: Draft, step: str) -> QueryDict:
    """What the draft has for a step, as it was sent."""
    data = QueryDict(mutable=True)
    for name, texts in draft.data.get(step, {}).items():
        data.setlist(name, texts)
    return data
