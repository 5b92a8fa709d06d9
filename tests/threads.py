"""Several at once, as different requests would be."""

import threading
from collections.abc import Callable

from django.db import connection


def at_once(number: int, work: Callable[[int], object]) -> list:
    """The work in as many threads, each with its own connection; what they returned or raised, in
    their order."""
    ready, results = threading.Barrier(number), [None] * number

    def run(n: int) -> None:
        try:
            ready.wait()
            results[n] = work(n)
        except Exception as error:  # the assertion of the test names it
            results[n] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[n]) for n in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
