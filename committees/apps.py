"""Who: places, committees and the people in them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteesConfig(AppConfig):
    """Imports the floor `sistercities` only; see README.md."""

    name = "committees"
    verbose_name = _("Cities and committees")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put this floor's lines on the desk's to-do list, and say what is kept how long."""
        from committees import delegating, keeping, merging, page_files, todo_lines  # noqa: F401
        from committees.conventions import todo as conventions  # noqa: F401
        from committees.dues import reminding, todo  # noqa: F401
        from committees.people import desk  # noqa: F401
