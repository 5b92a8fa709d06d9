"""Does the suite see the faults that it must see? `python -m tests.planted [NAME…]`

Each fault is planted into a copy of the working tree (all files that git does not ignore). The
tests that its patch names must be green without it and red with it. Exit code 1 when one stays
green, does not apply any more, or breaks the tests in another way than by failing them.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.etree import ElementTree

from tests import postgres
from tests.planted import ROOT, Fault, faults

MIGRATED = "migrated.sqlite3"
GREEN, RED, BROKEN = "green", "red", "broken"
PLAIN = ("-q", "-x", "-p", "no:cacheprovider", "-n", "0", "--tb=no", "--reuse-db")


def copied(folder: Path) -> Path:
    """The working tree in a new folder, without what git ignores."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def migrated(folder: Path) -> Path:
    """The copy with a migrated database: migrating costs more than most of these tests."""
    url = f"sqlite:///{folder / MIGRATED}"
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=folder,
        env=os.environ | settings,
        check=True,
    )
    return folder


def pytest(folder: Path, tests: Iterable[str], database: str) -> str:
    """Run tests in a copy, in one process: green, red when one failed, else broken."""
    wrapper = ["-m", "tests.postgres", "--", sys.executable] if database == "postgresql" else []
    settings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    fresh = shutil.copy(folder / MIGRATED, folder.parent / f"{folder.name}.sqlite3")
    report = folder.parent / f"{folder.name}.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, *wrapper, "-m", "pytest", *PLAIN, f"--junitxml={report}"]
    subprocess.run(
        [*command, *sorted(set(tests))],
        cwd=folder,
        env=settings | {"PYTHONDONTWRITEBYTECODE": "1", "TEST_DATABASE": str(fresh)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return colour(report)


def colour(report: Path) -> str:
    """What pytest's report says. Tests that could not even begin saw nothing."""
    if not report.exists():
        return BROKEN
    counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for part in ElementTree.parse(report).getroot().iter("testsuite"):
        for name in counts:
            counts[name] += int(part.get(name, 0))
    if counts["failures"]:
        return RED
    return BROKEN if counts["errors"] or counts["skipped"] or not counts["tests"] else GREEN


def are_sound(chosen: Iterable[Fault], sound: Path) -> set[str]:
    """The databases on which all tests are green without any fault: asked once, for all."""
    tests: dict[str, set[str]] = {}
    for fault in chosen:
        if not missing(fault):
            tests.setdefault(fault.database, set()).update(fault.tests)
    return {name for name, wanted in tests.items() if pytest(sound, wanted, name) == GREEN}


def verdict(fault: Fault, sound: Path, *, known: bool, run: Callable[..., str] = pytest) -> str:
    """What came of one fault: "red", as it must, or what is wrong. `known`: that its tests are
    green without it."""
    if not known and (found := run(sound, fault.tests, fault.database)) != GREEN:
        return f"ITS TESTS ARE {found.upper()} WITHOUT IT"
    with tempfile.TemporaryDirectory(prefix="planted-") as name:
        folder = Path(name) / "tree"
        shutil.copytree(sound, folder)
        if refused := fault.apply(folder):
            return f"DOES NOT APPLY: {refused}"
        found = run(folder, fault.tests, fault.database)
    return found if found == RED else f"ITS TESTS ARE {found.upper()} WITH IT"


def missing(fault: Fault) -> str:
    """Why this machine cannot try a fault; empty when it can."""
    if fault.database == "postgresql":
        try:
            postgres.programs()
        except postgres.ProgramsMissing as error:
            return str(error)
    return ""


def main(arguments: list[str]) -> int:
    """Try all faults or the named ones; 0 when each was seen."""
    reader = argparse.ArgumentParser(prog="python -m tests.planted", description=__doc__)
    reader.add_argument("names", nargs="*", metavar="NAME", help="planted faults; all if none")
    wanted, known = reader.parse_args(arguments).names, list(faults())
    if unknown := set(wanted) - {fault.name for fault in known}:
        print(f"No such fault: {', '.join(sorted(unknown))}.", file=sys.stderr)
        return 2
    chosen = [fault for fault in known if not wanted or fault.name in wanted]
    seen = 0
    with tempfile.TemporaryDirectory(prefix="planted-") as name:
        sound = migrated(copied(Path(name) / "tree"))
        green = are_sound(chosen, sound)
        for fault in chosen:
            began = time.monotonic()
            word = missing(fault) or verdict(fault, sound, known=fault.database in green)
            seen += word == RED
            print(f"{fault.name:32} {time.monotonic() - began:4.0f} s  {word}", flush=True)
    print(f"{seen} of {len(chosen)} planted faults were seen.")
    return 0 if chosen and seen == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
