"""Addresses of the web as people write them: without https:// too."""

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

WRONG = _("Write the address of a web site, for example https://www.example.org.")


class WebAddressField(forms.URLField):
    """A link that a public page may show: http or https."""

    default_validators = [URLValidator(schemes=["http", "https"], message=WRONG)]
    default_error_messages = {"invalid": WRONG}

    def __init__(self, **options) -> None:
        super().__init__(**{"assume_scheme": "https"} | options)
