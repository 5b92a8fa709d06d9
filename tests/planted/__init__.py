"""Faults that somebody could make, each as a patch: the suite must see every one of them.

The first lines of a patch say which fault it is and which tests must see it; docs in
CONTRIBUTING.md. Run them with `python -m tests.planted [NAME…]`.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
HEADER = re.compile(r"^(Fault|Tests|Database): (.+)$", re.MULTILINE)
DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Fault:
    """One patch with what its header says."""

    patch: Path
    sentence: str
    tests: tuple[str, ...]
    database: str

    @property
    def name(self) -> str:
        """How the command calls it."""
        return self.patch.stem

    @classmethod
    def read(cls, patch: Path) -> "Fault":
        """A patch of the folder; ValueError when its header is not complete."""
        header = patch.read_text().partition("\n--- ")[0]
        said = {key.lower(): text.strip() for key, text in HEADER.findall(header)}
        tests, database = tuple(said.get("tests", "").split()), said.get("database", "sqlite")
        if not (said.get("fault") and tests) or database not in DATABASES:
            raise ValueError(f"{patch.name} must begin with lines for Fault: and Tests:")
        return cls(patch, said["fault"], tests, database)

    def apply(self, folder: Path, *options: str) -> str:
        """Plant it into a copy of the tree; what git says when it does not fit, or nothing."""
        done = subprocess.run(
            ["git", "apply", *options, str(self.patch)],
            cwd=folder,
            # In a folder inside of another repository git would skip every file without a word.
            env=os.environ | {"GIT_CEILING_DIRECTORIES": str(folder.parent)},
            capture_output=True,
            text=True,
            check=False,
        )
        return (done.stderr.strip() or "git apply failed") if done.returncode else ""


def faults() -> Iterator[Fault]:
    """All planted faults by name."""
    return (Fault.read(patch) for patch in sorted(FOLDER.glob("*.patch")))
