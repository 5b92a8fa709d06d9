"""Which texts exist in two languages; and their history, which must see both columns."""

from modeltranslation.translator import TranslationOptions, register
from simple_history import register as keep_history

from relationships.models import Activity, Donation, Exchange, Programme, Tie, TieEvent
from sistercities.history import History


@register(Tie)
class TieTexts(TranslationOptions):
    """What is said of a tie in prose."""

    fields = ("summary", "fields", "signatories", "term")


@register(TieEvent)
class TieEventTexts(TranslationOptions):
    """The public note of an event."""

    fields = ("note",)


@register(Exchange)
class ExchangeTexts(TranslationOptions):
    """What an exchange was and what came of it."""

    fields = ("title", "summary", "results")


@register(Donation)
class DonationTexts(TranslationOptions):
    """What was given, and in which emergency."""

    fields = ("description", "emergency")


@register(Activity)
class ActivityTexts(TranslationOptions):
    """What an activity is called."""

    fields = ("title",)


@register(Programme)
class ProgrammeTexts(TranslationOptions):
    """The summary of a year's programme."""

    fields = ("summary",)


# After modeltranslation has added its columns; see committees/translation.py.
keep_history(Tie, records_class=History, derived=Tie.DERIVED)
keep_history(TieEvent, records_class=History)
keep_history(Exchange, records_class=History, derived=("sort_name",))
keep_history(Donation, records_class=History)
keep_history(Programme, records_class=History)
keep_history(Activity, records_class=History)
