"""One row: what it says, what becomes of it, and, while a city is open, the choice of it."""

from django import forms
from django.contrib import admin
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from committees.models import City
from relationships.admin.importing.asking import RIGHT, SIGHT
from relationships.admin.importing.plan import may_do
from relationships.admin.importing.words import SIDES
from relationships.imports.candidates import Candidate, candidates, described
from relationships.imports.ends import End
from relationships.imports.refusal import ImportRefused
from relationships.imports.settling import open_side, read_again, reader_of, settle
from relationships.models import ImportRow
from sistercities import jobs
from sistercities.admin.acts import OfficeAct

FOUND = 10
LONGEST_SEARCH = 100
NONE = "none"
CHOOSE = gettext_lazy("Choose one of the places, or say that none of them is meant.")


class SettleForm(forms.Form):
    """Which place is meant. The side travels along: a second person may have settled it already."""

    side = forms.ChoiceField(choices=[("a", "a"), ("b", "b")], widget=forms.HiddenInput)
    choice = forms.CharField(
        max_length=20,
        error_messages={"required": CHOOSE, "max_length": CHOOSE},
    )
    remember = forms.BooleanField(
        label=gettext_lazy("Remember it for all rows and all later lists of this source"),
        required=False,
    )

    def clean_choice(self) -> int | None:
        """A city's number; None for "none of these"."""
        text = self.cleaned_data["choice"]
        if text == NONE:
            return None
        if not (text.isascii() and text.isdigit() and 0 < int(text) < 2**63):
            raise forms.ValidationError(CHOOSE)
        return int(text)


class SettleRow(OfficeAct):
    """Shows a row to whoever may see imports; who may import settles it."""

    right = SIGHT
    template_name = "admin/imports/row.html"
    form_class = SettleForm
    button = gettext_lazy("Settle this row")

    def post(self, request, *args, **kwargs) -> HttpResponse:
        """Only with the right to import."""
        if not request.user.has_perm(RIGHT):
            return self.http_method_not_allowed(request)
        return super().post(request, *args, **kwargs)

    @cached_property
    def row(self) -> ImportRow:
        """The row of this address."""
        if self.kwargs["number"] >= 2**31:
            raise Http404
        rows = self.object.rows.select_related(
            "city_a__region", "city_b__region", "tie__city_a", "tie__city_b"
        )
        found = rows.filter(number=self.kwargs["number"]).first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def side(self) -> str:
        """The end to be settled; empty when there is none, or nobody may now."""
        batch = self.object
        may = may_do(self.request, batch, jobs.latest(batch.about))
        return open_side(self.row) if "settle" in may else ""

    @cached_property
    def end(self) -> End:
        """What the row says of the open end."""
        return getattr(read_again(reader_of(self.object), self.object, self.row), self.side)

    def get_title(self) -> str:
        """Such as "Row 12"."""
        return _("Row %(number)d") % {"number": self.row.number}

    def get_back_url(self) -> str:
        """The plan."""
        return self.url("plan", self.object.pk)

    def get_initial(self) -> dict:
        """The side that is open now."""
        return {"side": self.side}

    def get_context_data(self, **kwargs) -> dict:
        """The row; where it is open, the places it may mean, and what a search found."""
        batch, row = self.object, self.row
        shown = {"batch": batch, "row": row, "side": self.side, "may_settle": bool(self.side)}
        if self.side:
            query = self.request.GET.get("q", "")[:LONGEST_SEARCH]
            shown |= {
                "which": SIDES[self.side],
                "end": self.end,
                "candidates": candidates(self.end, self._other),
                "query": query,
                "found": self._found(query),
                "skip_url": self._next_url(),
            }
        self.title = self.get_title()
        return super().get_context_data(**kwargs) | shown

    @property
    def _other(self) -> int | None:
        """The city of the row's other end, where that is decided."""
        ends = self.row.plan.get("ends", [None, None])
        return ends["ba".index(self.side)]

    def _found(self, query: str) -> list[Candidate]:
        """Cities that somebody looks for by name."""
        if not query.strip():
            return []
        search = admin.site._registry[City]
        cities = City.objects.filter(merged_into=None).order_by("-population", "pk")
        rows, _distinct = search.get_search_results(self.request, cities, query)
        return described(rows.values_list("pk", flat=True)[:FOUND], self.end, self._other)

    def _next_url(self) -> str:
        """The next open row, from the beginning again after the last one; the plan when no other
        is open."""
        waiting = self.object.rows.filter(verdict=ImportRow.Verdict.UNRESOLVED)
        waiting = waiting.exclude(pk=self.row.pk)
        came_before = ExpressionWrapper(Q(number__lt=self.row.number), BooleanField())
        ordered = waiting.alias(came_before=came_before).order_by("came_before", "number")
        number = ordered.values_list("number", flat=True).first()
        if number is None:
            return self.url("plan", self.object.pk)
        return self.url("row", self.object.pk, number)

    def without_nonce(self) -> HttpResponse:
        """Settled meanwhile: its page says so."""
        return super().without_nonce() if self.side else HttpResponseRedirect(self.request.path)

    def do(self, form: SettleForm) -> str:
        """Settle it, and go on to the next open row."""
        values, batch = form.cleaned_data, self.object
        city = values["choice"]
        try:
            settled = settle(
                *(batch.pk, self.row.number, values["side"], city),
                by=self.request.user,
                remembered=values["remember"],
            )
        except ImportRefused as refusal:
            form.add_error(None, str(refusal))
            return ""
        self.message = _said(settled.row, settled.others, settled.more)
        self.log(batch, _("Row %(number)d settled.") % {"number": self.row.number})
        if open_side(settled.row):
            return self.url("row", batch.pk, self.row.number)
        return self._next_url()


def _said(row: ImportRow, others: int, more: bool) -> str:
    """What became of the row, and of others with it."""
    said = _("Row %(number)d: %(verdict)s.") % {
        "number": row.number,
        "verdict": row.get_verdict_display(),
    }
    if others:
        also = ngettext(
            "%(count)d other row says the same and was settled with it.",
            "%(count)d other rows say the same and were settled with it.",
            others,
        )
        said += " " + also % {"count": others}
    if more:
        said += " " + _("More of them wait: have every row judged again.")
    return said
