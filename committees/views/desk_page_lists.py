"""What a committee's page has many of: meetings, news, photos, documents. Lists and forms."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from committees.forms.page import (
    DocumentForm,
    EditNewsForm,
    MeetingForm,
    NewDocumentForm,
    NewPhotoForm,
    NewsForm,
    PhotoForm,
)
from committees.models import Document, Meeting, News, Photo
from committees.views.desk import DeskView
from committees.views.desk_page import PageForm
from sistercities.editing.views import CreateView, EditView

MOST_ROWS = 200


class ListPage(DeskView, TemplateView):
    """The rows of one model at this desk."""

    section = "page"
    model: type[models.Model]

    def rows(self) -> models.QuerySet:
        """The committee's rows."""
        return self.model.objects.for_committee(self.committee)

    def get_context_data(self, **kwargs) -> dict:
        """The newest rows; the quota of files keeps the rest few."""
        return super().get_context_data(**kwargs) | {"rows": self.rows()[:MOST_ROWS]}


class AddRow(PageForm, CreateView):
    """A new row of this committee."""

    def new_object(self) -> models.Model:
        """It belongs to the committee."""
        return self.form_class._meta.model(committee=self.committee)


class EditRow(PageForm, EditView):
    """A row of this committee."""

    def get_queryset(self) -> models.QuerySet:
        """The committee's rows."""
        return self.form_class._meta.model.objects.for_committee(self.committee)


class WithFile(PageForm):
    """The form needs to know whose files may come."""

    def get_form_kwargs(self) -> dict:
        """With the committee."""
        return super().get_form_kwargs() | {"committee": self.committee}


class Files(ListPage):
    """Rows that are files."""

    def rows(self) -> models.QuerySet:
        """With their files."""
        return super().rows().select_related("file")


class AddFile(WithFile, AddRow):
    """A new row that is a file."""

    def save(self, form) -> models.Model:
        """With the file that came."""
        form.instance.file = form.cleaned_data["file"]
        return super().save(form)


# Meetings


class Meetings(ListPage):
    """Meetings to come; older ones are over."""

    model = Meeting
    template_name = "desk/page_meetings.html"

    def rows(self) -> models.QuerySet:
        """From today on."""
        return super().rows().filter(date__gte=timezone.localdate())


class AddMeeting(AddRow):
    """A new meeting."""

    title = _("Announce a meeting")
    form_class = MeetingForm
    back_name = "page-meetings"


class EditMeeting(EditRow):
    """Another day, another place, or called off."""

    title = _("Change the meeting")
    form_class = MeetingForm
    back_name = "page-meetings"


# News


class NewsList(ListPage):
    """All news, also those that are hidden."""

    model = News
    template_name = "desk/page_news.html"


class SaveNews(WithFile):
    """What writing and changing a news item share."""

    back_name = "page-news"

    def save(self, form) -> News:
        """With its photo, which becomes one of the committee's photos."""
        if file := form.cleaned_data["photo_file"]:
            photo = Photo(committee=self.committee, file=file, has_consent=True)
            setattr(photo, f"description_{form.here}", form.cleaned_data["photo_description"])
            photo.save()
            form.instance.photo = photo
        elif form.cleaned_data.get("drop_photo"):
            form.instance.photo = None
        return super().save(form)


class AddNews(SaveNews, AddRow):
    """A new news item."""

    title = _("Write news")
    button = _("Publish")
    message = _("Published. Visitors see it now.")
    form_class = NewsForm


class EditNews(SaveNews, EditRow):
    """A news item as it should be, or hidden."""

    title = _("Change the news item")
    form_class = EditNewsForm
    template_name = "desk/page_news_edit.html"


# Photos


class Photos(Files):
    """All photos, also those that are hidden."""

    model = Photo
    template_name = "desk/page_photos.html"


class AddPhoto(AddFile):
    """A new photo."""

    title = _("Add a photo")
    button = _("Publish")
    form_class = NewPhotoForm
    back_name = "page-photos"


class EditPhoto(EditRow):
    """Its words, or hide it."""

    title = _("Change the photo")
    form_class = PhotoForm
    back_name = "page-photos"
    template_name = "desk/page_photo_edit.html"


# Documents


class Documents(Files):
    """All documents."""

    section = "documents"
    model = Document
    template_name = "desk/page_documents.html"


class AddDocument(AddFile):
    """A new document."""

    section = "documents"
    title = _("Add a document")
    message = _("Saved.")
    form_class = NewDocumentForm
    back_name = "documents"


class EditDocument(EditRow):
    """Its title, or who may have it."""

    section = "documents"
    title = _("Change the document")
    message = _("Saved.")
    form_class = DocumentForm
    back_name = "documents"
