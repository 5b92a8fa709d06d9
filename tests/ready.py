"""A command that stands ready: `python -m tests.ready -- COMMAND…`

Has the database made that the workers of a test run copy, waits for a line on its standard input,
and becomes the command. Where no line comes, for whoever was to write it is gone, nothing runs.
"""

import os
import subprocess
import sys


def main(arguments: list[str]) -> int:
    """Exit code: the command's; 1 when there is nothing to run it on, or nobody asks for it."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    made = subprocess.run([sys.executable, "-m", "tests.template"], check=False)
    if made.returncode or not sys.stdin.readline():
        return 1
    os.execvp(command[0], command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
