"""Which texts of the floor exist in two languages; and their history, which must see both."""

from modeltranslation.translator import TranslationOptions, register
from simple_history import register as keep_history

from sistercities.history import History
from sistercities.models import Association, PageText


@register(Association)
class AssociationTexts(TranslationOptions):
    """What the association is called."""

    fields = ("name",)


@register(PageText)
class PageTexts(TranslationOptions):
    """What a page says; an empty one is not filled with the other language's."""

    fields = ("text",)
    fallback_values = ""
    fallback_languages: dict = {"default": ()}


keep_history(Association, records_class=History)
keep_history(PageText, records_class=History)
