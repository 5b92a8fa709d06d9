"""What binds them: ties, exchanges, donations, and how lists of them come in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelationshipsConfig(AppConfig):
    """Imports `committees` and the floor `sistercities`; see README.md."""

    name = "relationships"
    verbose_name = _("Ties and exchanges")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put this floor's sections and lines on the desk."""
        from relationships import desk, keeping, merging, page_parts, todo  # noqa: F401
        from relationships.differences import background as comparing  # noqa: F401
        from relationships.imports import background  # noqa: F401
        from relationships.reporting import news  # noqa: F401
