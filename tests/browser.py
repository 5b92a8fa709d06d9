"""Debian's Chromium for the browser tests; Playwright's own build is not downloaded."""

import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MISSING = "Chromium is missing: apt-get install chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TESTS = Path(__file__).resolve().parent
FOLDER = TESTS / "site" / "browser"


def files() -> list[str]:
    """Where browser tests lie, from the project's folder: pytest need not read all the others."""
    folders = [FOLDER, *sorted(TESTS.rglob("test_*browser.py"))]
    return [str(path.relative_to(TESTS.parent)) for path in folders]


def chromium() -> str | None:
    """The path of the first browser that is found, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)
