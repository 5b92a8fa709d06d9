"""A list becomes ties: planned row by row, committed whole, the same again changes nothing."""

import csv
import io
import random

import pytest
from django.core.management import CommandError, call_command

from relationships.fingerprint import registry_hash
from relationships.models import Evidence, ImportBatch, ImportRow, Statement, Tie, TieEvent
from sistercities.models import RegistryVersion
from sistercities.spreadsheets import guarded
from tests import factories as make
from tests.relationships.imports.world import HEADER, LIST, written

pytestmark = pytest.mark.django_db


def verdicts() -> list[tuple[str, str]]:
    rows = ImportBatch.objects.first().rows.order_by("number")
    return list(rows.values_list("verdict", "reason"))


def tie(a: str, b: str) -> Tie:
    return Tie.objects.get(city_a__name__in=(a, b), city_b__name__in=(a, b))


def test_every_row_gets_a_verdict_and_a_reason(take):
    result = take(LIST)
    seconds, batch = result.pop("seconds"), result.pop("batch")
    assert (seconds > 0, ImportBatch.objects.get(pk=batch).state) == (True, "committed")
    assert result == {
        "rows": 9,
        "created": 4,
        "changed": 1,
        "same": 0,
        "conflict": 1,
        "unresolved": 2,
        "rejected": 1,
        "ties": 4,
    }
    assert verdicts() == [
        ("created", ""),
        ("changed", "Adds the word of one side."),
        ("created", ""),
        ("conflict", "Known since 1960, here 1971."),
        ("created", ""),
        (
            "unresolved",
            "Springfield may be: Springfield (US, 37.2 -93.3, GeoNames 4409896); "
            "Springfield (US, 39.8 -89.6, GeoNames 4250542).",
        ),
        ("rejected", "The city would be twinned with itself."),
        ("created", ""),
        ("unresolved", "No place called Nowhere is known in Poland."),
    ]


def test_a_tie_carries_what_the_list_says(take):
    batch = take(LIST)["batch"]
    found = tie("Gómez Palacio", "South El Monte")
    assert (found.kind, str(found.since), found.stage, found.reciprocity, found.review) == (
        "friendship_city",
        "1969",
        "signed",
        "mutual",
        "published",
    )
    assert found.slug != ""
    assert list(found.evidence.values_list("kind", "title", "batch")) == [
        ("dataset", "wikipedia-lists", batch)
    ]
    first = found.statements.order_by("pk").first()
    side = "a" if found.city_a.name == "Gómez Palacio" else "b"
    assert (first.said_by, first.kind_text, first.date_text) == (side, "friendship", "1969")
    assert first.verbatim["city_b"] == "South El Monte"


def test_a_neutral_list_is_nobodys_word_and_a_contact_is_no_signature(take):
    take(LIST)
    assert tie("Guadalajara", "Downey").reciprocity == "unclaimed"
    contact = tie("Warszawa", "Ulm")
    assert (contact.kind, [event.kind for event in contact.events.all()]) == (
        "contact",
        ["contact"],
    )


def test_everything_written_has_history_with_one_request_id(take):
    batch = take(LIST)["batch"]
    for model, count in ((Tie, 4), (Statement, 6), (TieEvent, 4), (Evidence, 5)):
        history = model.history.values_list(
            "history_type", "history_change_reason", "history_request_id"
        )
        assert list(history.order_by().distinct()) == [("+", f"import {batch}", f"import-{batch}")]
        assert (model.objects.count(), model.history.count()) == (count, count)


