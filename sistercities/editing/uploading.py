"""A form field for files that survive every error of the form.

A file is kept before the form is read; what the form then carries is its signed number. The field
says what is kept, and offers to remove it.
"""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sistercities import uploads
from sistercities.editing import attachments
from sistercities.models import Attachment

KEPT, REMOVE = "-kept", "-remove"
ANYBODY = object()
_ACCEPT = {
    uploads.PDF: ["application/pdf", ".pdf"],
    uploads.PICTURE: ["image/jpeg", "image/png", "image/webp"],
}
_HINTS = {
    (uploads.PDF,): _("PDF, at most 10 MB"),
    (uploads.PICTURE,): _("JPEG, PNG or WebP, at most 8 MB"),
}
_HINT = _("PDF (at most 10 MB) or picture (JPEG, PNG, WebP; at most 8 MB)")


@dataclass(frozen=True)
class Sent:
    """What a form says of a file: the one it carries, or why the new one was refused."""

    signed: str
    refusal: ValidationError | None = None

    def attachment(self) -> Attachment | None:
        """The file itself."""
        return attachments.find(self.signed) if self.signed else None


class UploadInput(forms.ClearableFileInput):
    """Says what is kept and offers to remove it; and a file can be chosen."""

    template_name = "editing/upload_input.html"

    def value_from_datadict(self, data, files, name) -> Sent:
        """The signed number; `receive` has turned the file into one, or says why not."""
        refusal = files.get(name) if files else None
        removed = data.get(name + REMOVE)
        signed = "" if removed else data.get(name + KEPT, "")
        return Sent(signed, refusal if isinstance(refusal, ValidationError) else None)

    def value_omitted_from_data(self, data, files, name) -> bool:
        """Never by itself: no file and none carried means no file."""
        return False

    def get_context(self, name, value, attrs) -> dict:
        """With the kept file, from what was sent or from what the object has."""
        context = super().get_context(name, None, attrs)
        kept = value.attachment() if isinstance(value, Sent) else value
        if isinstance(kept, int):
            kept = Attachment.objects.filter(pk=kept).first()
        context["widget"]["kept"] = kept
        context["widget"]["signed"] = attachments.sign(kept) if kept else ""
        return context

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        """By the site's templates; Django's renderer of forms knows only those of apps."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))

    def use_required_attribute(self, initial) -> bool:
        """Our own sentences answer."""
        return False


class UploadField(forms.Field):
    """A file; its cleaned value is an `Attachment` or None.

    photo = UploadField(purpose="committees.photo", kinds=(uploads.PICTURE,))

    `purpose` decides who sees it while it is private (`attachments.let_see`).
    """

    widget = UploadInput
    owner: object = ANYBODY
    """Whose files may be carried; the page says it (`belongs_to`)."""
    default_error_messages = {"required": _("Choose a file.")}

    def __init__(self, *, purpose: str, kinds=(uploads.PDF, uploads.PICTURE), **options) -> None:
        self.purpose, self.kinds = purpose, tuple(kinds)
        options.setdefault("help_text", _HINTS.get(self.kinds, _HINT))
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict:
        """What the browser's own dialog offers."""
        return {"accept": ",".join(each for kind in self.kinds for each in _ACCEPT[kind])}

    def clean(self, value: Sent) -> Attachment | None:
        """The attachment of this purpose, or why there is none."""
        if value.refusal:
            raise value.refusal
        found = value.attachment()
        if found is not None and (
            found.purpose != self.purpose or self.owner not in (ANYBODY, found.owner)
        ):
            found = None
        if found is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return found

    def has_changed(self, initial, data: Sent) -> bool:
        """Whether it is another file than before."""
        found = data.attachment() if isinstance(data, Sent) else data
        return getattr(initial, "pk", initial) != getattr(found, "pk", None)


def belongs_to(owner: int | None, form: forms.BaseForm) -> forms.BaseForm:
    """Let a form carry files of one owner only."""
    for field in form.fields.values():
        if isinstance(field, UploadField):
            field.owner = owner
    return form


def receive(page) -> None:
    """Keep the files that came with a page's form, outside of any transaction of its work."""
    refused = MultiValueDict()
    prefix = page.get_prefix()
    for name, field in page.get_form_class().base_fields.items():
        if not isinstance(field, UploadField):
            continue
        html_name = f"{prefix}-{name}" if prefix else name
        sent = page.request.FILES.get(html_name)
        if sent is None:
            continue
        try:
            attachment = attachments.store(
                sent,
                kinds=field.kinds,
                purpose=field.purpose,
                owner=page.upload_owner(),
                user=page.request.user,
            )
        except ValidationError as refusal:
            refused[html_name] = refusal
        else:
            page.data[html_name + KEPT] = attachments.sign(attachment)
            page.data.pop(html_name + REMOVE, None)
    page.files = refused


def settle(form: forms.BaseForm) -> None:
    """After the object is saved: keep what it has now, remove what it had before."""
    for name, field in form.fields.items():
        if not isinstance(field, UploadField):
            continue
        before, now = form.initial.get(name), form.cleaned_data.get(name)
        if now is not None and now.pk:
            now.keep()
        before = getattr(before, "pk", before)
        if before and before != getattr(now, "pk", None):
            for old in Attachment.objects.filter(pk=before):
                old.remove()
