"""The second page: what each column holds. What is chosen is remembered for the source."""

from collections.abc import Iterator

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relationships.admin.importing.asking import RIGHT, ask, home_of, judging_of
from relationships.admin.importing.words import SIDES, called, choices
from relationships.imports import receiving
from relationships.imports.columns import FIELDS, IGNORED, KEPT, names_an_end, suggested
from relationships.models import ColumnMatch, ImportBatch
from sistercities.admin.acts import OfficeAct
from sistercities.countries import read_country

State = ImportBatch.State


class ColumnsForm(forms.Form):
    """One choice a column, and the countries of cities whose row names none."""

    def __init__(self, *args, batch: ImportBatch, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.batch, self.header = batch, batch.mapping["header"]
        guessed, _unknown = suggested(self.header, {})
        self.guessed = guessed.columns
        chosen = self.guessed | remembered(batch.source) | batch.mapping.get("columns", {})
        offered = choices()
        for at, column in enumerate(self.header):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=column,
                choices=offered,
                initial=chosen.get(column, ""),
                error_messages={
                    "required": _("Choose what this column holds, or leave it out."),
                    "invalid_choice": _("Choose what this column holds, or leave it out."),
                },
            )
        countries = batch.mapping.get("countries", {})
        for side, title in SIDES.items():
            self.fields[f"country_{side}"] = forms.CharField(
                label=_("%(which)s: country where a row names none") % {"which": title},
                required=False,
                max_length=100,
                initial=countries.get(side, ""),
            )

    def columns(self) -> Iterator[tuple]:
        """Each column's field, and what its first rows say."""
        sample = self.batch.mapping.get("sample", [])
        for at, _column in enumerate(self.header):
            said = [row[at] for row in sample if at < len(row) and row[at]]
            yield self[f"column_{at}"], said

    def countries(self) -> list:
        """The two fields below the columns."""
        return [self[f"country_{side}"] for side in SIDES]

    def clean(self) -> dict:
        """Nothing twice, and a city on either side."""
        values = super().clean()
        self.chosen = {
            column: values[f"column_{at}"]
            for at, column in enumerate(self.header)
            if f"column_{at}" in values
        }
        first: dict[str, str] = {}
        for at, column in enumerate(self.header):
            field = self.chosen.get(column)
            if field in (None, KEPT, IGNORED):
                continue
            if field in first:
                said = _("%(other)s is “%(field)s” already. Choose one of the two.")
                self.add_error(
                    f"column_{at}", said % {"other": first[field], "field": called(field)}
                )
            first.setdefault(field, column)
        if len(self.chosen) == len(self.header):
            for side, title in SIDES.items():
                if not names_an_end(set(first), side):
                    said = _("%(which)s: choose the column that names it.")
                    self.add_error(None, said % {"which": title})
        for side in SIDES:
            text = values.get(f"country_{side}", "").strip()
            values[f"country_{side}"] = read_country(text) if text else ""
            if text and not values[f"country_{side}"]:
                said = _("“%(text)s” is no country. Write its name or its code, such as MX.")
                self.add_error(f"country_{side}", said % {"text": text})
        return values

    def mapping(self) -> dict:
        """What the import is to be read by."""
        own = {c: field for c, field in self.chosen.items() if field != self.guessed.get(c)}
        read, _unknown = suggested(self.header, own)
        named = {side: self.cleaned_data[f"country_{side}"] for side in SIDES}
        return {
            "columns": read.columns,
            "implied": read.implied,
            "said_by": read.said_by,
            "countries": {side: code for side, code in named.items() if code},
        }


def remembered(source: str) -> dict[str, str]:
    """What somebody said of a source's columns the last time."""
    rows = ColumnMatch.objects.filter(source=source, field__in=[*FIELDS, IGNORED])
    return dict(rows.values_list("column", "field"))


def remember(batch: ImportBatch, chosen: dict[str, str]) -> None:
    """Keep what was said now; the last word counts."""
    ColumnMatch.objects.bulk_create(
        [ColumnMatch(source=batch.source, column=c, field=field) for c, field in chosen.items()],
        update_conflicts=True,
        unique_fields=["source", "column"],
        update_fields=["field"],
    )


class MatchColumns(OfficeAct):
    """Says what each column holds, and has the plan made."""

    right = RIGHT
    title = gettext_lazy("What the columns hold")
    template_name = "admin/imports/columns.html"
    form_class = ColumnsForm
    changed_content_is_new = True
    button = gettext_lazy("Judge every row")
    message = ""

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        """Only while the file waits for it."""
        if request.user.has_perm(self.right) and not self._is_open():
            return HttpResponseRedirect(self.url("plan", self.object.pk))
        return super().dispatch(request, *args, **kwargs)

    def _is_open(self) -> bool:
        batch = self.object
        return batch.state in (State.UPLOADED, State.PLANNED) and receiving.is_read(batch)

    def get_back_url(self) -> str:
        """The list of imports."""
        return self.url("plan", self.object.pk) if self.object.counts else self.url()

    def get_form_kwargs(self) -> dict:
        """With the import."""
        return super().get_form_kwargs() | {"batch": self.object}

    def get_context_data(self, **kwargs) -> dict:
        """With the sheets that stay aside."""
        sheets = self.object.mapping.get("sheets", [])
        return super().get_context_data(**kwargs) | {"batch": self.object, "sheets": sheets}

    def do(self, form: ColumnsForm) -> str:
        """Remember what was said, and queue the plan."""
        batch = ImportBatch.objects.select_for_update().get(pk=self.object.pk)
        if batch.state not in (State.UPLOADED, State.PLANNED):
            form.add_error(None, _("This import is not waiting any more. Look at its page."))
            return ""
        if not ask(judging_of(batch), batch, self.request, form):
            return ""
        batch.mapping |= form.mapping()
        batch.save(update_fields=["mapping"])
        remember(batch, form.chosen)
        self.log(batch, _("Columns matched."))
        return home_of(batch)
