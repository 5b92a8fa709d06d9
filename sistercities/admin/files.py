"""Files in the admin: checked when they come in, never linked to where they lie."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.forms import ModelForm
from django.template.loader import render_to_string

from sistercities.uploads import ACCEPTED, PDF, PICTURE, accept


class OwnFileInput(forms.ClearableFileInput):
    """A file input that names the file that is kept and links to the page that hands it out."""

    template_name = "admin/own_file_input.html"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({"accept": ACCEPTED, **(attrs or {})})

    def _render(self, template_name: str, context: dict, renderer=None) -> str:
        """From the project's templates; the renderer of forms knows Django's own only."""
        return render_to_string(template_name, context)

    def get_context(self, name: str, value, attrs) -> dict:
        """With the row whose file it is (`sistercities.models.ownfile`)."""
        context = super().get_context(name, value, attrs)
        row = getattr(value, "instance", None)
        context["kept"] = row if row is not None and row.sha256 else None
        return context


FILE_INPUT = {models.FileField: {"widget": OwnFileInput}}


class OwnFileForm(ModelForm):
    """Takes in a file that is allowed, as it will be kept."""

    kinds: tuple[str, ...] = (PDF, PICTURE)

    def clean_file(self) -> UploadedFile | None:
        """The checked file; what is kept already stays as it is."""
        sent = self.cleaned_data.get("file")
        return accept(sent, self.kinds) if isinstance(sent, UploadedFile) else sent
