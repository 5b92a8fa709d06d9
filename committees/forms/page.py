"""The forms of the committee's page, one for each part."""

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from committees.forms.bilingual import BilingualForm, in_both
from committees.forms.counts import CountField
from committees.forms.web import WebAddressField
from committees.models import City, Committee, Document, Meeting, News, Photo
from committees.models.document import PURPOSE as DOCUMENT
from committees.models.photo import PURPOSE as PHOTO
from committees.models.showing import STAYS_HIDDEN
from sistercities import uploads
from sistercities.editing.uploading import UploadField

ELSEWHERE = _("This file belongs to another page. Choose it again.")
WRITE_DATE = {
    "required": _("Write the date."),
    "invalid": _("Write the date as 2026-05-14."),
}
NEEDS_CONSENT = _("Confirm that the people in the photo agreed. Without that it cannot be shown.")
CONSENT = _("The people in the photo agreed to be shown; for minors, their parents did.")
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
MOST_YEARS_AHEAD = 5


def rows(count: int) -> forms.Textarea:
    """A text field of so many lines."""
    return forms.Textarea(attrs={"rows": count})


class AboutForm(BilingualForm):
    """The association's story."""

    texts = ("mission", "about")

    class Meta:
        model = Committee
        fields = [*in_both("mission"), *in_both("about"), "founded"]
        labels = {
            "founded": _("When it was founded"),
            **dict.fromkeys(in_both("mission"), _("What the committee does, in a few sentences")),
            **dict.fromkeys(in_both("about"), _("Its story")),
        }
        help_texts = {"founded": _("A year is enough, for example 1969.")}


