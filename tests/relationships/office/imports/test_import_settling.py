"""Rows whose city is open are settled by hand, one by one, and judged as the whole plan would."""

import pytest
from django.contrib.admin.models import LogEntry

from committees.findable import refresh_cities
from committees.models import City
from relationships.models import ImportRow, PlaceAlias
from tests.relationships.office.imports.steps import (
    DIRTY,
    address,
    errors,
    planned,
    send,
    springfields,
    verdicts,
    work,
)

pytestmark = pytest.mark.django_db
Verdict = ImportRow.Verdict


def test_an_open_row_is_settled_by_choosing_one_of_its_candidates(office):
    batch = planned(office)
    page = office.get(address("row", batch, 3))
    illinois, missouri = springfields()
    assert [one.city for one in page.context["candidates"]] == [missouri, illinois]
    answer = send(office, address("row", batch, 3), choice=illinois.pk)
    assert answer.redirect_chain == [(address("row", batch, 6), 302)]
    row = batch.rows.get(number=3)
    assert (row.verdict, {row.city_a.name, row.city_b}) == (
        Verdict.CREATED,
        {"Guadalajara", illinois},
    )
    batch.refresh_from_db()
    assert (batch.counts["created"], batch.counts["unresolved"]) == (3, 1)
    assert PlaceAlias.objects.count() == 0
    assert LogEntry.objects.filter(change_message="Row 3 settled.").exists()


def test_a_row_whose_city_nobody_knows_is_left_out_with_a_reason(office):
    batch = planned(office)
    send(office, address("row", batch, 6), choice="none")
    row = batch.rows.get(number=6)
    assert row.verdict == Verdict.REJECTED
    assert row.reason == "Somebody decided that no place of the registry is meant."


def test_another_city_is_found_by_a_search_without_accents(office):
    batch = planned(office)
    url = address("row", batch, 6)
    page = office.get(url, {"q": "downey"})
    (found,) = page.context["found"]
    send(office, url, choice=found.city.pk)
    assert batch.rows.get(number=6).reason == ""
    assert batch.rows.get(number=6).verdict == Verdict.SAME


def test_a_name_with_a_typo_finds_its_place_among_the_candidates(office):
    City.objects.update(is_listed=True)
    refresh_cities(City.objects.values_list("pk", flat=True))
    batch = planned(office, "Ciudad,Sister city\nGomes Palacio,Downey\n")
    page = office.get(address("row", batch, 2))
    assert [one.city.name for one in page.context["candidates"]] == ["Gómez Palacio"]


def test_a_choice_that_is_none_gets_a_sentence(office):
    batch = planned(office)
    for choice in ("", "x", "0", "9" * 19, "-1"):
        answer = send(office, address("row", batch, 3), choice=choice)
        assert errors(answer)[0].startswith("Choose one of the places")
    answer = send(office, address("row", batch, 3), choice="9" * 15)
    assert errors(answer) == ["That city is not there any more. Choose another one."]
    assert batch.rows.get(number=3).verdict == Verdict.UNRESOLVED


def test_what_is_to_be_remembered_settles_all_rows_that_say_so_and_later_lists(office):
    extra = "Gómez Palacio,Durango,Springfield,,1990,again\n"
    batch = planned(office, DIRTY + extra)
    illinois, _missouri = springfields()
    send(office, address("row", batch, 3), choice=illinois.pk, remember="on")
    assert verdicts(batch).count("unresolved") == 1
    assert batch.rows.get(number=8).verdict == Verdict.CREATED
    again = planned(office, DIRTY.replace("1974", "1975"))
    row = again.rows.get(number=3)
    assert {row.city_a, row.city_b} >= {illinois}
    PlaceAlias.objects.update(is_used=False)
    assert planned(office, DIRTY).rows.get(number=3).verdict == Verdict.UNRESOLVED


def test_what_was_settled_stays_settled_when_every_row_is_judged_again(office):
    batch = planned(office)
    illinois, _missouri = springfields()
    send(office, address("row", batch, 3), choice=illinois.pk)
    send(office, address("row", batch, 6), choice="none")
    before = list(batch.rows.order_by("number").values_list("verdict", "reason", "city_a"))
    send(office, address("again", batch))
    work()
    assert list(batch.rows.order_by("number").values_list("verdict", "reason", "city_a")) == before


def test_a_row_settled_by_hand_is_judged_as_the_whole_plan_would(office):
    """The year of the settled row contradicts the one of another row of the same tie."""
    content = DIRTY + "Guadalajara,Jalisco,Springfield,IL,1960,\n"
    batch = planned(office, content)
    illinois, _missouri = springfields()
    send(office, address("row", batch, 3), choice=illinois.pk)
    settled = list(batch.rows.order_by("number").values_list("verdict", "reason", "plan"))
    assert ("created", "Known since 1960, here 1974.") in [row[:2] for row in settled]
    send(office, address("again", batch))
    work()
    assert list(batch.rows.order_by("number").values_list("verdict", "reason", "plan")) == settled


def test_of_two_who_settle_a_row_one_wins_and_the_other_reads_a_sentence(office):
    batch = planned(office)
    illinois, missouri = springfields()
    url = address("row", batch, 3)
    second = office.get(url).context
    send(office, url, choice=illinois.pk)
    answer = office.post(
        url, {"side": "b", "choice": missouri.pk, "_nonce": second["nonce"]}, follow=True
    )
    assert errors(answer) == ["Somebody settled row 3 just before you."]
    assert illinois in (batch.rows.get(number=3).city_a, batch.rows.get(number=3).city_b)
