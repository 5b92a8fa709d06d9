"""Whether the time of an answer tells who has a login: `python -m tests.bench.accounts`.

Each door that takes an address is asked three hundred times about addresses that somebody has and
three hundred times about addresses that nobody has, in turns, each from another network address so
that no limit is reached; and as often about others that nobody has: how far the two kinds of nobody
are apart is what this machine cannot tell at this moment.

An invitation is no such door: its link is signed, and only whoever reads the mail at the address
has it.
"""

import argparse
import contextlib
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from statistics import median
from urllib.parse import urlencode

from tests.bench.load import Client
from tests.bench.server import serving
from tests.bench.worlds import SECRET, environment, manage

TRIES = 300
MOST_MILLISECONDS = 10
DOORS = {
    "login by password": ("/es/cuenta/entrar/", "login", 200),
    "login by code": ("/es/cuenta/entrar/codigo/", "email", 302),
    "forgotten password": ("/es/cuenta/contrasena/olvidada/", "email", 302),
}
WRONG = "not the right password"
FILL = f"""
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from sistercities.models import User
hashed = make_password("the right password")
User.objects.bulk_create(
    User(email=f"known{{n}}@example.org", password=hashed) for n in range({TRIES})
)
EmailAddress.objects.bulk_create(
    EmailAddress(user=user, email=user.email, verified=True, primary=True)
    for user in User.objects.all()[: {TRIES // 2}]
)
"""


@contextlib.contextmanager
def registry(server: str) -> Iterator[str]:
    """A database with three hundred logins, half of which were used before; gone afterwards."""
    if not server:
        with tempfile.TemporaryDirectory() as folder:
            yield filled(f"sqlite:///{folder}/accounts.sqlite3")
        return
    import psycopg

    server = server.rstrip("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute('DROP DATABASE IF EXISTS "bench_accounts"')
        connection.execute('CREATE DATABASE "bench_accounts"')
        try:
            yield filled(f"{server}/bench_accounts")
        finally:
            connection.execute('DROP DATABASE "bench_accounts" WITH (FORCE)')


def filled(database: str) -> str:
    """The tables and the logins."""
    manage(database, "migrate", "--verbosity", "0")
    manage(database, "shell", "--no-imports", "--verbosity", "0", "--command", FILL)
    return database


def elsewhere() -> str:
    """A network address that was not here before."""
    return "fd00:" + ":".join(secrets.token_hex(2) for _part in range(7))


def timed(client: Client, path: str, field: str, email: str, expected: int) -> float:
    """Milliseconds of one answer."""
    token = secrets.token_hex(16)
    form = {"csrfmiddlewaretoken": token, field: email, "password": WRONG}
    headers = f"Cookie: csrf={token}\r\nX-Forwarded-For: {elsewhere()}\r\n"
    start = time.perf_counter()
    status, _found, _body = client.post(path, urlencode(form), headers)
    took = time.perf_counter() - start
    if status != expected:
        raise SystemExit(f"{path} answered {status}, not {expected}.")
    return took * 1000


def measured(server: str = "") -> dict[str, tuple[float, float]]:
    """By door: the median milliseconds for known and for unknown addresses. Printed as well, with
    those of other unknown ones."""
    medians = {}
    with registry(server) as database:
        behind_a_proxy = environment(database) | {"BEHIND_PROXY": "true"}
        with serving(behind_a_proxy, "/bench/constant") as site:
            print(f"\nanswers about known and unknown addresses, {TRIES} tries each")
            for name, (path, field, expected) in DOORS.items():
                client = Client(site.port)
                for number in range(10):
                    timed(client, path, field, f"warm{number}@example.org", expected)
                times: dict[str, list[float]] = {"known": [], "absent": [], "nobody": []}
                for n in range(TRIES):
                    for kind in list(times)[n % 3 :] + list(times)[: n % 3]:
                        email = f"{kind}{n}@example.org"
                        times[kind].append(timed(client, path, field, email, expected))
                known, unknown, others = (median(one) for one in times.values())
                medians[name] = known, unknown
                print(
                    f"  {name:<20} known p50 {known:6.2f} ms, unknown p50 {unknown:6.2f} ms, "
                    f"other unknown ones p50 {others:6.2f} ms",
                    flush=True,
                )
    return medians


def verdicts(medians: dict[str, tuple[float, float]]) -> list[str]:
    """The bar beside each difference; the names of those missed."""
    missed = []
    for name, (known, unknown) in medians.items():
        apart = abs(known - unknown)
        held = apart <= MOST_MILLISECONDS
        print(
            f"  {'held  ' if held else 'MISSED'} {name}: known and unknown {apart:.2f} ms apart "
            f"(at most {MOST_MILLISECONDS} ms)"
        )
        if not held:
            missed.append(f"{name}: known and unknown")
    return missed


def main() -> int:
    """Print the figures; 1 when the bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.accounts", description=__doc__)
    parser.add_argument("--postgres", default="", help="postgres://user@host:port of a server")
    return 1 if verdicts(measured(parser.parse_args().postgres)) else 0


if __name__ == "__main__":
    os.environ.setdefault("SECRET_KEY", SECRET)
    sys.exit(main())
