"""How far a long command is: on a terminal a line that renews itself, in a pipe nothing."""

import sys
import time
from typing import TextIO

EVERY = 0.25  # seconds


class Progress:
    """Rows done of one step, with the rate and what is left."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._shown = bool(getattr(self._stream, "isatty", lambda: False)())
        self._step, self._total, self._began, self._last = "", 0, 0.0, 0.0

    def begin(self, step: str, total: int) -> None:
        """A new step of so many rows."""
        self._step, self._total = step, total
        self._began, self._last = time.monotonic(), 0.0

    def at(self, done: int) -> None:
        """So many rows of the step are done."""
        now = time.monotonic()
        if not self._shown or (now - self._last < EVERY and done < self._total):
            return
        self._last = now
        rate = done / max(now - self._began, 0.001)
        left = (self._total - done) / rate if rate else 0
        line = f"{self._step} {done:,}/{self._total:,}  {rate:,.0f}/s  ETA {left:,.0f} s"
        self._stream.write(f"\r{line:<78}")
        self._stream.flush()

    def end(self) -> None:
        """Wipe the line."""
        if self._shown:
            self._stream.write(f"\r{'':<78}\r")
            self._stream.flush()
