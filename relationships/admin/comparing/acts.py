"""Comparing anew, keeping Wikidata numbers, letting the public see the totals."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relationships.admin.comparing.rights import CITIES, RIGHT
from relationships.admin.comparing.upload import CompareForm
from relationships.admin.importing.asking import ask
from relationships.differences.background import COMPARE, LEARN
from relationships.differences.learning import open_ids
from relationships.models import Comparison, ImportBatch
from sistercities.admin.acts import OfficeAct, why_field

SHOWN = 50
State = ImportBatch.State


class OfAComparison(OfficeAct):
    """An act on one comparison."""

    right = RIGHT
    message = ""

    def get_back_url(self) -> str:
        """Its page."""
        return self.url("differences", self.object.pk)

    def get_context_data(self, **kwargs) -> dict:
        """With the comparison."""
        return super().get_context_data(**kwargs) | {"comparison": self.object}

    def locked(self) -> Comparison:
        """The comparison as it is now."""
        rows = Comparison.objects.select_for_update(of=("self",)).select_related("batch")
        return rows.get(pk=self.object.pk)


class CompareAgain(OfAComparison):
    """With what the registry and people have learnt since."""

    title = gettext_lazy("Compare anew")
    template_name = "admin/comparisons/again.html"
    button = gettext_lazy("Compare anew")

    def do(self, form: forms.Form) -> str:
        """Queue it."""
        comparison = self.locked()
        batch = comparison.batch
        if batch.state not in (State.UPLOADED, State.PLANNED) or not batch.file:
            form.add_error(None, _("The file is not kept any more. Upload it again."))
            return ""
        if not batch.mapping.get("columns"):
            form.add_error(None, _("The columns of this file are not matched yet."))
            return ""
        if not ask(COMPARE, batch, self.request, form):
            return ""
        self.log(comparison, _("Compared anew."))
        return self.get_back_url()


class IdsForm(forms.Form):
    """Why."""

    reason = why_field()


class KeepIds(OfAComparison):
    """The list's numbers of cities that have none here."""

    title = gettext_lazy("Keep Wikidata numbers")
    template_name = "admin/comparisons/ids.html"
    form_class = IdsForm
    button = gettext_lazy("Keep all of them")

    def dispatch(self, request, *args, **kwargs):
        """Cities are changed: both rights."""
        self.right = RIGHT if request.user.has_perm(CITIES) else CITIES
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict:
        """With the first of them."""
        rows = open_ids(self.object)
        shown = rows.select_related("city__region")[:SHOWN]
        return super().get_context_data(**kwargs) | {"count": rows.count(), "rows": shown}

    def do(self, form: IdsForm) -> str:
        """Queue it."""
        comparison, reason = self.locked(), form.cleaned_data["reason"]
        count = open_ids(comparison).count()
        if not count:
            form.add_error(None, _("There are none: every city of the list has its number."))
            return ""
        if not ask(LEARN, comparison.batch, self.request, form, reason=reason):
            return ""
        said = _("Wikidata numbers kept: %(count)d. %(reason)s")
        self.log(comparison, said % {"count": count, "reason": reason})
        return self.get_back_url()


class PublishForm(forms.ModelForm):
    """The tick, and what stands above the numbers."""

    name = CompareForm.base_fields["name"]
    taken_on = CompareForm.base_fields["taken_on"]
    reason = why_field()

    class Meta:
        model = Comparison
        fields = ("name", "taken_on", "is_published")

    clean_name = CompareForm.clean_name


class Publish(OfAComparison):
    """Everyone may read the totals, or no more; the pairs stay in the office."""

    title = gettext_lazy("Publish the totals")
    template_name = "admin/comparisons/publish.html"
    form_class = PublishForm
    button = gettext_lazy("Save")
    message = gettext_lazy("Saved.")

    def get_form_kwargs(self) -> dict:
        """The comparison as it is."""
        kwargs = super().get_form_kwargs()
        is_sent = self.request.method == "POST"
        return kwargs | {"instance": self.locked() if is_sent else self.object}

    def do(self, form: PublishForm) -> str:
        """Save it with the reason."""
        comparison, reason = form.instance, form.cleaned_data["reason"]
        comparison._change_reason = reason
        comparison.save(update_fields=["name", "taken_on", "is_published", "changed_at"])
        told = _("Totals published: %(reason)s") if comparison.is_published else "%(reason)s"
        self.log(comparison, told % {"reason": reason})
        return self.get_back_url()
