"""Why search keeps the sound of each name: SQLite's trigram index beside them, at two sizes.

`python -m tests.bench.trigrams` prints the median milliseconds of a search with one typo and how
they grow with ten times the names (docs/decisions/0003-search.md).
"""

import random
import sqlite3
import statistics
import time
from collections.abc import Callable

from sistercities.folding import collapse, similarity, sounds_near

SYLLABLES = (
    "san ta ma ri gua da la ja ra mon te rrey pa so villa ber lin burg stadt ky o to".split()
)
SEARCHES = 60


def names(count: int) -> list[str]:
    """Invented names of two words, mostly different, the same at every run."""
    chance = random.Random(7)

    def word() -> str:
        return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4)))

    return [f"{word()} {word()}" for _ in range(count)]


def world(count: int) -> tuple[sqlite3.Connection, list[str]]:
    """One database with both indexes over the same names."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE trigrams USING fts5(name, tokenize='trigram')")
    connection.execute("CREATE TABLE sounds (sound TEXT, name TEXT)")
    known = names(count)
    connection.executemany("INSERT INTO trigrams VALUES (?)", ((name,) for name in known))
    rows = ((collapse(name), name) for name in known)
    connection.executemany("INSERT INTO sounds VALUES (?, ?)", rows)
    connection.execute("CREATE INDEX by_sound ON sounds (sound)")
    return connection, known


def by_trigrams(connection: sqlite3.Connection, typed: str) -> list[str]:
    """The usual way: any shared trigram, the 200 best by rank, ordered by likeness."""
    parts = {typed[at : at + 3] for at in range(len(typed) - 2)}
    match = " OR ".join(f'"{part}"' for part in sorted(parts))
    found = connection.execute(
        "SELECT name FROM trigrams WHERE trigrams MATCH ? ORDER BY rank LIMIT 200", [match]
    )
    return sorted((name for (name,) in found), key=lambda name: -similarity(typed, name))


def by_sound(connection: sqlite3.Connection, typed: str) -> list[str]:
    """Ours: names that sound like something one typo away, ordered by likeness."""
    near = list(sounds_near(typed))
    question = f"SELECT DISTINCT name FROM sounds WHERE sound IN ({','.join('?' * len(near))})"
    found = connection.execute(f"{question} LIMIT 400", near)
    return sorted((name for (name,) in found), key=lambda name: -similarity(typed, name))


def median(search: Callable, connection: sqlite3.Connection, known: list[str]) -> tuple[float, int]:
    """Milliseconds of one search, and in how many of the searches the name came first."""
    chance, times, right = random.Random(3), [], 0
    for wanted in chance.sample(known, SEARCHES):
        typed = wanted[:3] + wanted[4] + wanted[3] + wanted[5:]
        start = time.perf_counter()
        found = search(connection, typed)
        times.append((time.perf_counter() - start) * 1000)
        right += found[:1] == [wanted]
    return statistics.median(times), right


def main() -> None:
    """Print both ways at 50,000 and 500,000 names."""
    figures: dict[str, list[float]] = {}
    for count in (50_000, 500_000):
        connection, known = world(count)
        for name, search in (("trigram index", by_trigrams), ("sound", by_sound)):
            took, right = median(search, connection, known)
            figures.setdefault(name, []).append(took)
            print(f"{count:>8,} names, {name:<14} {took:7.2f} ms, {right} of {SEARCHES} first")
    for name, (small, large) in figures.items():
        print(f"ten times the names: {name} {large / small:.1f} times the time")


if __name__ == "__main__":
    main()
