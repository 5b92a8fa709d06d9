"""Applying a plan, making it again, putting it aside, undoing an import; the rows left over."""

from collections.abc import Callable

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relationships.admin.importing.asking import (
    RIGHT,
    SIGHT,
    ask,
    home_of,
    judging_of,
    under_way,
)
from relationships.imports.background import COMMIT, UNDO
from relationships.imports.rejected import write_rejected
from relationships.imports.undoing import preview
from relationships.models import ImportBatch, ImportRow
from sistercities import jobs
from sistercities.admin.acts import OfficeAct, why_field

State, Verdict = ImportBatch.State, ImportRow.Verdict


class OfAnImport(OfficeAct):
    """An act on one import that is in a certain state."""

    right = RIGHT
    states: tuple[str, ...] = ()
    message = ""

    def get_back_url(self) -> str:
        """The page of the import."""
        return self.url("plan", self.object.pk)

    def get_context_data(self, **kwargs) -> dict:
        """With the import."""
        return super().get_context_data(**kwargs) | {"batch": self.object}

    def locked(self, form: forms.BaseForm) -> ImportBatch | None:
        """The import as it is now; None, with a sentence, when it is past this act."""
        batch = ImportBatch.objects.select_for_update().get(pk=self.object.pk)
        if batch.state in self.states:
            return batch
        form.add_error(
            None,
            _("Somebody was quicker: this import is “%(state)s” now.")
            % {"state": batch.get_state_display()},
        )
        return None


class ApplyForm(forms.Form):
    """The edition of the plan that was looked at."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)


class Apply(OfAnImport):
    """Exactly the plan that was looked at, as a job."""

    title = gettext_lazy("Apply this plan")
    template_name = "admin/imports/apply.html"
    form_class = ApplyForm
    states = (State.PLANNED,)
    button = gettext_lazy("Apply exactly this plan")

    def get_initial(self) -> dict:
        """What is shown."""
        return {"edition": self.object.edition}

    def get_context_data(self, **kwargs) -> dict:
        """With the numbers."""
        counts = self.object.counts
        lines = [(v.label, counts[v.value]) for v in Verdict if counts.get(v.value)]
        written = sum(counts.get(v, 0) for v in (Verdict.CREATED, Verdict.CHANGED))
        return super().get_context_data(**kwargs) | {"numbers": lines, "written": written}

    def do(self, form: ApplyForm) -> str:
        """Queue it."""
        batch = self.locked(form)
        if batch is None:
            return ""
        if not batch.counts:
            form.add_error(None, _("There is no plan yet. Match the columns first."))
            return ""
        if form.cleaned_data["edition"] != batch.edition:
            form.add_error(
                None, _("The plan was changed since you looked at it. Look at it again.")
            )
            return ""
        if not ask(COMMIT, batch, self.request, form, edition=batch.edition):
            return ""
        self.log(batch, _("Applied: %(numbers)s.") % {"numbers": in_numbers(batch)})
        return self.url("plan", batch.pk)


class PlanAgain(OfAnImport):
    """Every row is judged again: what was settled stays, and what the registry learnt counts."""

    title = gettext_lazy("Judge every row again")
    template_name = "admin/imports/again.html"
    states = (State.UPLOADED, State.PLANNED)
    button = gettext_lazy("Judge every row again")

    def do(self, form: forms.Form) -> str:
        """Queue it."""
        batch = self.locked(form)
        if batch is None:
            return ""
        if not batch.mapping.get("columns") or not batch.file:
            form.add_error(None, _("The columns of this file are not matched yet."))
            return ""
        return home_of(batch) if ask(judging_of(batch), batch, self.request, form) else ""


class PutAside(OfAnImport):
    """A plan that nobody wants waits no more; it can be taken up again."""

    states = (State.UPLOADED, State.PLANNED, State.DROPPED)
    template_name = "admin/imports/aside.html"

    @property
    def is_back(self) -> bool:
        """Whether it is to be taken up again."""
        return self.object.state == State.DROPPED

    def get_title(self) -> str:
        """By what it is now."""
        return _("Take this import up again") if self.is_back else _("Put this import aside")

    def get_context_data(self, **kwargs) -> dict:
        """The button says what the title says."""
        self.title = self.button = self.get_title()
        return super().get_context_data(**kwargs)

    def do(self, form: forms.Form) -> str:
        """Change the state, unless a job is about to."""
        was = self.object.state
        batch = self.locked(form)
        if batch is None:
            return ""
        job = jobs.latest(batch.about)
        if batch.state != was or (job and job.is_open):
            form.add_error(None, under_way(job if job and job.is_open else None))
            return ""
        back = State.PLANNED if batch.counts else State.UPLOADED
        batch.state = back if was == State.DROPPED else State.DROPPED
        batch.save(update_fields=["state"])
        self.log(batch, batch.get_state_display())
        return self.url("plan", batch.pk)


class UndoForm(forms.Form):
    """Why."""

    reason = why_field(label=gettext_lazy("Why it is taken back"))


class TakeBack(OfAnImport):
    """The whole import goes, or nothing of it."""

    title = gettext_lazy("Undo this import")
    template_name = "admin/imports/undo.html"
    form_class = UndoForm
    states = (State.COMMITTED,)
    button = gettext_lazy("Undo the whole import")

    def get_context_data(self, **kwargs) -> dict:
        """With what goes, and what stands in the way."""
        shown = preview(self.object) if self.object.state == State.COMMITTED else None
        return super().get_context_data(**kwargs) | {"preview": shown}

    def do(self, form: UndoForm) -> str:
        """Queue it."""
        batch = self.locked(form)
        if batch is None or not ask(UNDO, batch, self.request, form):
            return ""
        reason = form.cleaned_data["reason"]
        self.log(batch, _("Undone: %(reason)s") % {"reason": reason})
        return self.url("plan", batch.pk)


def in_numbers(batch: ImportBatch) -> str:
    """ "Creates a tie 12, Says what is known 3"."""
    return ", ".join(
        f"{v.label} {batch.counts[v.value]}" for v in Verdict if batch.counts.get(v.value)
    )


def rejected(model_admin: admin.ModelAdmin) -> Callable[..., HttpResponse]:
    """The rows that were left over, as CSV to be mended and imported again."""

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm(SIGHT):
            raise PermissionDenied
        batch = ImportBatch.objects.filter(pk=pk).first() if pk < 2**63 else None
        if batch is None or not batch.mapping.get("columns"):
            raise Http404
        response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        name = f"import-{batch.pk}-left-over.csv"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        write_rejected(batch, response)
        return response

    return model_admin.admin_site.admin_view(view)
