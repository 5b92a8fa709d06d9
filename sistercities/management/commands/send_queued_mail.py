"""Send what waits in the outbox; run it every minute, or once with --every."""

import os
import time
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from sistercities.models.mail import OutgoingMail
from sistercities.sending import send_due


class Command(BaseCommand):
    """Any number of them may run at once: each mail is taken by one."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, help="look at so many mails at most, each time")
        parser.add_argument(
            "--every", type=float, metavar="SECONDS", help="go on for ever, with pauses"
        )
        parser.add_argument(
            "--with-parent", action="store_true", help="end when the program that began it ends"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        parent, every = os.getppid(), options["every"]
        try:
            while True:
                fates = send_due(options["limit"])
                if fates or every is None:
                    self.stdout.write(in_words(fates))
                    self.stdout.flush()
                if every is None:
                    return
                close_old_connections()
                time.sleep(every)
                if options["with_parent"] and os.getppid() != parent:
                    return
        except KeyboardInterrupt:
            return


def in_words(fates: Counter) -> str:
    """One line: "Sent 3, later 1, given up 0, not wanted 0; 12 wait."."""
    waiting = OutgoingMail.objects.filter(state=OutgoingMail.State.WAITING).count()
    later = fates["waiting"] + fates["postponed"]
    return (
        f"Sent {fates['sent']}, later {later}, given up {fates['failed']}, "
        f"not wanted {fates['refused']}; {waiting} wait."
    )
