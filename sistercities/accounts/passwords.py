"""Rules for passwords beyond Django's own."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST = 128


class MaximumLength:
    """So long that no sentence is refused, so short that hashing costs nothing."""

    def validate(self, password: str, user=None) -> None:
        """ValidationError for a longer one."""
        if len(password) > MOST:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        """The rule in a sentence."""
        return _("A password has at most %(most)s characters.") % {"most": MOST}
