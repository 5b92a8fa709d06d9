"""The floor of the house: users, addresses, tallies, history, pages' common parts."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SistercitiesConfig(AppConfig):
    """Holds no table of the subject; see README.md."""

    name = "sistercities"
    verbose_name = _("Registry")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep the rules that Django cannot write as constraints in the database itself; note in
        each login when it began."""
        from django.contrib.auth.signals import user_logged_in

        import sistercities.merging.keeping  # noqa: F401
        from sistercities import digest  # noqa: F401 - says what its mails are when they go out
        from sistercities.accounts.middleware import note_beginning
        from sistercities.database_rules import ensure_rules

        user_logged_in.connect(note_beginning, dispatch_uid="sistercities.accounts")

        post_migrate.connect(ensure_rules, dispatch_uid="sistercities.database_rules")
        post_migrate.connect(keep_groups, dispatch_uid="sistercities.groups")


def keep_groups(sender: AppConfig, using: str = "default", **_signal) -> None:
    """Once, after the last app's tables and permissions are there: give the office's groups what
    the code grants them. Permissions themselves are code that Django writes at this very place, so
    no server that runs `migrate` is out of step, and no command can be forgotten."""
    from django.apps import apps

    from sistercities.admin.groups import keep_in_step

    if sender is [one for one in apps.get_app_configs() if one.models_module][-1]:
        keep_in_step(using)
