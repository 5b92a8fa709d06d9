"""Taking in a list of members: paste or file, plan, carry out."""

from functools import cached_property

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from committees.forms.people import ListForm
from committees.models import MemberImport, MemberImportRow
from committees.people import members_import
from committees.people.import_reasons import in_words
from committees.views.desk_people import PeopleForm
from sistercities.editing.views import ActView
from sistercities.listing.numbered import numbered

Verdict = MemberImportRow.Verdict


class NewList(PeopleForm, ActView):
    """Reads a list and keeps a plan; no member is changed yet."""

    title = _("Add members from a spreadsheet")
    form_class = ListForm
    template_name = "desk/people_list.html"
    button = _("Show what would change")
    message = ""

    def do(self, form) -> str:
        """Plan it."""
        file = form.cleaned_data.get("file")
        plan = members_import.plan(
            self.committee,
            form.cleaned_data["rows"],
            by=self.request.user,
            file_name=file.name if file else "",
        )
        return self.url("member-list", plan.pk)


class PlannedList(PeopleForm, ActView):
    """The verdicts, and the button that carries exactly them out."""

    form_class = forms.Form
    template_name = "desk/people_list_plan.html"
    title = _("What would change")

    @cached_property
    def found(self) -> MemberImport:
        """The plan of this address."""
        plan = MemberImport.objects.for_committee(self.committee).filter(pk=self.kwargs["pk"])
        found = plan.first()
        if found is None:
            raise Http404
        return found

    def get_back_url(self) -> str:
        """Another list."""
        return self.url("member-list-add")

    def do(self, form) -> str:
        """Carry it out; show a new plan where members changed since."""
        try:
            done = members_import.commit(self.found, by=self.request.user)
        except members_import.PlanIsStale as stale:
            text = gettext("Members changed in the meantime. This is the plan as it would be now.")
            messages.warning(self.request, text)
            self.message = ""
            return self.url("member-list", stale.plan.pk)
        new, changed = (done.counts.get(one, 0) for one in (Verdict.NEW, Verdict.CHANGED))
        added = ngettext("%(number)s member added", "%(number)s members added", new)
        other = ngettext("%(number)s changed", "%(number)s changed", changed)
        self.message = f"{added % {'number': new}}, {other % {'number': changed}}."
        return self.url("member-list", done.pk)

    def get_context_data(self, **kwargs) -> dict:
        """One page of rows, those of one verdict when asked."""
        plan = self.found
        shown = self.request.GET.get("verdict", "")
        shown = shown if shown in Verdict.values else ""
        rows = plan.rows.filter(Q(verdict=shown) if shown else Q()).order_by("number")
        writes = plan.counts.get(Verdict.NEW, 0) + plan.counts.get(Verdict.CHANGED, 0)
        page = numbered(rows, self.request, ("verdict",))
        return super().get_context_data(**kwargs) | {
            "plan": plan,
            "page": page,
            "lines": [(row, in_words(row)) for row in page.rows],
            "shown": shown,
            "verdicts": [
                (value, label, plan.counts[value])
                for value, label in Verdict.choices
                if plan.counts.get(value)
            ],
            "can_commit": bool(writes and not plan.committed_at),
            "writes": writes,
        }