def test_the_same_file_again_changes_nothing(take):
    take(LIST)
    before, version = registry_hash(), RegistryVersion.now()
    again = take(LIST)
    assert {key: again[key] for key in ("created", "changed", "conflict", "same", "ties")} == {
        "created": 0,
        "changed": 0,
        "conflict": 0,
        "same": 6,
        "ties": 4,
    }
    assert (registry_hash(), RegistryVersion.now()) == (before, version)
    assert verdicts()[0] == ("same", "This row was taken in before.")


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_rows_does_not_matter(take, seed):
    rows = [
        *LIST.splitlines(keepends=True)[1:],
        "Ulm,,DE,Linz,,AT,,contact,rgre\n",
        "Linz,,AT,Ulm,,DE,1990,sister,office\n",
        "Linz,,AT,Ulm,,DE,1990-05,sister,press\n",
        "Linz,,AT,Ulm,,DE,1985,contact,press\n",
        "Linz,,AT,Ulm,,DE,1995,friendship,blog\n",
    ]
    take(HEADER + "".join(rows))
    whole = registry_hash()
    call_command("undo_import", ImportBatch.objects.first().pk)
    random.Random(seed).shuffle(rows)
    take(HEADER + "".join(rows))
    assert registry_hash() == whole
    both = tie("Ulm", "Linz")
    events = sorted((event.kind, str(event.date)) for event in both.events.all())
    assert (both.kind, events) == ("sister_city", [("contact", "1985"), ("signed", "1990-05")])


@pytest.mark.parametrize("seed", range(4))
def test_a_file_in_pieces_makes_the_same_ties(take, seed):
    rows = [row for row in LIST.splitlines(keepends=True)[1:] if "1971" not in row]
    rows += [
        "Ulm,,DE,Linz,,AT,,,wikipedia\n",
        "Linz,,AT,Ulm,,DE,1990,friendship,office\n",
        "Linz,,AT,Ulm,,DE,1990-05,,press\n",
    ]
    take(HEADER + "".join(rows))
    whole = registry_hash()
    call_command("undo_import", ImportBatch.objects.first().pk)
    random.Random(seed).shuffle(rows)
    for at, part in enumerate((rows[:5], rows[5:])):
        take(HEADER + "".join(part), name=f"part{at}.csv")
    assert registry_hash() == whole
    both = tie("Ulm", "Linz")
    assert (both.kind, str(both.since)) == ("friendship_city", "1990-05")


def test_two_lists_about_one_tie_make_one_tie_with_two_statements(take):
    take("city_a,country_a,city_b,country_b\nUlm,DE,Linz,AT\n", "--source", "one")
    result = take(
        "ciudad;país;ciudad hermana;país hermano\nLinz;Austria;Ulm;Alemania\n", "--source", "two"
    )
    assert (result["created"], result["changed"], result["ties"]) == (0, 1, 1)
    assert sorted(tie("Ulm", "Linz").statements.values_list("source", flat=True)) == ["one", "two"]


def test_a_year_is_added_to_a_tie_that_an_import_left_without(take):
    take("city_a,country_a,city_b,country_b\nUlm,DE,Linz,AT\n")
    take("city_a,country_a,city_b,country_b,year\nUlm,DE,Linz,AT,1970\n", name="second.csv")
    assert [str(event.date) for event in tie("Ulm", "Linz").events.all()] == ["1970"]
    take("city_a,country_a,city_b,country_b,year\nUlm,DE,Linz,AT,1971\n", name="third.csv")
    assert verdicts() == [("conflict", "Known since 1970, here 1971.")]
    assert str(tie("Ulm", "Linz").since) == "1970"


def test_an_impossible_date_is_kept_as_text_with_a_warning(take):
    take('city_a,country_a,city_b,country_b,date\nUlm,DE,Linz,AT,"July 39, 1958"\n')
    assert verdicts() == [("created", "July 39, 1958 is not a possible date; kept as text.")]
    event = tie("Ulm", "Linz").events.get()
    assert (event.date, event.date_text) == (None, "July 39, 1958")


