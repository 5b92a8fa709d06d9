"""How far long work has come: one line that renews itself on a terminal, nothing in a pipe."""

import time
from collections.abc import Iterable, Iterator
from typing import TextIO, TypeVar

Item = TypeVar("Item")
SECONDS_BETWEEN = 0.5


class Progress:
    """Counts rows done of `total`; shows rows a second and the time left."""

    def __init__(self, stream: TextIO, total: int, what: str = "rows") -> None:
        self.stream, self.total, self.what = stream, total, what
        self.shown = stream.isatty()
        self.done = 0
        self.begun = self.written = time.monotonic()

    def over(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, each counted when the next one is asked for."""
        for item in items:
            yield item
            self.add(1)
        self.end()

    def add(self, count: int) -> None:
        """Count so many more."""
        self.done += count
        if self.shown and (now := time.monotonic()) - self.written >= SECONDS_BETWEEN:
            self.written = now
            self._write(now)

    def end(self) -> None:
        """Take the line away."""
        if self.shown:
            self.stream.write("\r\033[K")
            self.stream.flush()

    def _write(self, now: float) -> None:
        pace = self.done / max(now - self.begun, 0.001)
        left = max(self.total - self.done, 0) / pace if pace else 0
        self.stream.write(
            f"\r\033[K{self.done:,} of {self.total:,} {self.what}, {pace:,.0f} a second, "
            f"{int(left // 60)}:{int(left % 60):02} left"
        )
        self.stream.flush()
