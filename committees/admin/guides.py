"""Guides, as the national office writes them, with their files."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from committees.admin.page import ToldForm
from committees.models import Guide, GuideFile
from sistercities import uploads
from sistercities.admin import ReviewedAdmin
from sistercities.admin.files import FILE_INPUT, OwnFileForm
from sistercities.admin.registry import RowsBelow
from sistercities.admin.slugs import AddressedForm


class GuideForm(ToldForm, AddressedForm):
    """A guide in one language at least."""

    subject = "guide"
    told = ("title", "text")


class GuideFileForm(OwnFileForm):
    """A PDF of a guide."""

    kinds = (uploads.PDF,)


class FilesBelow(RowsBelow):
    """PDFs to take along: a form, a model to sign."""

    model = GuideFile
    form = GuideFileForm
    formfield_overrides = FILE_INPUT
    fields = ("file", "description_es", "description_en", "language", "is_public")
    show_change_link = False


@admin.register(Guide)
class GuideAdmin(ReviewedAdmin):
    """Texts for everyone. What came with the software is the office's own to change."""

    form = GuideForm
    leaves_by = _("A guide is not deleted: it is rejected, and nobody sees it any more.")
    list_display = ("__str__", "topic", "rank", "review", "changed_at")
    list_filter = ("review", "topic")
    row_relations = ("reviewed_by",)
    search_fields = ("slug",)
    read_columns = ("title_es", "title_en", "summary_es", "summary_en")
    inlines = (FilesBelow,)
    fieldsets = (
        (None, {"fields": ("topic", "rank", "slug", "review", ("reviewed_by", "reviewed_at"))}),
        (_("In Spanish"), {"fields": ("title_es", "summary_es", "text_es")}),
        (_("In English"), {"fields": ("title_en", "summary_en", "text_en")}),
    )

    def review_preview(self, obj: Guide) -> tuple[str, dict]:
        """Its page, as it will be."""
        return "committees/guide.html", {"guide": obj, "files": obj.files.filter(is_public=True)}