def test_an_end_is_an_event_and_never_before_the_beginning(take):
    take(
        "city_a,country_a,city_b,country_b,since,ended\n"
        "Ulm,DE,Linz,AT,1970,1999\nUlm,DE,Kyoto,JP,1970,1960\n"
    )
    assert (tie("Ulm", "Linz").status, str(tie("Ulm", "Linz").ended)) == ("ended", "1999")
    assert tie("Ulm", "Kyoto").ended is None
    assert verdicts()[1] == ("created", "It would end before it began.")


def test_a_tie_made_by_people_keeps_its_kind_and_its_review(take, places):
    made = make.TieFactory(
        city_a=places[2820256], city_b=places[2772400], kind="project", review="draft"
    )
    take("city_a,country_a,city_b,country_b,kind\nUlm,DE,Linz,AT,sister\n")
    made.refresh_from_db()
    assert (made.kind, made.review, made.statements.count()) == ("project", "draft", 1)
    assert verdicts()[0][0] == "conflict"


def test_a_plan_is_committed_as_it_was_stored(take):
    planned = take(LIST, "--plan-only")
    assert (planned["ties"], Tie.objects.count(), Statement.objects.count()) == (0, 0, 0)
    committed = take(None, "--batch", str(planned["batch"]))
    assert (committed["ties"], committed["batch"]) == (4, planned["batch"])


@pytest.mark.parametrize("twice", [True, False])
def test_a_plan_is_refused_when_its_ties_changed_since(take, places, twice):
    batch = take(LIST, "--plan-only")["batch"]
    if twice:
        take(LIST)
    else:
        make.TieFactory(city_a=places[2820256], city_b=places[756135])
    with pytest.raises(CommandError) as refused:
        take(None, "--batch", str(batch))
    assert str(refused.value) == (
        f"The registry has changed since import {batch} was planned, and these ties with it. "
        "Import the file again."
    )


def test_a_row_taken_in_before_stays_where_it_was_when_its_city_is_decided_anew(take, places):
    take("city_a,country_a,city_b,country_b\nUlm,DE,Linz,AT\n")
    make.CityFactory(name="Ulm", country="DE", population=2_000_000, latitude=50, longitude=9)
    again = take("city_a,country_a,city_b,country_b,note\nUlm,DE,Linz,AT,\nUlm,DE,Linz,AT,new\n")
    assert (again["same"], again["created"], again["ties"]) == (1, 1, 2)


def test_a_plan_stands_when_other_ties_changed_since(take, places):
    batch = take(LIST, "--plan-only")["batch"]
    make.TieFactory(city_a=places[2640358], city_b=places[2063523])
    assert take(None, "--batch", str(batch))["created"] == 4


def test_a_plan_that_was_broken_off_is_refused(places, take):
    batch = make.ImportBatchFactory(state="planned", counts={})
    with pytest.raises(CommandError) as refused:
        take(None, "--batch", str(batch.pk))
    assert str(refused.value) == (
        f"The plan of import {batch.pk} was broken off. Import the file again."
    )


def test_rows_left_over_come_back_with_reasons_and_can_be_mended(take, tmp_path):
    left = tmp_path / "left.csv"
    take(LIST, "--rejected", str(left))
    with left.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["city_a"], row["geonames_a"]) for row in rows] == [
        ("Springfield", ""),
        ("Kyoto", ""),
        ("Nowhere", ""),
    ]
    assert rows[1]["reason"] == "The city would be twinned with itself."
    rows[0]["geonames_a"] = "4409896"
    rows[2]["geonames_a"] = "756135"
    with left.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    result = take(left)
    assert (result["created"], result["unresolved"], result["rejected"]) == (1, 0, 1)
    assert (
        tie("Springfield", "Guadalajara").city_a_id != tie("Springfield", "Guadalajara").city_b_id
    )
    assert tie("Warszawa", "Ulm").statements.count() == 2


