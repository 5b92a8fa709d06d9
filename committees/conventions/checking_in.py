"""The registration desk of a convention: who came, taking that back, withdrawing."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Registration
from sistercities.admin.registry import sentence_for
from sistercities.models.base import WrongState

REGISTERED, WITHDRAWN = Registration.State.REGISTERED, Registration.State.WITHDRAWN


def check_in(registration: Registration, *, by, reason: str = "") -> None:
    """Write down that the person is here. WrongState says why not: of two clerks one wins."""
    if registration.convention.is_cancelled:
        raise WrongState(_("The convention is cancelled."))
    if timezone.localdate() < registration.convention.begins.earliest - registration.EARLY:
        raise WrongState(_("The convention has not begun."))
    came = {"attended_at": timezone.now(), "checked_in_by": by}
    if not _changed(registration, {"state": REGISTERED, "attended_at": None}, came, by, reason):
        is_here = registration.is_standing
        raise WrongState(_("Checked in already.") if is_here else _("It is withdrawn."))


def take_back(registration: Registration, *, by, reason: str) -> None:
    """The person is not here after all. WrongState when nobody checked them in."""
    gone = {"attended_at": None, "checked_in_by": None}
    if not _changed(registration, {"attended_at__isnull": False}, gone, by, reason):
        raise WrongState(_("Not checked in."))


def withdraw(registration: Registration, *, by, reason: str) -> None:
    """The person does not come. WrongState for who is here, or is withdrawn already."""
    expected = {"state": REGISTERED, "attended_at": None}
    if not _changed(registration, expected, {"state": WITHDRAWN}, by, reason):
        came = registration.has_come
        raise WrongState(
            _("This person came: the registration stays.") if came else _("Withdrawn already.")
        )


def reinstate(registration: Registration, *, by, reason: str) -> None:
    """Let a withdrawn registration stand again. WrongState when it does, or when another one has
    taken its place."""
    registration.state = REGISTERED
    try:
        registration.full_clean()
    except ValidationError as error:
        raise WrongState(" ".join(error.messages)) from error
    if not _changed(registration, {"state": WITHDRAWN}, {"state": REGISTERED}, by, reason):
        raise WrongState(_("It stands already."))


def _changed(registration: Registration, expected: dict, new: dict, by, reason: str) -> bool:
    """Change a row that still is as expected, with its history; False when it is not."""
    try:
        return _write(registration, expected, new, by, reason)
    except IntegrityError as error:
        raise WrongState(sentence_for(error, Registration)) from error


def _write(registration: Registration, expected: dict, new: dict, by, reason: str) -> bool:
    with transaction.atomic():
        rows = Registration.objects.filter(pk=registration.pk, **expected)
        done = rows.update(changed_at=timezone.now(), **new)
        registration.refresh_from_db(fields=["state", *new, "attended_at", "changed_at"])
        if done:
            Registration.history.bulk_history_create(
                [registration], update=True, default_user=by, default_change_reason=reason or None
            )
    return bool(done)
