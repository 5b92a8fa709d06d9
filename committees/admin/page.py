"""What committees tell on their pages, as the national office sees it."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from committees.admin.showing import OnThePageAdmin
from committees.models import Document, Meeting, News, Photo, SisterText
from sistercities.admin import RegistryAdmin, in_words
from sistercities.admin.reasons import ReasonForm
from sistercities.templatetags.ui import file_size

MISSING = _("Write something here, in one of the two languages.")


class ToldForm(ReasonForm):
    """What is told in one language at least; `told` names the texts."""

    told: tuple[str, ...] = ()

    def clean(self) -> dict:
        """A text in either language."""
        values = super().clean() or self.cleaned_data
        for name in self.told:
            if not (values.get(f"{name}_es") or values.get(f"{name}_en")):
                self.add_error(f"{name}_es", MISSING)
        return values


class NewsForm(ToldForm):
    """A news item."""

    told = ("title", "text")


class PhotoForm(ToldForm):
    """The words of a photo."""

    told = ("description",)


class DocumentForm(ToldForm):
    """The title of a document."""

    told = ("title",)


@admin.register(News)
class NewsAdmin(OnThePageAdmin):
    """News of all committees, the newest first."""

    form = NewsForm
    leaves_by = _("News are not deleted: they are hidden from the public page.")
    list_display = ("__str__", "committee", "date", "is_public")
    list_filter = ("is_public",)
    row_relations = ("committee", "photo")
    search_fields = ("committee__sort_name",)
    read_columns = ("title_es", "title_en")
    date_hierarchy = "date"
    autocomplete_fields = ("committee",)
    readonly_fields = ("photo",)
    fieldsets = (
        (None, {"fields": ("committee", "date", "photo", "is_public")}),
        (_("In Spanish"), {"fields": ("title_es", "text_es")}),
        (_("In English"), {"fields": ("title_en", "text_en")}),
    )


@admin.register(Photo)
class PhotoAdmin(OnThePageAdmin):
    """Photos of all committees. A picture comes in at the committee's desk only."""

    form = PhotoForm
    leaves_by = _("A photo is not deleted: it is hidden from the public page, and its file too.")
    list_display = ("small", "__str__", "committee", in_words("taken", _("taken")), "is_public")
    list_display_links = ("__str__",)
    list_filter = ("is_public", "has_consent")
    row_relations = ("committee", "file")
    search_fields = ("committee__sort_name",)
    read_columns = ("description_es", "description_en")
    readonly_fields = ("small", "has_consent")
    fieldsets = (
        (None, {"fields": ("committee", "small", "taken", "has_consent", "is_public")}),
        (_("What the photo shows"), {"fields": ("description_es", "description_en")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody here: the consent is confirmed at the desk."""
        return False

    @admin.display(description=_("small picture"))
    def small(self, photo: Photo) -> str:
        """The small picture, which leads to the large one."""
        file = photo.file
        return format_html(
            '<a href="{}"><img src="{}" width="{}" height="{}" loading="lazy" alt="{}"></a>',
            *(file.get_absolute_url(), file.thumb_url, *_within(120, file.width, file.height)),
            photo,
        )


@admin.register(Document)
class DocumentAdmin(OnThePageAdmin):
    """Documents that committees show everyone, and those that were hidden again."""

    form = DocumentForm
    leaves_by = _("A document is not deleted: it is hidden from the public page.")
    list_display = ("__str__", "committee", in_words("date", _("date")), "is_public", "download")
    list_filter = ("is_public",)
    row_relations = ("committee", "file")
    search_fields = ("committee__sort_name",)
    read_columns = ("title_es", "title_en")
    readonly_fields = ("download",)
    fieldsets = (
        (None, {"fields": ("committee", "date", "download", "is_public")}),
        (_("Title"), {"fields": ("title_es", "title_en")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody here: the file comes in at the committee's desk."""
        return False

    @admin.display(description=_("file"))
    def download(self, document: Document) -> str:
        """A link to the file; a hidden one is handed out to the committee only."""
        file = document.file
        said = f"{file.file_name} ({file_size(file.file_size)})"
        if not document.is_public:
            return said
        return format_html('<a href="{}">{}</a>', file.get_absolute_url(), said)


@admin.register(Meeting)
class MeetingAdmin(RegistryAdmin):
    """Meetings to which visitors may come."""

    leaves_by = _("A meeting is not deleted: it is called off.")
    list_display = ("date", "time", "committee", "place", "is_called_off")
    list_filter = ("is_called_off",)
    row_relations = ("committee",)
    search_fields = ("committee__sort_name",)
    read_columns = ("place",)
    date_hierarchy = "date"
    autocomplete_fields = ("committee",)
    fieldsets = (
        (None, {"fields": ("committee", ("date", "time"), "place", "is_called_off")}),
        (_("What it is about"), {"fields": ("text_es", "text_en")}),
    )


@admin.register(SisterText)
class SisterTextAdmin(RegistryAdmin):
    """What committees tell about their sister cities."""

    leaves_by = _("A text is not deleted: the committee empties it at its desk.")
    list_display = ("committee", "city", "official_site", "changed_at")
    list_filter = (("official_site", admin.EmptyFieldListFilter),)
    row_relations = ("committee", "city__region")
    search_fields = ("committee__sort_name", "official_site")
    read_columns = ("city__name",)
    autocomplete_fields = ("committee", "city")
    fieldsets = (
        (None, {"fields": ("committee", "city", "official_site")}),
        (_("Population"), {"fields": (("population", "population_year"),)}),
        (_("About the city"), {"fields": ("text_es", "text_en")}),
    )


def _within(most: int, width: int | None, height: int | None) -> tuple[int, int]:
    """The size at which a picture is drawn, no side longer than `most`."""
    width, height = width or most, height or most
    longest = max(width, height)
    return round(width * most / longest), round(height * most / longest)
