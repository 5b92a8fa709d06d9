"""Build the worlds, serve them, measure, print ratios. `python -m tests.bench --help`."""

import argparse
import json
import os
import subprocess
import sys
import time
from statistics import median

from tests.bench import accounts
from tests.bench.imports import imported
from tests.bench.load import Client, Figures, measure
from tests.bench.server import THREADS, WORKERS, Server, serving
from tests.bench.worlds import ROOT, SECRET, environment, manage, move_on, world

CONSTANT = "/bench/constant"
STATIC = "/static/bench-20k.bin"
FIRST_VISITS = 5


def main() -> int:
    """Print the figures of both worlds; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="length of one measurement")
    parser.add_argument("--growth", type=int, default=10, help="how many times the larger world is")
    parser.add_argument("--postgres", default="", help="postgres://user@host:port of a server")
    options = parser.parse_args()
    small = measured(world(1, options.postgres), options.seconds)
    brought = imported(world(1, options.postgres))
    print(
        f"import: {brought.rows:,} rows, {brought.resolved:,} of them into ties, in "
        f"{brought.seconds:.1f} s: {brought.rows / brought.seconds:,.0f} rows/s; "
        f"{brought.megabytes:.0f} MB at most"
    )
    large = measured(world(options.growth, options.postgres), options.seconds)
    apart = accounts.measured(options.postgres)
    missed = verdicts(small, large, options.growth) + accounts.verdicts(apart)
    print("\n" + ("Every bar is held." if not missed else "Missed: " + "; ".join(missed)))
    return 1 if missed else 0


def chosen(database: str) -> dict:
    """Pages and their queries, counted in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.pages"],
        env=os.environ | environment(database),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def measured(database: str, seconds: float) -> dict:
    """All figures of one world."""
    (ROOT / "static").mkdir(exist_ok=True)
    manage(database, "collectstatic", "--noinput", "--verbosity", "0")
    (ROOT / "static" / "bench-20k.bin").write_bytes(os.urandom(20480))
    world_pages = chosen(database)
    print(f"\n{database.rpartition('/')[2]}: {WORKERS} workers, {THREADS} threads each")
    result: dict = {"pages": {}, "queries": world_pages["queries"]}
    with serving(environment(database) | {"BENCH_BARE": "1"}, CONSTANT) as bare:
        row("constant, no middleware", both(bare, CONSTANT, seconds))
        result["bare"] = measure(bare.port, CONSTANT, clients=16, seconds=seconds)
    with serving(environment(database), world_pages["pages"]["home"]) as server:
        result["first page"] = server.seconds_to_first_page
        row("static file, whitenoise", both(server, STATIC, seconds))
        result["constant"] = both(server, CONSTANT, seconds)
        row("constant, all middleware", result["constant"])
        for page, path in world_pages["pages"].items():
            changed = first_visits(server, database, path)
            for _ in range(2 * WORKERS):
                Client(server.port).get(path)
            tag = Client(server.port).get(path)[1]["etag"]
            figures = {
                "cold": both(server, path, seconds, cold=True, beside=CONSTANT),
                "kept": both(server, path, seconds),
                "304": both(server, path, seconds, headers=f"If-None-Match: {tag}\r\n"),
            }
            result["pages"][page] = figures
            for state, pair in figures.items():
                queries = f", {world_pages['queries'][page]} queries" if state == "cold" else ""
                row(f"{page} ({state}{queries})", pair, result["constant"])
            print(f"      first visit after a change of the registry: {changed:.1f} ms")
        result["memory"] = max(server.worker_megabytes())
    print(f"first page after start: {result['first page']:.2f} s", end="; ")
    print(f"largest worker: {result['memory']:.0f} MB")
    return result


def both(
    server: Server,
    path: str,
    seconds: float,
    *,
    cold: bool = False,
    headers: str = "",
    beside: str = "",
) -> tuple[Figures, Figures]:
    """The same measurement with 1 client, then in turns with `beside`, and with 16 clients."""
    one = measure(
        server.port, path, clients=1, seconds=seconds, cold=cold, headers=headers, beside=beside
    )
    return one, measure(server.port, path, clients=16, seconds=seconds, cold=cold, headers=headers)


def first_visits(server: Server, database: str, path: str) -> float:
    """The median, in milliseconds, of visits before which the registry changed."""
    client, times = Client(server.port), []
    for _visit in range(FIRST_VISITS):
        move_on(database)
        start = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


def row(name: str, pair: tuple[Figures, Figures], yardstick: tuple[Figures, Figures] = ()) -> None:
    """One line of the table: at 1 and at 16 clients."""
    one, many = pair
    text = f"  {name:<44} {one.rate:7.0f}/s p50 {one.p50:6.2f} p95 {one.p95:6.2f} ms"
    text += f" | 16: {many.rate:7.0f}/s p50 {many.p50:6.2f} p95 {many.p95:7.2f} ms"
    text += f" | {many.size / 1024:5.1f} KB"
    if yardstick:
        times = one.p50 / (one.beside or yardstick[0].p50)
        text += f" | rate {many.rate / yardstick[1].rate:5.2f}x, median {times:5.1f}x"
    print(text, flush=True)


def verdicts(small: dict, large: dict, growth: int) -> list[str]:
    """The bars, each printed with its figure; the names of those missed."""
    print(f"\nRatios (world ×1 → ×{growth})")
    missed = []

    def bar(name: str, figure: float, most: float, unit: str = "x") -> None:
        held = figure <= most
        verdict = "held  " if held else "MISSED"
        print(f"  {verdict} {name}: {figure:.2f}{unit} (at most {most:g}{unit})")
        if not held:
            missed.append(name)

    constant = small["constant"]
    for page, figures in small["pages"].items():
        cold = figures["cold"][0].p50 / figures["cold"][0].beside
        later = large["pages"][page]["cold"][0]
        bar(f"{page}: growth of the cold median", later.p50 / later.beside / cold, 1.3)
        bar(f"{page}: cold median to constant", cold, 15)
        bar(f"{page}: queries", small["queries"][page], 12, "")
        for state in ("kept", "304"):
            bar(
                f"{page}: constant's rate to {state}",
                constant[1].rate / figures[state][1].rate,
                1 / 0.9,
            )
    bar("memory of a worker", max(small["memory"], large["memory"]), 150, " MB")
    return missed


if __name__ == "__main__":
    os.environ.setdefault("SECRET_KEY", SECRET)
    sys.exit(main())
