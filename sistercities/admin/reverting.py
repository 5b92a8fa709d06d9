"""Taking one change back: what that change changed, and nothing else, through the object's form."""

import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import ModelChange

from sistercities.admin.acts import OfficeAct, why_field
from sistercities.admin.pasts import ReadableChanges
from sistercities.admin.registry import sentence_for
from sistercities.editing.versions import parts_of
from sistercities.merging.writes import plain

DECIDED_ELSEWHERE = {"review"}
"""Columns that an act of their own changes, with rights of its own."""


@dataclass(frozen=True)
class Line:
    """One field of the change: before and after it, now, and whether it can go back from here."""

    name: str
    label: str
    before: str
    after: str
    now: str
    changed_later: bool
    goes_back: bool
    chosen: bool


class TakeBackForm(forms.Form):
    """Which fields, and why. `seen` is the version that was the last one on the page."""

    names = forms.MultipleChoiceField(
        required=True, error_messages={"required": gettext_lazy("Choose what goes back.")}
    )
    reason = why_field(label=gettext_lazy("Why it is taken back"))

    def __init__(self, *args, lines: list[Line], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        names = [(line.name, line.label) for line in lines if line.goes_back]
        self.fields["names"].choices = names


class TakeBack(OfficeAct):
    """One row of a history, to be undone where nothing stands in the way."""

    form_class = TakeBackForm
    template_name = "admin/take_back.html"
    button = gettext_lazy("Take the change back")
    message = gettext_lazy("The change was taken back.")

    @property
    def right(self) -> str:
        """To change such objects."""
        opts = self.model_admin.opts
        return f"{opts.app_label}.change_{opts.model_name}"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """For those who may change this one."""
        may_change = self.model_admin.has_change_permission
        if not (may_change(request) and may_change(request, self.object)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def record(self) -> models.Model:
        """The row of the history; 404 for one that changed nothing that was there before."""
        rows = self.model_admin.model.history.filter(id=self.object.pk)
        found = rows.filter(pk=self.kwargs["version"], history_type="~").first()
        if found is None or found.prev_record is None:
            raise Http404
        return found

    def get_title(self) -> str:
        """Of what."""
        return _("Take a change of %(name)s back") % {"name": self.object}

    def get_back_url(self) -> str:
        """The history."""
        return self.url("history", self.object.pk)

    @cached_property
    def latest(self) -> int:
        """The last version of the object."""
        return self.model_admin.model.history.filter(id=self.object.pk).latest().pk

    @cached_property
    def changes(self) -> list[ModelChange]:
        """What the row changed."""
        delta = self.record.diff_against(self.record.prev_record, foreign_keys_are_objs=False)
        return ReadableChanges(self.model_admin.model, self.record).made(delta)

    @cached_property
    def own_form(self) -> type[forms.ModelForm]:
        """The form of the object's page, with the fields that this reader may change."""
        return self.model_admin.get_form(self.request, self.object, change=True)

    @cached_property
    def lines(self) -> list[Line]:
        """Each field that was changed, in words."""
        model = self.model_admin.model
        open_ones = set(self.own_form.base_fields) - DECIDED_ELSEWHERE
        rows = (self.record.prev_record, self.record, self.object)
        lines = []
        for change in self.changes:
            column = model._meta.get_field(change.field)
            words = [_words(model, row, column) for row in rows]
            later = plain(getattr(self.object, column.attname)) != plain(
                getattr(self.record, column.attname)
            )
            goes_back = change.field in open_ones and not isinstance(column, models.FileField)
            label = capfirst(str(column.verbose_name))
            chosen = goes_back and not later
            lines.append(Line(change.field, label, *words, later, goes_back, chosen))
        return lines

    def get_form_kwargs(self) -> dict:
        """With the fields to choose from."""
        return super().get_form_kwargs() | {"lines": self.lines}

    def get_context_data(self, **kwargs) -> dict:
        """With the change, as it was chosen so far."""
        ticked = self.data.getlist("names") if self.request.method == "POST" else None
        lines = [
            (line, line.chosen if ticked is None else line.name in ticked) for line in self.lines
        ]
        return super().get_context_data(**kwargs) | {
            "object": self.object,
            "record": self.record,
            "lines": lines,
            "something": any(line.goes_back for line in self.lines),
            "seen": self.latest,
        }

    def do(self, form: TakeBackForm) -> str:
        """Save the object's own form with the old values."""
        self.model_admin.model._base_manager.select_for_update().get(pk=self.object.pk)
        if self.data.get("seen") != str(self.latest):
            form.add_error(None, _("Somebody saved changes while you were reading. Look again."))
            return ""
        own = self._own_form(form.cleaned_data["names"], form.cleaned_data["reason"])
        if not own.is_valid():
            for name, errors in own.errors.items():
                label = own.fields[name].label if name in own.fields else ""
                for text in errors:
                    form.add_error(None, f"{label}: {text}" if label else text)
            return ""
        try:
            with transaction.atomic():
                self._save(own)
        except IntegrityError as error:
            form.add_error(None, sentence_for(error, self.model_admin.model))
            return ""
        return self.get_back_url()

    def _own_form(self, names: list[str], reason: str) -> forms.ModelForm:
        """As a browser would send it with these fields as they were before."""
        was = copy.copy(self.object)
        for change in self.changes:
            if change.field in names:
                column = self.model_admin.model._meta.get_field(change.field)
                setattr(was, column.attname, getattr(self.record.prev_record, column.attname))
        shown, data = self.own_form(instance=was), QueryDict(mutable=True)
        for name in shown.fields:
            for part, texts in parts_of(shown[name]):
                data.setlist(part, texts)
        data["change_reason"] = reason
        return self.own_form(data, instance=self.object)

    def _save(self, own: forms.ModelForm) -> None:
        """As the object's page does, with its history, its log and what follows."""
        admin, request = self.model_admin, self.request
        saved = admin.save_form(request, own, change=True)
        admin.save_model(request, saved, own, True)
        admin.save_related(request, own, [], True)
        admin.log_change(request, saved, admin.construct_change_message(request, own, []))
        if not own.changed_data:
            messages.info(request, _("Nothing was different."))


def _words(model: type[models.Model], row: Any, column: models.Field) -> str:
    """The value of a column in a version of an object, in words."""
    value = getattr(row, column.name, None)
    change = ModelChange(column.name, None, value)
    return str(ReadableChanges(model, row).prepare_delta_change_value(change, value))
