"""Settings of the office: rows that are always there, changed with a reason, by one at a time."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sistercities.admin.reasons import ReasonForm
from sistercities.admin.registry import RegistryAdmin

CHANGED_MEANWHILE = _(
    "Somebody else changed this while you wrote. Open the page again in another window, "
    "compare, and save what should hold."
)


class SettingForm(ReasonForm):
    """Always asks why, and knows which state of the row it was shown with."""

    is_only_shown = False
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "change_reason" in self.fields:
            self.fields["change_reason"].required = not self.is_only_shown
        if "seen" in self.fields:
            self.fields["seen"].initial = self._moment(self.instance)

    def is_valid(self) -> bool:
        """Whether it is to be saved."""
        return super().is_valid() and not self.is_only_shown

    def clean(self) -> dict:
        """Refuse what would overwrite somebody else's change, which stays locked until the end."""
        values = super().clean() or self.cleaned_data
        if self.instance.pk and "seen" in self.fields:
            rows = type(self.instance)._default_manager.select_for_update()
            now = rows.filter(pk=self.instance.pk).first()
            if now and values.get("seen") != self._moment(now):
                raise ValidationError(CHANGED_MEANWHILE)
        return values

    @staticmethod
    def _moment(row) -> str:
        return row.changed_at.isoformat() if row.pk else ""


class SettingAdmin(RegistryAdmin):
    """A page of settings. Its rows are few, and none goes away.

    `_preview` in what was sent shows the page again with what would be, and saves nothing: the
    template finds it as `preview`.
    """

    form = SettingForm
    change_form_template = "admin/setting_form.html"
    preview_template = ""
    preview_button = ""

    def get_fieldsets(self, request: HttpRequest, obj=None):
        """With the state that the form was shown with, where it is one."""
        fieldsets = list(super().get_fieldsets(request, obj))
        allowed = self.has_change_permission if obj else self.has_add_permission
        if allowed(*((request, obj) if obj else (request,))):
            fieldsets.append((None, {"fields": ["seen"], "classes": ["hidden"]}))
        return fieldsets

    def changeform_view(
        self, request: HttpRequest, object_id=None, form_url="", extra_context=None
    ) -> HttpResponse:
        """As always; or with a preview of what was typed."""
        extra = {"preview_button": self.preview_button} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, extra)

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs):
        """With the preview of what was typed, where one was asked for and it can be taken."""
        form = context["adminform"].form
        if self.asks_preview(request) and form.is_bound and not form.errors:
            context |= {"preview": self.preview_template, **self.previewed(form)}
        return super().render_change_form(request, context, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj=None, change=False, **kwargs):
        """A form that is only looked at is never valid, so that Django saves nothing."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if self.asks_preview(request):
            return type(form.__name__, (form,), {"is_only_shown": True})
        return form

    def asks_preview(self, request: HttpRequest) -> bool:
        """Whether only a look was asked for."""
        return bool(self.preview_template) and "_preview" in request.POST

    def previewed(self, form: forms.ModelForm) -> dict:
        """What the preview's template shows of a form without errors."""
        return {}


class OneRowAdmin(SettingAdmin):
    """Settings of which there is one row: entered once, changed ever after."""

    def changeform_view(
        self, request: HttpRequest, object_id=None, form_url="", extra_context=None
    ) -> HttpResponse:
        """Without a button for another one."""
        extra = {"show_save_and_add_another": False} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, extra)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Until it is there."""
        if not super().has_add_permission(request):
            return False
        if not hasattr(request, "has_one_row"):
            request.has_one_row = self.model.objects.exists()
        return not request.has_one_row

    def add_view(self, request: HttpRequest, form_url="", extra_context=None) -> HttpResponse:
        """Somebody else was quicker: lead to what they entered."""
        if super().has_add_permission(request) and self.model.objects.exists():
            meta = self.opts
            page = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
            self.message_user(request, CHANGED_MEANWHILE)
            return HttpResponseRedirect(page)
        return super().add_view(request, form_url, extra_context)
