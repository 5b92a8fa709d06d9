"""What visitors say is missing or wrong: answered by mail, turned into an edit, closed."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relationships import visitors
from relationships.admin.reviews import when
from relationships.forms.edits import TieEditForm
from relationships.models import ErrorReport
from sistercities.admin import ReadOnlyAdmin
from sistercities.admin.comparing import Fact
from sistercities.admin.registry import number_of
from sistercities.admin.reviewing import review_url
from sistercities.models.base import WrongState


class AnswerForm(forms.Form):
    """A mail to the visitor; the report is closed by it."""

    answer = forms.CharField(
        label=gettext_lazy("Answer to the visitor"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Write the answer.")},
    )
    use_required_attribute = False


class NoteForm(forms.Form):
    """What was done, for the office."""

    note = forms.CharField(
        label=gettext_lazy("What was done?"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write what was done.")},
    )
    use_required_attribute = False


@admin.register(ErrorReport)
class ErrorReportAdmin(ReadOnlyAdmin):
    """From the public form of ties and cities. Its page has the three ways to deal with it."""

    list_display = ("__str__", "wrong", "told_at", "done_at")
    list_filter = (("done_at", admin.EmptyFieldListFilter),)
    row_relations = (
        *("tie__city_a", "tie__city_b", "city__region", "done_by", "edit__tie__city_a"),
        "edit__tie__city_b",
    )
    search_fields = ("tie__sort_name", "city__sort_name", "wrong")
    date_hierarchy = "told_at"
    fields = ("tie", "city", "wrong", "source", "email", "told_at", "note", "done_at", "done_by")

    def get_urls(self) -> list:
        """With the page that makes an edit."""
        make = self.admin_site.admin_view(self.edit_view)
        name = "relationships_errorreport_edit"
        return [path("<int:pk>/edit/", make, name=name), *super().get_urls()]

    def may_deal(self, request: HttpRequest) -> bool:
        """Whoever was granted the right to change reports."""
        return request.user.has_perm("relationships.change_errorreport")

    def change_view(self, request: HttpRequest, object_id, form_url="", extra_context=None):
        """The report and, while it is open, what may be done."""
        found = self._found(request, object_id)
        answer, note = AnswerForm(auto_id="id_answer_%s"), NoteForm(auto_id="id_note_%s")
        if request.method == "POST":
            if not self.may_deal(request):
                raise PermissionDenied
            if "_answer" in request.POST and found.email:
                answer = form = AnswerForm(request.POST, auto_id="id_answer_%s")
            else:
                note = form = NoteForm(request.POST, auto_id="id_note_%s")
            if form.is_valid() and self._close(request, found, form):
                return HttpResponseRedirect(self._onwards(request))
        found.refresh_from_db()
        return self._shown(request, found, {"answer": answer, "note": note})

    def edit_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The facts of the tie, to be proposed otherwise; who reviews it decides."""
        found = self._found(request, str(pk))
        if not self.may_deal(request):
            raise PermissionDenied
        tie = found.tie
        if tie is None or not tie.is_public or found.done_at:
            raise Http404
        if found.edit_id:
            return HttpResponseRedirect(review_url(type(found.edit), found.edit_id))
        words = " · ".join(filter(None, [found.wrong, found.source]))[:2000]
        data = request.POST if request.method == "POST" else None
        form = TieEditForm(data, tie=tie, initial={"text": words})
        if form.is_valid():
            try:
                edit = visitors.make_edit(
                    found, form.wanted(), form.cleaned_data["text"], by=request.user
                )
            except ValidationError as error:
                form.add_error(None, error)
            except WrongState:
                form.add_error(None, _("Somebody made an edit from it, or closed it."))
            else:
                self.log_change(request, found, _("An edit was made from it"))
                return HttpResponseRedirect(review_url(type(edit), edit.pk))
        return self._page(request, "admin/error_report_edit.html", found, {"form": form})

    def _found(self, request: HttpRequest, object_id: str) -> ErrorReport:
        if not self.has_view_permission(request):
            raise PermissionDenied
        number = number_of(self.opts.pk, unquote(object_id))
        found = self.get_queryset(request).filter(pk=number).first() if number else None
        if found is None:
            raise Http404
        return found

    def _close(self, request: HttpRequest, found: ErrorReport, form: forms.Form) -> bool:
        said = form.cleaned_data
        answer = said.get("answer", "")
        note = said.get("note") or _("Answered by mail")
        try:
            with transaction.atomic():
                visitors.close(found, by=request.user, note=note, answer=answer)
                self.log_change(request, found, note)
        except WrongState:
            messages.error(request, _("Somebody dealt with it in the meantime; see below."))
            return False
        messages.success(request, _("Dealt with: %(name)s.") % {"name": found})
        return True

    def _onwards(self, request: HttpRequest) -> str:
        return reverse("admin:relationships_errorreport_changelist") + "?queue=error-reports"

    def _shown(self, request: HttpRequest, found: ErrorReport, forms_: dict) -> HttpResponse:
        said = [
            (_("What is missing or wrong"), found.wrong),
            (_("How they know"), found.source),
            (_("E-mail"), found.email),
            (_("Language"), found.get_language_display()),
            (_("Told at"), when(found.told_at)),
        ]
        if found.done_at:
            said.append((_("Dealt with"), f"{found.done_by}, {when(found.done_at)}"))
            said += [(_("What was done"), found.note), (_("Answer"), found.answer)]
        kind = "tie" if found.tie_id else "city"
        floor = "relationships" if found.tie_id else "committees"
        context = forms_ | {
            "facts": [Fact(label, text) for label, text in said if text],
            "is_open": found.done_at is None and self.may_deal(request),
            "change_url": reverse(f"admin:{floor}_{kind}_change", args=[found.subject.pk]),
            "edit_url": review_url(type(found.edit), found.edit_id) if found.edit_id else "",
        }
        return self._page(request, "admin/error_report.html", found, context)

    def _page(
        self, request: HttpRequest, template: str, found: ErrorReport, context: dict
    ) -> HttpResponse:
        title = _("Report about %(name)s") % {"name": found}
        each = self.admin_site.each_context(request)
        shown = {"opts": self.opts, "object": found, "title": title}
        return render(request, template, each | shown | context)
