"""A list comes in through the office's pages: matched, judged, settled, applied, undone."""

import csv
import io

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from committees.models import City
from relationships.fingerprint import registry_hash
from relationships.models import ColumnMatch, ImportBatch, ImportRow, Statement, Tie
from sistercities import jobs
from sistercities.accounts.middleware import SEEN
from sistercities.models import Job
from tests import factories
from tests.relationships.office.imports.steps import (
    DIRTY,
    address,
    allowed,
    applied,
    errors,
    newest,
    planned,
    send,
    springfields,
    upload,
    verdicts,
    work,
)

pytestmark = pytest.mark.django_db
State, Verdict = ImportBatch.State, ImportRow.Verdict


# From the file to the plan


def test_a_dirty_list_becomes_a_plan_with_a_verdict_and_a_reason_for_every_row(office, registrar):
    answer = upload(office, DIRTY)
    batch = newest()
    assert answer.redirect_chain == [(address("columns", batch), 302)]
    assert (batch.state, batch.by, batch.source) == (State.UPLOADED, registrar, "Ministry")
    assert "list" not in batch.file.name
    answer = send(office, address("columns", batch), country_a="México", country_b="US")
    assert "Planning an import" in answer.content.decode()
    assert answer.context["refresh"] > 0
    work()
    batch.refresh_from_db()
    assert batch.state == State.PLANNED
    assert verdicts(batch) == [
        *("created", "unresolved", "created", "same", "unresolved", "rejected"),
    ]
    page = office.get(address("plan", batch))
    assert page.context["refresh"] == 0
    assert "31/02/1960 is not a possible date" in page.content.decode()
    assert [count.rows for count in page.context["counts"]] == [2, 1, 2, 1]
    only = office.get(address("plan", batch), {"verdict": "unresolved"})
    assert [line.row.number for line in only.context["lines"]] == [3, 6]
    assert Tie.objects.count() == 0


def test_columns_are_suggested_and_what_was_corrected_is_remembered_for_the_source(office):
    upload(office, DIRTY)
    form = office.get(address("columns", newest())).context["form"]
    chosen = [field.value() for field, _sample in form.columns()]
    assert chosen == ["city_a", "region_a", "city_b", "region_b", "year", "note"]
    send(office, address("columns", newest()), column_5="kept")
    upload(office, DIRTY.replace("Notas", "Notas,Extra"))
    form = office.get(address("columns", newest())).context["form"]
    chosen = [field.value() for field, _sample in form.columns()]
    assert chosen == ["city_a", "region_a", "city_b", "region_b", "year", "kept", ""]
    assert ColumnMatch.objects.filter(source="Ministry").count() == 6
    upload(office, DIRTY, source="Another")
    form = office.get(address("columns", newest())).context["form"]
    assert [field.value() for field, _sample in form.columns()][5] == "note"


def test_columns_that_are_not_matched_get_a_sentence_each_and_nothing_is_lost(office):
    upload(office, "Ciudad,Hermana,Clave\nUlm,Linz,7\n")
    batch = newest()
    url = address("columns", batch)
    answer = send(office, url, column_2="")
    assert errors(answer) == ["Choose what this column holds, or leave it out."]
    answer = send(office, url, column_2="city_a", country_a="Atlantis")
    assert errors(answer) == [
        "Ciudad is “First city: Name” already. Choose one of the two.",
        "“Atlantis” is no country. Write its name or its code, such as MX.",
    ]
    answer = send(office, url, column_0="kept", column_2="kept")
    assert errors(answer) == ["First city: choose the column that names it."]
    assert answer.context["form"]["column_0"].value() == "kept"
    batch.refresh_from_db()
    assert (batch.state, Job.objects.count()) == (State.UPLOADED, 0)


def test_two_people_who_match_columns_at_once_make_one_plan(office):
    upload(office, DIRTY)
    url = address("columns", newest())
    send(office, url)
    answer = send(office, url, column_5="kept")
    assert errors(answer) == ["Planning an import is already under way, asked for by Ana."]
    assert Job.objects.count() == 1


# Applying, and what is left over


