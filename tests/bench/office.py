"""How fast the office's index answers over a large registry: `python -m tests.bench.office`."""

import argparse
import datetime
import shutil
import sys
import time
from pathlib import Path

from tests.bench.load import Client
from tests.bench.server import serving
from tests.bench.worlds import environment, manage, world

TRIES = 100
MOST_MILLISECONDS = 400
INDEX = "/admin/"
COMMITTEES = 5000
YEARS = 3
LOGIN = """
from django.conf import settings
from committees.models import Committee
from relationships.models import Tie
from sistercities.models import User
from tests.bench.office import grow
from tests.site.rights.houses import session_of
grow()
email = "office@example.org"
office = User.objects.filter(email=email).first() or User.objects.create_superuser(email=email)
print(f"{settings.SESSION_COOKIE_NAME}={session_of(office)}")
print(f"{Committee.objects.count():,} committees, {Tie.objects.count():,} ties")
"""


def own(database: str) -> str:
    """A copy of a world, since this one grows. On a server the world itself."""
    if not database.startswith("sqlite:///"):
        return database
    world = Path(database.removeprefix("sqlite:///"))
    copy = world.with_suffix(".office")
    if not copy.exists():
        shutil.copy(world, copy)
    return f"sqlite:///{copy}"


def grow() -> None:
    """Committees enough for the whole country, each with dues of some years, a third of them open.
    A world that has them already stays as it is."""
    from committees.models import Affiliation, Committee, Dues, Payment

    today = datetime.date.today()
    missing = range(COMMITTEES - Committee.objects.count())
    Committee.objects.bulk_create(
        Committee(name=name, sort_name=name, slug=name, country="MX", review="published")
        for name in (f"committee-of-the-office-{n}" for n in missing)
    )
    if Affiliation.objects.exists():
        return
    association = Committee.objects.create(name="Association", level="national", country="MX")
    locals_ = Committee.objects.filter(level="local")
    since = datetime.date(today.year - YEARS, 1, 1)
    members = Affiliation.objects.bulk_create(
        Affiliation(committee=one, association=association, since=since) for one in locals_
    )
    dues = Dues.objects.bulk_create(
        Dues(
            affiliation=member,
            year=year,
            amount=1500,
            currency="MXN",
            due_on=datetime.date(year, 1, 1),
            last_day=datetime.date(year, 1, 31),
        )
        for member in members
        for year in range(today.year - YEARS + 1, today.year + 1)
    )
    Payment.objects.bulk_create(
        Payment(dues=one, amount=1500, currency="MXN", day=one.due_on)
        for number, one in enumerate(dues)
        if number % 3
    )


def main() -> int:
    """Print the milliseconds; 1 when the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", default="", help="postgres://user@host:port of a server")
    database = own(world(1, parser.parse_args().postgres))
    told = manage(database, "shell", "--no-imports", "--verbosity", "0", "--command", LOGIN)
    cookie, rows = told.split("\n")[:2]
    times = []
    with serving(environment(database), "/bench/constant") as site:
        client = Client(site.port)
        for _try in range(TRIES):
            start = time.perf_counter()
            status, _headers, body = client.get(INDEX, f"Cookie: {cookie}\r\n")
            times.append((time.perf_counter() - start) * 1000)
            if status != 200:
                raise SystemExit(f"{INDEX} answered {status}.")
    times.sort()
    middle, slow = times[TRIES // 2], times[TRIES * 95 // 100]
    print(
        f"the office's index over {rows}: p50 {middle:.0f} ms, p95 {slow:.0f} ms, "
        f"{len(body) / 1024:.1f} KB packed"
    )
    return 0 if slow <= MOST_MILLISECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
