"""The association's name and contact, and the texts of the pages of prose."""

from django.contrib import admin
from django.forms import ModelForm, Textarea
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext_lazy as _

from sistercities.admin.setting import OneRowAdmin, SettingAdmin, SettingForm
from sistercities.association import TITLES
from sistercities.models import Association, PageText

SIGNS = _(
    "Plain text. An empty line begins a paragraph; a line that begins with “# ” is a heading, "
    "lines that begin with “- ” are a list. Web and e-mail addresses become links. Empty: the "
    "built-in text."
)


@admin.register(Association)
class AssociationAdmin(OneRowAdmin):
    """What every page says of the association."""

    list_display = ("__str__", "email", "telephone")
    leaves_by = _("What is empty is not shown; without a name the registry's own stands there.")
    search_fields = ("email",)
    fieldsets = (
        (_("Name"), {"fields": ("name_es", "name_en")}),
        (_("Contact"), {"fields": ("email", "telephone", "postal_address")}),
    )


class PageTextForm(SettingForm):
    """Room enough to write in, and what the signs mean."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text_es", "text_en"):
            if name in self.fields:
                self.fields[name].widget = Textarea(attrs={"rows": 20, "class": "vLargeTextField"})
                self.fields[name].help_text = SIGNS


@admin.register(PageText)
class PageTextAdmin(SettingAdmin):
    """One row a page. An earlier text stands in the history, to be copied back."""

    form = PageTextForm
    preview_template = "admin/page_text_preview.html"
    preview_button = _("Preview")
    leaves_by = _("A text is not deleted: when both are empty, the page shows its built-in text.")
    list_display = ("__str__", "in_spanish", "in_english", "on_the_site")
    search_fields = ("page",)
    fieldsets = (
        (None, {"fields": ("page", "on_the_site")}),
        (_("In Spanish"), {"fields": ("text_es",)}),
        (_("In English"), {"fields": ("text_en",)}),
    )
    readonly_fields = ("on_the_site",)

    def get_readonly_fields(self, request: HttpRequest, obj=None):
        """A text stays with its page."""
        fields = super().get_readonly_fields(request, obj)
        return ("page", *fields) if obj else fields

    def previewed(self, form: ModelForm) -> dict:
        """Both texts as the page would show them."""
        page = form.cleaned_data.get("page") or form.instance.page
        shown = []
        for code in ("es", "en"):
            name = get_language_info(code)["name_local"].capitalize()
            with override(code):
                title = str(TITLES[page])
            text = form.cleaned_data[f"text_{code}"]
            shown.append({"language": code, "name": name, "title": title, "text": text})
        return {"previews": shown}

    @admin.display(description=_("in Spanish"), boolean=True)
    def in_spanish(self, row: PageText) -> bool:
        """Whether the office wrote it."""
        return bool((row.text_es or "").strip())

    @admin.display(description=_("in English"), boolean=True)
    def in_english(self, row: PageText) -> bool:
        """Whether the office wrote it."""
        return bool((row.text_en or "").strip())

    @admin.display(description=_("on the site"))
    def on_the_site(self, row: PageText) -> str:
        """A link to the page."""
        if not row.page:
            return "–"
        return format_html('<a href="{}">{}</a>', reverse(f"public:{row.page}"), TITLES[row.page])
