"""The suite: mirrors the apps. `python -m tests` runs all of it (see __main__.py)."""
