"""Progress: one line on a terminal, nothing in a pipe."""

import io

import pytest

from sistercities import progress
from sistercities.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A clock that ticks a second at each look."""
    ticks = iter(range(1000))
    monkeypatch.setattr(progress.time, "monotonic", lambda: float(next(ticks)))


def test_a_pipe_stays_quiet():
    stream = io.StringIO()
    assert list(Progress(stream, 2).over("ab")) == ["a", "b"]
    assert stream.getvalue() == ""


def test_a_terminal_sees_pace_and_time_left_on_one_line():
    stream = Terminal()
    done = Progress(stream, 600, "places")
    done.add(5)
    done.add(5)
    done.end()
    assert stream.getvalue() == (
        "\r\033[K5 of 600 places, 5 a second, 1:59 left"
        "\r\033[K10 of 600 places, 5 a second, 1:58 left"
        "\r\033[K"
    )
