"""Send what waits in the outbox; run it every minute, or once with --every."""

from collections import Counter
from typing import Any

from django.core.management.base import CommandParser

from sistercities.management.repeating import RepeatingCommand
from sistercities.models.mail import OutgoingMail
from sistercities.sending import send_due


class Command(RepeatingCommand):
    """Any number of them may run at once: each mail is taken by one."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, help="look at so many mails at most, each time")
        super().add_arguments(parser)

    def turn(self, options: dict[str, Any]) -> str:
        fates = send_due(options["limit"])
        return in_words(fates) if fates or options["every"] is None else ""


def in_words(fates: Counter) -> str:
    """One line: "Sent 3, later 1, given up 0, not wanted 0; 12 wait."."""
    waiting = OutgoingMail.objects.filter(state=OutgoingMail.State.WAITING).count()
    later = fates["waiting"] + fates["postponed"]
    return (
        f"Sent {fates['sent']}, later {later}, given up {fates['failed']}, "
        f"not wanted {fates['refused']}; {waiting} wait."
    )
