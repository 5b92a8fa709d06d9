"""Whether the suite may go on without a program that this machine lacks."""

import os


def is_allowed() -> bool:
    """Only with ALLOW_MISSING=1, and never in CI: there a gap must not look like a success."""
    return os.environ.get("ALLOW_MISSING") == "1" and os.environ.get("CI") != "true"