def test_formulas_come_out_guarded_and_go_in_unguarded(take, tmp_path):
    left = tmp_path / "left.csv"
    take("city_a,city_b,lat_a,lon_a\n'=cmd(),Ulm,20.5,-103.5\n", "--rejected", str(left))
    assert (
        left.read_text(encoding="utf-8-sig").splitlines()[1].startswith("'=cmd(),Ulm,20.5,-103.5")
    )
    take(left)
    assert ImportRow.objects.last().raw["city_a"] == "=cmd()"


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t", "\r"])
def test_whatever_a_spreadsheet_runs_comes_out_guarded_and_numbers_do_not(lead):
    assert guarded(f"{lead}cmd()") == f"'{lead}cmd()"
    assert [guarded(cell) for cell in ("-103.5", "+52", "Ulm", "")] == ["-103.5", "+52", "Ulm", ""]


def test_rows_that_are_no_rows_are_rejected_each_with_its_reason(take):
    result = take(
        "city_a,city_b\nUlm\n,Ulm\nUlm,Linz,x,y\n"
        + f"{'x' * 10001},Ulm\n"
        + "Ul\x00m,Linz\nUlm,Linz\n"
    )
    assert (result["rejected"], result["created"]) == (5, 1)
    assert [reason for _verdict, reason in verdicts()] == [
        "A city's name is missing.",
        "A city's name is missing.",
        "The row has 4 cells, the header only 2.",
        "A cell is longer than 10,000 characters.",
        "A cell holds characters that are not text.",
        "",
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["/nowhere/list.csv"], "There is no file /nowhere/list.csv."),
        ([], "Which file? manage.py import_ties FILE"),
        (["--batch", "999"], "There is no import 999."),
        (["x.csv", "--batch", "1"], "Give a file or --batch, not both."),
        (["x.csv", "--country", "a=QQ"], "a=QQ is no country of a side. Write --country a=DE"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(arguments, sentence):
    with pytest.raises(CommandError) as refused:
        call_command("import_ties", *arguments)
    assert str(refused.value) == sentence


def test_an_unclosed_quote_takes_nothing_in(take):
    with pytest.raises(CommandError) as refused:
        take(LIST + '"Ulm,,DE\n')
    assert str(refused.value) == "A quotation mark opened in line 11 is never closed."
    assert (Tie.objects.count(), ImportBatch.objects.count()) == (0, 0)


def test_a_country_may_be_told_for_a_whole_side(take):
    make.CityFactory(name="Perth", country="US", population=1_000_000)
    text = "item,itemLabel,sistercity,sistercityLabel\nwd/Q1,Perth,wd/Q2,Kyoto\n"
    assert take(text)["unresolved"] == 1
    assert take(text, "--country", "a=GB")["created"] == 1
    assert tie("Perth", "Kyoto").reciprocity in ("one_sided_a", "one_sided_b")


def test_numbers_of_the_spreadsheet_make_no_second_statement(take, tmp_path):
    take("city_a,country_a,city_b,country_b,population_a\nUlm,DE,Linz,AT,120714\n", "--source", "x")
    again = take(
        "city_b,country_b,population_a,city_a,country_a\nLinz,AT,120714.0,Ulm,DE\n", "--source", "x"
    )
    assert (again["same"], Statement.objects.count()) == (1, 1)


def test_a_pipe_hears_nothing_but_the_result(take, capfd, tmp_path):
    call_command("import_ties", written(tmp_path / "a.csv", LIST), "--json")
    out, err = capfd.readouterr()
    assert (out.count("\n"), err) == (1, "")


def test_a_sample_shows_each_end_beside_its_city(take):
    batch = take(
        "city_a,country_a,geonames_a,city_b,country_b,geonames_b\nUlm,DE,2820256,Linz,AT,1\n"
    )
    out = io.StringIO()
    call_command("sample_import", batch["batch"], stdout=out)
    assert out.getvalue().splitlines() == [
        "!  2: Linz, AT → Linz, AT 204,846 GeoNames 2772400",
        "=  2: Ulm, DE → Ulm, DE 120,714 GeoNames 2820256",
        "2 ends; the list's own GeoNames id says the same for 1.",
    ]