def test_exactly_the_plan_is_applied_and_every_row_leads_to_its_tie(office):
    batch = planned(office)
    page = office.get(address("apply", batch))
    assert page.context["written"] == 2
    answer = send(office, address("apply", batch))
    assert "Applying an import" in answer.content.decode()
    assert Tie.objects.count() == 0
    work()
    batch.refresh_from_db()
    assert (batch.state, Tie.objects.count()) == (State.COMMITTED, 2)
    page = office.get(address("plan", batch)).content.decode()
    for tie in Tie.objects.all():
        assert f"/admin/relationships/tie/{tie.pk}/change/" in page
    assert "apply/" not in page


def test_a_plan_is_refused_when_its_ties_changed_since_and_can_be_made_again(office):
    batch = planned(office)
    a, b = City.objects.get(name="Downey"), City.objects.get(name="Guadalajara", country="MX")
    factories.TieFactory(city_a=a, city_b=b)
    send(office, address("apply", batch))
    assert work() == {"failed": 1}
    page = office.get(address("plan", batch))
    assert "The registry has changed since import" in page.content.decode()
    assert Tie.objects.count() == 1
    send(office, address("again", batch))
    work()
    assert verdicts(batch)[2] == "changed"
    send(office, address("apply", batch))
    assert work() == {"done": 1}


def test_a_tie_made_after_a_row_was_settled_is_noticed_too(office):
    batch = planned(office)
    illinois, _missouri = springfields()
    send(office, address("row", batch, 3), choice=illinois.pk)
    factories.TieFactory(city_a=illinois, city_b=City.objects.get(name="Guadalajara", country="MX"))
    send(office, address("apply", batch))
    assert work() == {"failed": 1}


def test_a_plan_that_changed_since_it_was_looked_at_is_not_applied(office):
    batch = planned(office)
    seen = office.get(address("apply", batch)).context
    send(office, address("row", batch, 6), choice="none")
    sent = {"edition": seen["form"]["edition"].value(), "_nonce": seen["nonce"]}
    answer = office.post(address("apply", batch), sent)
    assert errors(answer) == ["The plan was changed since you looked at it. Look at it again."]
    jobs.queue("import-commit", about=batch.about, batch=batch.pk, edition=sent["edition"])
    assert work() == {"failed": 1}
    assert Tie.objects.count() == 0


def test_of_two_who_apply_one_wins_and_while_it_runs_nothing_else_is_done(office):
    batch = planned(office)
    send(office, address("apply", batch))
    under_way = "Applying an import is already under way, asked for by Ana."
    assert errors(send(office, address("apply", batch))) == [under_way]
    assert errors(send(office, address("again", batch))) == [under_way]
    assert errors(send(office, address("aside", batch))) == [under_way]
    assert office.get(address("row", batch, 3)).context["may_settle"] is False
    work()
    quicker = "Somebody was quicker: this import is “Committed” now."
    assert errors(send(office, address("apply", batch))) == [quicker]
    send(office, address("undo", batch), reason="Wrong file")
    assert errors(send(office, address("undo", batch), reason="Me too"))[0].startswith("Undoing")


def test_rows_left_over_come_as_csv_that_no_spreadsheet_takes_for_formulas(office):
    batch = planned(office, DIRTY + "=1+1,Durango,Nowhere,CA,,x\n")
    answer = office.get(address("rejected", batch))
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["Sister city"] for row in rows] == [
        *("Springfield", "Xanadu", "", "Nowhere"),
    ]
    assert rows[-1]["Ciudad"] == "'=1+1"
    assert all(row["reason"] for row in rows)


# Undoing


def test_an_import_is_undone_whole_after_a_preview(office):
    before = registry_hash()
    batch = applied(office)
    preview = office.get(address("undo", batch)).context["preview"]
    assert (preview.ties, preview.statements, preview.obstacles) == (2, 2, [])
    assert errors(send(office, address("undo", batch))) == ["Write the reason."]
    send(office, address("undo", batch), reason="The wrong file")
    assert Statement.objects.count() == 2
    assert work() == {"done": 1}
    batch.refresh_from_db()
    assert (batch.state, registry_hash()) == (State.UNDONE, before)
    assert LogEntry.objects.filter(change_message="Undone: The wrong file").exists()


