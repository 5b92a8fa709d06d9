"""Which texts exist in two languages; and their history, which must see both columns."""

from modeltranslation.translator import TranslationOptions, register
from simple_history import register as keep_history

from committees.models import (
    City,
    Committee,
    Convention,
    Document,
    Guide,
    GuideFile,
    Meeting,
    News,
    Office,
    Photo,
    ProgrammeItem,
    SisterText,
)
from sistercities.history import History


@register(City)
class CityTexts(TranslationOptions):
    """The text about a city."""

    fields = ("about",)


@register(Committee)
class CommitteeTexts(TranslationOptions):
    """What a committee says of itself."""

    fields = ("about", "mission", "meetings", "contact_role")


@register(Office)
class OfficeTexts(TranslationOptions):
    """The name of an office."""

    fields = ("name",)


@register(News)
class NewsTexts(TranslationOptions):
    """A news item."""

    fields = ("title", "text")


@register(Photo)
class PhotoTexts(TranslationOptions):
    """What a photo shows."""

    fields = ("description",)


@register(Document)
class DocumentTexts(TranslationOptions):
    """The title of a document."""

    fields = ("title",)


@register(Meeting)
class MeetingTexts(TranslationOptions):
    """What a meeting is about."""

    fields = ("text",)


@register(Convention)
class ConventionTexts(TranslationOptions):
    """What a convention is called and about."""

    fields = ("name", "summary")


@register(ProgrammeItem)
class ProgrammeItemTexts(TranslationOptions):
    """A point of a convention's programme."""

    fields = ("title", "text")


@register(SisterText)
class SisterTexts(TranslationOptions):
    """What a committee tells about a sister city."""

    fields = ("text",)


@register(Guide)
class GuideTexts(TranslationOptions):
    """What a guide says."""

    fields = ("title", "summary", "text")


@register(GuideFile)
class GuideFileTexts(TranslationOptions):
    """What a file of a guide is."""

    fields = ("description",)


# simple-history copies a model's columns when it is told of the model: after modeltranslation has
# added the columns of the two languages, hence here and not in the class body.
keep_history(City, records_class=History, derived=City.DERIVED)
keep_history(Committee, records_class=History, derived=("sort_name",))
keep_history(Office, records_class=History)
keep_history(Convention, records_class=History, derived=Convention.DERIVED)
for model in (News, Photo, Document, Guide, GuideFile, Meeting, ProgrammeItem, SisterText):
    keep_history(model, records_class=History)
