"""An import is taken back whole, or what stands in the way is named."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from committees.models import City
from relationships.fingerprint import registry_hash
from relationships.models import Evidence, ImportBatch, Statement, Tie, TieEvent
from sistercities.models import Address, Tally
from tests import factories as make
from tests.relationships.imports.world import LIST, make_places, written

ROOT = Path(__file__).resolve().parents[3]


def content() -> tuple:
    """All that an import may have touched."""
    return (
        registry_hash(),
        [model.objects.count() for model in (Tie, TieEvent, Evidence, Statement)],
        sorted(Address.objects.filter(subject="tie").values_list("slug", flat=True)),
        sorted(City.objects.values_list("pk", "tie_count", "is_listed", "first_tie_year")),
        sorted(
            Tally.objects.exclude(n=0).values_list("listing", "facet", "value", "by_value", "n")
        ),
        sorted(TieEvent.objects.values_list("tie", "kind", "date", "date_text")),
    )


@pytest.mark.django_db
def test_undoing_restores_what_was_there(take):
    take("city_a,country_a,city_b,country_b\nUlm,DE,Warszawa,PL\nUlm,DE,Linz,AT\n")
    before = content()
    batch = take(LIST + "Linz,,AT,Ulm,,DE,1970,friendship,press\n")["batch"]
    assert content() != before
    call_command("undo_import", batch)
    assert content() == before
    assert ImportBatch.objects.get(pk=batch).state == "undone"
    assert Tie.history.filter(history_type="-").count() == 3


@pytest.mark.django_db
def test_the_same_file_can_come_again_after_it_was_undone(take):
    first = take(LIST)
    there = content()[:3]
    call_command("undo_import", first["batch"])
    assert (Tie.objects.count(), Statement.objects.count()) == (0, 0)
    assert take(LIST)["created"] == first["created"]
    assert content()[:3] == there


@pytest.mark.django_db
def test_what_was_built_on_an_import_stands_in_the_way(take):
    batch = take("city_a,country_a,city_b,country_b\nUlm,DE,Linz,AT\nUlm,DE,Kyoto,JP\n")["batch"]
    built = Tie.objects.get(city_a__name__in=("Ulm", "Linz"), city_b__name__in=("Ulm", "Linz"))
    make.ExchangeFactory(tie=built)
    take("city_a,country_a,city_b,country_b\nUlm,DE,Linz,AT\n", name="other.csv")
    before = content()
    with pytest.raises(CommandError) as refused:
        call_command("undo_import", batch)
    assert str(refused.value).splitlines() == [
        f"Import {batch} cannot be undone; in the way stand:",
        f"  {built.pk} {built}: exchanges, other evidence, other statements",
    ]
    assert content() == before


@pytest.mark.django_db
def test_an_edit_made_since_stands_in_the_way(take):
    batch = take("city_a,country_a,city_b,country_b\nUlm,DE,Linz,AT\n")["batch"]
    tie = Tie.objects.get()
    tie.summary_es = "Desde siempre"
    tie.save()
    with pytest.raises(CommandError) as refused:
        call_command("undo_import", batch)
    assert str(refused.value).splitlines()[1] == f"  {tie.pk} {tie}: changes made since"


@pytest.mark.django_db
def test_what_is_not_committed_cannot_be_undone(take):
    batch = take(LIST, "--plan-only")["batch"]
    for number, sentence in (
        (batch, f"Import {batch} is not committed: there is nothing to undo."),
        (batch + 1, f"There is no import {batch + 1}."),
    ):
        with pytest.raises(CommandError) as refused:
            call_command("undo_import", number)
        assert str(refused.value) == sentence


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_moment_it_is_all_or_nothing(tmp_path):
    make_places()
    names = [city.name for city in City.objects.order_by("pk")]
    for n in range(60):
        make.CityFactory(name=f"Villa {n:02}", country="BR", geonames_id=900000 + n)
    rows = [f"{a},Villa {n:02},BR,{n}\n" for a in ("Kyoto", "Ulm", "Linz") for n in range(60)]
    path = written(tmp_path / "many.csv", "city_a,city_b,country_b,note\n" + "".join(rows))
    assert len(names) > 3
    command = [sys.executable, str(ROOT / "manage.py"), "import_ties", path, "--json"]
    environment = os.environ | {
        "DATABASE_URL": _address(),
        "DJANGO_SETTINGS_MODULE": "sistercities.settings",
    }
    seen = set()
    for delay in (0, 0.1, 0.3):
        plans = ImportBatch.objects.count()
        with subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            while process.poll() is None and ImportBatch.objects.count() == plans:
                time.sleep(0.01)
            time.sleep(delay)
            process.kill()
            assert process.communicate()[1] == b""
        seen.add(tuple(model.objects.count() for model in (Tie, Statement, Evidence)))
    assert seen <= {(0, 0, 0), (180, 180, 180)}
    subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    assert [model.objects.count() for model in (Tie, Statement, Evidence)] == [180, 180, 180]


def _address() -> str:
    """DATABASE_URL of the test database itself."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    place = f"{settings['HOST']}:{settings['PORT']}" if settings["PORT"] else settings["HOST"]
    secret = f":{settings['PASSWORD']}" if settings["PASSWORD"] else ""
    return f"postgres://{settings['USER']}{secret}@{place}/{settings['NAME']}"
