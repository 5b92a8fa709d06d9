"""The first page: a file, and whose list it is."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relationships.admin.importing.asking import RIGHT
from relationships.imports import receiving
from relationships.imports.background import READ
from relationships.imports.refusal import ImportRefused
from relationships.imports.rows import LONGEST_SOURCE
from relationships.models import ImportBatch
from sistercities import jobs
from sistercities.admin.acts import OfficeAct

OFFERED = 50


class UploadForm(forms.Form):
    """Which file, and how its source is called."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.json"}),
        help_text=gettext_lazy(
            "CSV, TSV, XLSX or results of Wikidata's query service, smaller than 10 MB. The first "
            "row names the columns."
        ),
        error_messages={
            "required": gettext_lazy("Choose the file."),
            "missing": gettext_lazy("Choose the file."),
        },
    )
    source = forms.CharField(
        label=gettext_lazy("Name of the list"),
        max_length=LONGEST_SOURCE,
        widget=forms.TextInput(attrs={"class": "vTextField", "list": "known-sources"}),
        help_text=gettext_lazy(
            "Whose list it is, such as “ministry-register”. Give later lists of the same source "
            "the same name: matched columns and places are remembered with it."
        ),
        error_messages={"required": gettext_lazy("Write whose list it is.")},
    )

    def clean_source(self) -> str:
        """Without double spaces."""
        return " ".join(self.cleaned_data["source"].split())


class Upload(OfficeAct):
    """Takes the file in and looks at its header; a workbook is read by the worker."""

    right = RIGHT
    title = gettext_lazy("Import a list")
    template_name = "admin/imports/upload.html"
    form_class = UploadForm
    button = gettext_lazy("Upload and look at the columns")
    message = ""

    def prepare_post(self) -> None:
        """The file is looked at before anything of it is kept."""

    def get_context_data(self, **kwargs) -> dict:
        """With the sources of earlier lists, which the field offers."""
        rows = ImportBatch.objects.order_by("source").values_list("source", flat=True)
        return super().get_context_data(**kwargs) | {"sources": rows.distinct()[:OFFERED]}

    def do(self, form: UploadForm) -> str:
        """Keep it, or say what is wrong with it beside the field."""
        values = form.cleaned_data
        try:
            batch = receiving.receive(values["file"], values["source"], self.request.user)
        except ImportRefused as refusal:
            form.add_error("file", str(refusal))
            return ""
        self.model_admin.log_addition(self.request, batch, _("Uploaded."))
        if not receiving.is_read(batch):
            jobs.queue(READ, about=batch.about, by=self.request.user, batch=batch.pk)
            return self.url("plan", batch.pk)
        return self.url("columns", batch.pk)