def test_what_stands_in_the_way_of_an_undo_is_shown_before_and_said_after(office):
    batch = applied(office)
    tie = Tie.objects.first()
    factories.ExchangeFactory(tie=tie)
    page = office.get(address("undo", batch))
    assert [(found, words) for found, words in page.context["preview"].obstacles] == [
        (tie, "exchanges")
    ]
    send(office, address("undo", batch), reason="The wrong file")
    assert work() == {"failed": 1}
    assert f"{tie}: exchanges" in office.get(address("plan", batch)).content.decode()
    assert Tie.objects.count() == 2


def test_a_plan_that_nobody_wants_waits_no_more_and_can_be_taken_up_again(office):
    batch = planned(office)
    send(office, address("aside", batch))
    batch.refresh_from_db()
    assert batch.state == State.DROPPED
    assert errors(send(office, address("apply", batch)))[0].startswith("Somebody was quicker")
    send(office, address("aside", batch))
    batch.refresh_from_db()
    assert batch.state == State.PLANNED


# What the pages cost, and who may open them


def test_the_pages_ask_as_often_with_three_rows_as_with_one(office):
    def asked(content: str) -> list[int]:
        batch = planned(office, content)
        counted = []
        for url in (address("plan", batch), address("row", batch, 2), address("apply", batch)):
            with CaptureQueriesContext(connection) as queries:
                assert office.get(url).status_code == 200
            counted.append(len(queries))
        return counted

    header = "Ciudad,Sister city\n"
    rows = ["Guadalajara,Springfield\n", "Gómez Palacio,Springfield\n", "Kyoto,Springfield\n"]
    one = asked(header + rows[0])
    assert asked(header + "".join(rows)) == one
    assert max(one) <= 25


def test_who_only_sees_imports_has_no_buttons_and_changes_nothing(client, places):
    client.force_login(allowed("view_importbatch", "import_ties"))
    batch = planned(client)
    client.force_login(allowed("view_importbatch"))
    page = client.get(address("plan", batch))
    assert (page.status_code, page.context["may"]) == (200, set())
    assert client.get(address("row", batch, 3)).context["may_settle"] is False
    assert client.get(address("rejected", batch)).status_code == 200
    assert client.post(address("row", batch, 3), {"side": "b", "choice": "none"}).status_code in (
        403,
        405,
    )
    for name in ("columns", "apply", "again", "aside", "undo"):
        assert client.get(address(name, batch)).status_code == 403
        assert client.post(address(name, batch)).status_code == 403
    assert client.get(address("upload")).status_code == 403
    client.force_login(allowed("view_tie"))
    for name in ("plan", "rejected"):
        assert client.get(address(name, batch)).status_code == 403
    assert client.get(address("row", batch, 3)).status_code == 403


def test_what_is_not_there_is_not_found(office):
    batch = planned(office)
    huge = 10**30
    for url in (
        address("plan", batch).replace(f"/{batch.pk}/", f"/{huge}/"),
        address("plan", batch).replace(f"/{batch.pk}/", "/999/"),
        address("row", batch, 99),
        address("row", batch, huge),
        address("rejected", batch).replace(f"/{batch.pk}/", f"/{huge}/"),
    ):
        assert office.get(url).status_code == 404


def test_a_page_that_looks_again_by_itself_keeps_no_login_alive(office):
    upload(office, DIRTY)
    batch = newest()
    send(office, address("columns", batch))
    session = office.session
    long_ago = session[SEEN] - 600
    session[SEEN] = long_ago
    session.save()
    office.get(address("plan", batch))
    assert office.session[SEEN] == long_ago
    work()
    office.get(address("plan", batch))
    assert office.session[SEEN] > long_ago


def test_a_job_that_nobody_takes_is_worth_a_word(office):
    upload(office, DIRTY)
    batch = newest()
    answer = send(office, address("columns", batch))
    assert "run_jobs" not in answer.content.decode()
    Job.objects.update(queued_at=timezone.now() - Job.LAPSE)
    assert "run_jobs" in office.get(address("plan", batch)).content.decode()
