"""Commands that look for work again and again, until they or their parent end."""

import os
import time
from abc import ABC, abstractmethod
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections


class RepeatingCommand(BaseCommand, ABC):
    """Does one turn; with --every, one after each pause for ever."""

    def add_arguments(self, parser: CommandParser) -> None:
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
                said = self.turn(options)
                if said or every is None:
                    self.stdout.write(said)
                    self.stdout.flush()
                if every is None:
                    return
                close_old_connections()
                time.sleep(every)
                if options["with_parent"] and os.getppid() != parent:
                    return
        except KeyboardInterrupt:
            return

    @abstractmethod
    def turn(self, options: dict[str, Any]) -> str:
        """Do what waits; one line about it, empty when there was nothing to do for a command that
        goes on."""
