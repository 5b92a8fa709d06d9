"""The words of a field's choices in the reader's language, all at once.

`get_kind_display` hashes every choice, and so translates them all, for each object that is asked; a
page with fifty rows asks once here.
"""

from functools import lru_cache

from django.db.models import Choices
from django.utils.translation import get_language, override


def choice_words(choices: type[Choices]) -> dict[str, str]:
    """The label of each value: {"sister_city": "Ciudad hermana", …}."""
    return _words(choices, get_language() or "es")


@lru_cache(maxsize=64)
def _words(choices: type[Choices], language: str) -> dict[str, str]:
    with override(language):
        return {value: str(label) for value, label in choices.choices}