class CityForm(BilingualForm):
    """What a committee may say of its own city. Names, coordinates and region stay with the
    national office."""

    texts = ("about",)
    population = CountField(label=_("Population"), required=False, min_value=0, max_value=2 * 10**9)
    reason = forms.CharField(
        label=_("Where do you know this from?"),
        help_text=_("For example: census of 2020. It stays in the history of the city."),
        max_length=200,
        error_messages={"required": _("Say where you know this from.")},
    )

    class Meta:
        model = City
        fields = [
            *in_both("about"),
            *("about_source", "population", "population_year", "founded", "incorporated"),
            *("government", "official_site"),
        ]
        field_classes = {"official_site": WebAddressField}
        labels = {
            "about_source": _("Who wrote this text"),
            "population_year": _("Year of the population"),
            "founded": _("Founded"),
            "incorporated": _("Incorporated"),
            "government": _("Form of government"),
            "official_site": _("Official site"),
            **dict.fromkeys(in_both("about"), _("About the city")),
        }
        help_texts = {
            "government": _("For example: council–manager."),
            "official_site": _("For example https://www.example.org"),
            "founded": _("A year is enough, for example 1969."),
        }
        error_messages = {
            "population_year": {
                "invalid": _("Write the year with four digits, for example 2019."),
            }
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["population_year"].min_value = 1500
        if not self.instance.population:
            self.initial["population"] = None

    def clean_population(self) -> int:
        """Unknown is kept as 0."""
        return self.cleaned_data["population"] or 0


class ContactForm(BilingualForm):
    """How visitors reach the committee; all of it is public."""

    texts = ("contact_role",)

    class Meta:
        model = Committee
        fields = [*in_both("contact_role"), "public_email", "public_phone", "website"]
        field_classes = {"website": WebAddressField}
        labels = {
            "public_email": _("Public e-mail address"),
            "public_phone": _("Public telephone"),
            "website": _("Web site"),
            **dict.fromkeys(in_both("contact_role"), _("Who answers")),
        }
        help_texts = {
            "public_email": _("Everyone will see it. Do not write a private address."),
            "public_phone": _("Everyone will see it. Do not write a private number."),
            "website": _("For example https://www.example.org"),
            **dict.fromkeys(in_both("contact_role"), _("An office, not a name: the secretary")),
        }
        error_messages = {
            "public_email": {"invalid": _("Write an e-mail address like name@example.org.")}
        }


class RegularMeetingsForm(BilingualForm):
    """When and where a committee usually meets."""

    texts = ("meetings",)

    class Meta:
        model = Committee
        fields = in_both("meetings")
        labels = dict.fromkeys(in_both("meetings"), _("When and where you usually meet"))
        widgets = {name: rows(3) for name in in_both("meetings")}


class MeetingForm(BilingualForm):
    """One meeting to which visitors may come."""

    texts = ("text",)
    leading = ("date", "time", "place")

    class Meta:
        model = Meeting
        fields = ["date", "time", "place", *in_both("text"), "is_called_off"]
        labels = {
            "date": _("Day"),
            "time": _("Hour"),
            "place": _("Place"),
            **dict.fromkeys(in_both("text"), _("What it is about")),
        }
        help_texts = {"place": _("With the street, so that guests find it")}
        widgets = {
            "date": DAY,
            "time": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        }
        error_messages = {
            "date": WRITE_DATE,
            "time": {"invalid": _("Write the hour as 18:30.")},
            "place": {"required": _("Write the place.")},
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.leave_out("is_called_off")

    def clean_date(self):
        """A day that somebody may come on."""
        date, today = self.cleaned_data["date"], timezone.localdate()
        if self.instance.pk is None and date < today:
            raise forms.ValidationError(_("Write a day that is still to come."))
        if date.year > today.year + MOST_YEARS_AHEAD:
            raise forms.ValidationError(_("Check the year: this day is very far away."))
        return date


class OwnFile(BilingualForm):
    """A form with a file that belongs to this committee: `committee` comes with the view."""

    def __init__(self, *args, committee: Committee, **kwargs) -> None:
        self.committee = committee
        super().__init__(*args, **kwargs)

    def own(self, name: str):
        """The file of a field, if it was sent for this committee and has no other use."""
        found = self.cleaned_data[name]
        if found and (found.owner != self.committee.pk or found.kept_at):
            raise forms.ValidationError(ELSEWHERE)
        return found


class ShownForm(BilingualForm):
    """What may be shown on the page, unless the national office hid it."""

    def clean_is_public(self) -> bool:
        """What the office hid stays hidden."""
        if self.cleaned_data["is_public"] and self.instance.is_hidden_by_office:
            raise forms.ValidationError(STAYS_HIDDEN)
        return self.cleaned_data["is_public"]


class PhotoForm(ShownForm):
    """What a photo shows, and whether it is shown."""

    texts = ("description",)
    needed = ("description",)

    class Meta:
        model = Photo
        fields = [*in_both("description"), "taken", "has_consent", "is_public"]
        labels = {
            "taken": _("When it was taken"),
            "has_consent": CONSENT,
            "is_public": _("Show it on the page"),
            **dict.fromkeys(in_both("description"), _("What does the photo show?")),
        }
        help_texts = {"taken": _("A year is enough.")}

    def clean(self) -> dict:
        """Nobody is shown who did not agree."""
        cleaned = super().clean()
        if cleaned.get("is_public") and not cleaned.get("has_consent"):
            self.add_error("has_consent", NEEDS_CONSENT)
        return cleaned


class NewPhotoForm(OwnFile, PhotoForm):
    """A photo with its file."""

    file = UploadField(purpose=PHOTO, kinds=(uploads.PICTURE,), label=_("Photo"))
    leading = ("file",)

    def clean_file(self):
        """A file of this committee."""
        return self.own("file")


class NewsForm(OwnFile, ShownForm):
    """A news item, with a photo if there is one."""

    texts = ("title", "text")
    needed = ("title", "text")
    photo_file = UploadField(
        purpose=PHOTO, kinds=(uploads.PICTURE,), label=_("Photo"), required=False
    )
    photo_description = forms.CharField(
        label=_("What does the photo show?"), max_length=300, required=False
    )
    photo_consent = forms.BooleanField(label=CONSENT, required=False)

    class Meta:
        model = News
        fields = [*in_both("title"), *in_both("text"), "date", "is_public"]
        labels = {
            "date": _("Date"),
            "is_public": _("Show it on the page"),
            **dict.fromkeys(in_both("title"), _("Title")),
            **dict.fromkeys(in_both("text"), _("Text")),
        }
        widgets = {"date": DAY, **{name: rows(8) for name in in_both("text")}}
        error_messages = {"date": WRITE_DATE}

    field_order = ["photo_file", "photo_description", "photo_consent", "date", "is_public"]

    def clean_photo_file(self):
        """A file of this committee."""
        return self.own("photo_file")

    def clean(self) -> dict:
        """A photo comes with its words and with consent."""
        cleaned = super().clean()
        if cleaned.get("photo_file"):
            if not cleaned.get("photo_description"):
                self.add_error("photo_description", _("Say what the photo shows."))
            if not cleaned.get("photo_consent"):
                self.add_error("photo_consent", NEEDS_CONSENT)
        return cleaned


class EditNewsForm(NewsForm):
    """An older news item: its photo can be taken off, or another one be put in its place."""

    drop_photo = forms.BooleanField(
        label=_("Take the photo off this news item"),
        help_text=_("It stays among the photos of the committee."),
        required=False,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.photo_id is None:
            self.leave_out("drop_photo")


class DocumentForm(ShownForm):
    """The title of a document, and who may have it."""

    texts = ("title",)
    needed = ("title",)

    class Meta:
        model = Document
        fields = [*in_both("title"), "date", "is_public"]
        labels = {
            "date": _("Date of the document"),
            "is_public": _("Everyone may download it"),
            **dict.fromkeys(in_both("title"), _("Title")),
        }
        help_texts = {
            "date": _("A year is enough."),
            "is_public": _("Without this tick only your committee sees it."),
        }


class NewDocumentForm(OwnFile, DocumentForm):
    """A document with its file."""

    file = UploadField(purpose=DOCUMENT, kinds=(uploads.PDF,), label=_("File"))
    leading = ("file",)

    def clean_file(self):
        """A file of this committee."""
        return self.own("file")


class ColourForm(forms.ModelForm):
    """One of the tested colours."""

    class Meta:
        model = Committee
        fields = ["colour"]
        labels = {"colour": _("Colour of the page")}
        widgets = {"colour": forms.RadioSelect}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colour"].choices = [
            (
                value,
                format_html('<span class="swatch" data-theme-colour="{}"></span> {}', value, label),
            )
            for value, label in Committee.Colour.choices
        ]
