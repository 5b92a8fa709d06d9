"""How much memory some work takes at its worst, in this process."""

import ctypes
import gc
from pathlib import Path

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
FORGET_THE_PEAK = "5"


class Peak:
    """`with Peak() as peak: …`, then `peak.grown`: megabytes beyond what was held before.

    The peak of the process begins anew: what an earlier test took cannot hide what this one takes.
    """

    grown = 0.0

    def __enter__(self) -> "Peak":
        gc.collect()
        ctypes.CDLL(None).malloc_trim(0)
        CLEAR.write_text(FORGET_THE_PEAK)
        self.before = self._highest()
        return self

    def __exit__(self, *error: object) -> None:
        self.grown = self._highest() - self.before

    @staticmethod
    def _highest() -> float:
        lines = STATUS.read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
