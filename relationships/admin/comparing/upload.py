"""The first page: a list that is compared, and never applied as it is."""

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relationships.admin.comparing.rights import IMPORTING, RIGHT
from relationships.admin.importing.upload import UploadForm
from relationships.imports import receiving
from relationships.imports.background import READ
from relationships.imports.refusal import ImportRefused
from relationships.models import Comparison, ImportBatch
from sistercities import jobs
from sistercities.admin.acts import OfficeAct, day_field

OFFERED = 50


class CompareForm(UploadForm):
    """Which file, whose list it is, and of which day."""

    name = forms.CharField(
        label=gettext_lazy("Its name for the public"),
        max_length=80,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Such as “Wikidata”. It stands above the numbers once you publish."),
        error_messages={"required": gettext_lazy("Write how the public knows the list.")},
    )
    taken_on = day_field(
        label=gettext_lazy("Date of the list"),
        initial=timezone.localdate,
        help_text=gettext_lazy("The day on which it was taken from its source."),
    )
    is_of_wikidata = forms.BooleanField(
        label=gettext_lazy("These are Wikidata's own statements (P190), each of its first city"),
        required=False,
        help_text=gettext_lazy("What is missing there can then be given back."),
    )

    def clean_name(self) -> str:
        """Without double spaces."""
        return " ".join(self.cleaned_data["name"].split())


class UploadToCompare(OfficeAct):
    """Takes the file in, as an import would, for its differences only."""

    right = RIGHT
    title = gettext_lazy("Compare a list")
    template_name = "admin/comparisons/upload.html"
    form_class = CompareForm
    button = gettext_lazy("Upload and look at the columns")
    message = ""

    def prepare_post(self) -> None:
        """The file is looked at before anything of it is kept."""

    def get_context_data(self, **kwargs) -> dict:
        """With the sources of earlier lists, which the field offers."""
        rows = ImportBatch.objects.order_by("source").values_list("source", flat=True)
        return super().get_context_data(**kwargs) | {"sources": rows.distinct()[:OFFERED]}

    def do(self, form: CompareForm) -> str:
        """Keep it, or say what is wrong with it beside the field."""
        values = form.cleaned_data
        try:
            batch = receiving.receive(values["file"], values["source"], self.request.user)
        except ImportRefused as refusal:
            form.add_error("file", str(refusal))
            return ""
        batch.is_compared = True
        batch.save(update_fields=["is_compared"])
        asked = {name: values[name] for name in ("name", "taken_on", "is_of_wikidata")}
        comparison = Comparison(batch=batch, **asked)
        comparison._change_reason = _("Uploaded.")
        comparison.save()
        self.model_admin.log_addition(self.request, comparison, _("Uploaded."))
        if not receiving.is_read(batch):
            jobs.queue(READ, about=batch.about, by=self.request.user, batch=batch.pk)
        elif self.request.user.has_perm(IMPORTING):
            return reverse("admin:relationships_importbatch_columns", args=[batch.pk])
        return self.url("differences", comparison.pk)
