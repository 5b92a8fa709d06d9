"""Taking over what was chosen: it becomes the plan of an import, and nothing is written yet."""

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relationships.admin.comparing.rights import IMPORTING
from relationships.differences.accepting import Choice, begin, seen
from relationships.differences.background import ACCEPT
from relationships.models import Comparison, Difference
from sistercities import jobs
from sistercities.admin.acts import OfficeAct, why_field

SHOWN = 10
MOST_PICKED = 200
GONE = gettext_lazy("The list was compared anew since. Look at the differences again.")


class AcceptForm(forms.Form):
    """What was chosen on the page before, and why."""

    finding = forms.ChoiceField(
        choices=[(one.value, one.label) for one in Difference.TO_ACCEPT], widget=forms.HiddenInput
    )
    country = forms.RegexField("^[A-Z]{2}$", required=False, widget=forms.HiddenInput)
    picked = forms.RegexField(
        r"^[0-9]{1,18}(,[0-9]{1,18}){0,199}$", required=False, widget=forms.HiddenInput
    )
    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)
    reason = why_field(label=gettext_lazy("Why these are taken over, with the source"))

    def choice(self) -> Choice:
        """Of an answered form."""
        values = self.cleaned_data
        numbers = tuple(int(one) for one in values["picked"].split(",") if one)
        return Choice(values["finding"], values["country"], numbers, values["seen"])


class Accept(OfficeAct):
    """Asked by the list of differences, with ticks or for all of it."""

    right = IMPORTING
    title = gettext_lazy("Take over differences")
    template_name = "admin/comparisons/accept.html"
    form_class = AcceptForm
    button = gettext_lazy("Make a plan of them")
    message = gettext_lazy("Nothing is written yet. Look at the plan, and apply it.")

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        """Back to the list when nothing was chosen."""
        if request.method == "GET" and request.user.has_perm(self.right):
            picked = [one for one in request.GET.getlist("pick") if one.isascii() and one.isdigit()]
            self._picked = [one for one in picked if len(one) <= 18][:MOST_PICKED]
            finding = request.GET.get("finding", "")
            is_any = bool(self._picked) or request.GET.get("all") == "1"
            if not is_any or finding not in Difference.TO_ACCEPT or not self.object.compared_at:
                return HttpResponseRedirect(self.get_back_url())
        return super().dispatch(request, *args, **kwargs)

    def get_back_url(self) -> str:
        """The differences."""
        return self.url("differences", self.object.pk)

    def get_initial(self) -> dict:
        """What the list said."""
        if self.request.method != "GET":
            return {}
        asked = self.request.GET
        is_all = asked.get("all") == "1"
        return {
            "finding": asked.get("finding", ""),
            "country": asked.get("country", ""),
            "picked": "" if is_all else ",".join(self._picked),
            "seen": seen(self.object),
        }

    def get_context_data(self, **kwargs) -> dict:
        """With the first of them and how many they are."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        asked = AcceptForm({name: form[name].value() or "" for name in form.fields})
        asked.errors.pop("reason", None)
        rows = Difference.objects.none()
        if not asked.errors:
            rows = asked.choice().of(self.object)
        return context | {
            "count": rows.count(),
            "sample": rows.with_cities().order_by("pk")[:SHOWN],
            "is_difference": form["finding"].value() == Difference.Finding.DIFFERENT,
        }

    def do(self, form: AcceptForm) -> str:
        """A new import, and its plan as a job."""
        comparison = (
            Comparison.objects.select_for_update(of=("self",))
            .select_related("batch")
            .get(pk=self.object.pk)
        )
        choice, reason = form.choice(), form.cleaned_data["reason"]
        if choice.seen != seen(comparison):
            form.add_error(None, GONE)
            return ""
        count = choice.of(comparison).count()
        if not count:
            form.add_error(None, _("None of the chosen rows is there any more."))
            return ""
        batch = begin(comparison, choice, reason, self.request.user)
        jobs.queue(ACCEPT, about=batch.about, by=self.request.user, batch=batch.pk)
        said = _("Pairs taken over into import %(number)d: %(count)d. %(reason)s")
        told = said % {"number": batch.pk, "count": count, "reason": reason}
        self.log(comparison, told)
        self.model_admin.log_addition(self.request, batch, told)
        return reverse("admin:relationships_importbatch_plan", args=[batch.pk])
