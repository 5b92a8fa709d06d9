"""Acts of the office that have a page of their own inside the admin: a form, or a preview and a
button. As at the desks, a form does its work once, and two people at once get a sentence.

    class Waive(OfficeAct):
        right = "committees.change_dues"
        title = _("Waive the dues")
        form_class = WaiveForm

        def do(self, form) -> str: ...

    def get_urls(self):
        return [path("<int:pk>/waive/", Waive.of(self), name="committees_dues_waive"), ...]
"""

from collections.abc import Callable
from functools import cached_property

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from sistercities.admin.reasons import LONGEST_REASON
from sistercities.admin.registry import number_of
from sistercities.editing.views import ActView


def why_field(**options) -> forms.CharField:
    """The reason, which the history keeps: never empty."""
    options.setdefault("label", _("Reason for the change"))
    return forms.CharField(
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        error_messages={"required": _("Write the reason.")},
        **options,
    )


def day_field(**options) -> forms.DateField:
    """A day, with the calendar of the admin where scripts run."""
    options["error_messages"] = {
        "required": _("Write the date."),
        "invalid": _("Write the date as 2026-05-14."),
    } | options.get("error_messages", {})
    return forms.DateField(widget=AdminDateWidget(), **options)


def choice_of(relation, **options) -> forms.ModelChoiceField:
    """A row found by typing its name, as the foreign key `relation` (a field of a model) is."""
    rows = relation.remote_field.model._default_manager.all()
    widget = AutocompleteSelect(relation, admin.site)
    return forms.ModelChoiceField(rows, widget=widget, **options)


@method_decorator(never_cache, name="dispatch")
class OfficePage:
    """Mixin: a page of one model's admin, for those who have `right`."""

    right = ""
    """Such as "committees.change_dues"."""
    title = ""
    model_admin: admin.ModelAdmin | None = None

    @classmethod
    def of(cls, model_admin: admin.ModelAdmin) -> Callable[..., HttpResponse]:
        """The view, behind the admin's door."""
        return model_admin.admin_site.admin_view(cls.as_view(model_admin=model_admin))

    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        """Let in who has the right."""
        if not request.user.has_perm(self.right):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def object(self) -> models.Model:
        """The row of this address; 404 when there is none."""
        number = number_of(self.model_admin.opts.pk, str(self.kwargs["pk"]))
        if number is None:
            raise Http404
        return get_object_or_404(self.model_admin.get_queryset(self.request), pk=number)

    def url(self, name: str = "changelist", *args) -> str:
        """A page of the same model."""
        opts = self.model_admin.opts
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=args)

    def get_context_data(self, **kwargs) -> dict:
        """What the admin's frame needs."""
        opts = self.model_admin.opts
        return (
            self.model_admin.admin_site.each_context(self.request)
            | {"opts": opts, "list_url": self.url(), "media": self.model_admin.media}
            | {"title": self.title}
            | super().get_context_data(**kwargs)
        )


class OfficeSight(OfficePage, TemplateView):
    """A page that shows something."""


class OfficeAct(OfficePage, ActView):
    """A form and its button; `template_name` may extend admin/act.html to say what is at stake."""

    template_name = "admin/act.html"
    form_class = forms.Form

    def get_back_url(self) -> str:
        """The page of the row, or the list."""
        return self.url("change", self.object.pk) if "pk" in self.kwargs else self.url()

    def get_context_data(self, **kwargs) -> dict:
        """With the scripts of the form's widgets."""
        context = super().get_context_data(**kwargs)
        return context | {"media": context["media"] + context["form"].media}

    def tried(self, form: forms.BaseForm, work: Callable[[], object]):
        """What `work` gives; what stands against it is put beside the form, and None given."""
        try:
            with transaction.atomic():
                return work()
        except ValidationError as error:
            put_beside(form, error)
            return None

    def log(self, row: models.Model, text: str) -> None:
        """A line in the office's log."""
        self.model_admin.log_change(self.request, row, text)


def put_beside(form: forms.BaseForm, error: ValidationError) -> None:
    """The sentences of an error beside the fields that they name, or above the form."""
    found = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
    for name, texts in found.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, text)
