"""The whole of `make test`: linters, checks, the suite on both databases, browser tests.

`python -m tests [STEP…]` runs all steps or the named ones. What the machine lacks is named with
the Debian package to install, and is a failure; with ALLOW_MISSING=1, and outside CI, it is only
left out. Every step runs even when one before it failed; the last line says what came of each.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests import browser, missing, postgres

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
SCRIPTS = Path(PYTHON).parent
MANAGE = [PYTHON, "-W", "error", "manage.py"]
# As a public server is set up: SECURITY.md, "Settings of a public server".
PUBLIC = {
    "SECRET_KEY": "Not-a-secret-but-as-long-and-as-mixed-as-one-0123456789-abcdefghij",
    "DEBUG": "false",
    "HTTPS": "true",
    "ALLOWED_HOSTS": "registry.example.org",
    "SITE_URL": "https://registry.example.org",
    "DATABASE_URL": "sqlite:///:memory:",
}


@dataclass
class Outcome:
    """What came of one step: its last word for the summary, and whether it went well."""

    text: str
    well: bool


def command(*arguments: str | Path, env: dict[str, str] | None = None) -> Outcome:
    """Run one program in the project's folder."""
    well = not subprocess.run(
        arguments, cwd=ROOT, env=os.environ | (env or {}), check=False
    ).returncode
    return Outcome("ok" if well else "FAILED", well)


class Suite:
    """A run of pytest. Its database is made while other steps run, most of them on one core."""

    def __init__(self, *arguments: str, workers: int = 2, wrapper: tuple[str, ...] = ()) -> None:
        self.arguments = ["-n", str(workers), "--no-loadscope-reorder", *arguments]
        self.wrapper = wrapper
        self.process: subprocess.Popen | None = None

    def get_ready(self) -> None:
        """Begin to make the database."""
        if self.process is None:
            self.folder = tempfile.TemporaryDirectory()
            self.report = Path(self.folder.name) / "report.xml"
            program = [PYTHON, "-m", "pytest", "-q", f"--junitxml={self.report}"]
            program += self.arguments
            env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
            ready = [*self.wrapper, PYTHON, "-m", "tests.ready", "--", *program]
            self.process = subprocess.Popen(
                ready, cwd=ROOT, env=env, stdin=subprocess.PIPE, text=True
            )

    def run(self) -> Outcome:
        """Run the tests and count what they did."""
        self.get_ready()
        self.process.communicate("go\n")
        code, self.process = self.process.returncode, None
        with self.folder:
            if not self.report.exists():
                return Outcome("FAILED before any test", False)
            counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
            for part in ElementTree.parse(self.report).getroot().iter("testsuite"):
                for name in counts:
                    counts[name] += int(part.get(name, 0))
        bad = counts["failures"] + counts["errors"]
        text = f"{counts['tests'] - bad - counts['skipped']} passed"
        text += f", {bad} FAILED" if bad else ""
        text += f", {counts['skipped']} skipped" if counts["skipped"] else ""
        return Outcome(text, code == 0 and counts["tests"] > 0)


SUITES = {
    "sqlite": Suite("-m", "not browser"),
    "postgresql": Suite("-m", "not browser", wrapper=(PYTHON, "-m", "tests.postgres", "--")),
    # A test waits for its browser and the browser for its test: two workers leave a core idle.
    "chromium": Suite("-m", "browser", *browser.files(), workers=3),
}
EARLY = ("sqlite", "postgresql")
"""Suites with a database of their own; Chromium's takes that of SQLite."""


def lint() -> Outcome:
    """Style and plain faults of Python; plain faults of templates, whose spaces are content."""
    outcomes = [
        command(SCRIPTS / "ruff", "check", "."),
        command(SCRIPTS / "ruff", "format", "--check", "."),
        command(SCRIPTS / "djlint", "--lint", "--quiet", "templates"),
    ]
    well = all(outcome.well for outcome in outcomes)
    return Outcome("ok" if well else "FAILED", well)


def messages() -> Outcome:
    """Every text of the interface has its translation."""
    return command(*MANAGE, "messages", "--check", env=PUBLIC)


def migrations() -> Outcome:
    """The migrations say what the models say."""
    return command(*MANAGE, "makemigrations", "--check", "--dry-run", env=PUBLIC)


def deploy() -> Outcome:
    """Django finds nothing to warn about in the settings of a public server."""
    return command(*MANAGE, "check", "--deploy", "--fail-level", "WARNING", env=PUBLIC)


def sqlite() -> Outcome:
    """All but the browser tests, on SQLite."""
    return SUITES["sqlite"].run()


def postgresql() -> Outcome:
    """What asks a database, on a PostgreSQL of its own: see tests/databases.py."""
    try:
        postgres.programs()
    except postgres.ProgramsMissing as error:
        return left_out(str(error))
    return SUITES["postgresql"].run()


def chromium() -> Outcome:
    """The browser tests, on SQLite only: they ask what a page shows, not what a database does."""
    if browser.chromium() is None:
        return left_out(browser.MISSING)
    return SUITES["chromium"].run()


def left_out(sentence: str) -> Outcome:
    """Something that this machine lacks: a failure, unless it is allowed here."""
    allowed = missing.is_allowed()
    print(f"\n*** {sentence}{' (left out)' if allowed else ''} ***\n", file=sys.stderr)
    return Outcome("LEFT OUT" if allowed else "MISSING", allowed)


STEPS = {
    step.__name__: step
    for step in (lint, messages, migrations, deploy, sqlite, postgresql, chromium)
}


def main(names: list[str]) -> int:
    """Run the steps; 0 when all went well."""
    if unknown := set(names) - set(STEPS):
        print(f"No such step: {', '.join(sorted(unknown))}. Steps: {', '.join(STEPS)}.")
        return 2
    began = time.monotonic()
    # Python is started some hundred times here: each file is compiled once, also where the
    # environment says that nothing compiled shall be kept.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    outcomes = {}
    for name in [one for one in names or STEPS if one in EARLY]:
        SUITES[name].get_ready()
    for name in names or STEPS:
        print(f"== {name}: {STEPS[name].__doc__}", flush=True)
        outcomes[name] = STEPS[name]()
    words = "; ".join(f"{name}: {outcome.text}" for name, outcome in outcomes.items())
    print(f"== {words}; {time.monotonic() - began:.0f} s")
    return 0 if all(outcome.well for outcome in outcomes.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
