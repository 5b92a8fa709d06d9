"""What a committee shows on its public page, and what may be hidden there again."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sistercities.models import Attachment

STAYS_HIDDEN = _("The national office hid this. Ask the office before you show it again.")
THEIR_OWN = _("The committee hid it itself, or never showed it.")


class OnThePageQuerySet(models.QuerySet):
    """Of models with `is_public` and a history."""

    def shown(self):
        """Those that everyone may see."""
        return self.filter(is_public=True)

    def ever_shown(self):
        """Those that everyone may see, or once could: what was never shown is the desk's own."""
        versions = self.model.history.filter(id=models.OuterRef("pk"), is_public=True)
        return self.filter(Q(is_public=True) | models.Exists(versions))

    @transaction.atomic
    def show(
        self, is_public: bool, *, by, reason: str
    ) -> tuple[list[models.Model], list[tuple[models.Model, ValidationError]]]:
        """Show or hide them for the office, in the name of the user `by`: the changed rows, and
        those that must not be shown with why. Only what the office hid is shown by it again.
        Nothing else of a row is touched, whatever somebody writes there.
        """
        numbers = list(self.values_list("pk", flat=True))
        waiting = self.model._base_manager.select_for_update().filter(pk__in=numbers)
        changed, refused = [], []
        for row in waiting.exclude(is_public=is_public).order_by("pk"):
            try:
                if is_public and not row.is_hidden_by_office:
                    raise ValidationError(THEIR_OWN)
                row.is_public, row.is_hidden_by_office = is_public, not is_public
                row.validate_constraints()
            except ValidationError as error:
                refused.append((row, error))
                continue
            row._change_reason, row._history_user = reason, by
            row.save()
            changed.append(row)
        return changed, refused


class OnThePage(models.Model):
    """What a committee shows on its page, unless the national office hid it."""

    is_hidden_by_office = models.BooleanField(
        _("hidden by the national office"), default=False, editable=False
    )

    class Meta:
        abstract = True

    @staticmethod
    def hidden_stays_hidden(name: str) -> models.CheckConstraint:
        """What the office hid is shown by nobody else."""
        return models.CheckConstraint(
            name=name,
            condition=Q(is_public=False) | Q(is_hidden_by_office=False),
            violation_error_message=STAYS_HIDDEN,
        )


class ItsFile:
    """Mixin for what consists of one attachment, `file`."""

    def save(self, *args, **kwargs) -> None:
        """The file is as public as the row."""
        super().save(*args, **kwargs)
        Attachment.objects.filter(pk=self.file_id).update(is_public=self.is_public)

    def delete(self, *args, **kwargs):
        """The file goes with its row."""
        file = self.file
        with transaction.atomic():
            gone = super().delete(*args, **kwargs)
            file.remove()
        return gone
