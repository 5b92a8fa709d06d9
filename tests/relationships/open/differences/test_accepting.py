"""What was chosen becomes a plan: looked at, applied, undone; nothing is written before."""

import pytest
from django.contrib.admin.models import LogEntry

from relationships.deriving import derive
from relationships.differences.accepting import Choice, begin, fill, seen
from relationships.fingerprint import registry_hash
from relationships.imports.committing import commit
from relationships.imports.refusal import ImportRefused
from relationships.models import Difference, ImportBatch, Statement, Tie
from tests.factories import UserFactory
from tests.importfactories import ComparisonFactory
from tests.relationships.office.imports.steps import address as of_import
from tests.relationships.office.imports.steps import allowed, send, work
from tests.relationships.open.differences.lists import (
    address,
    again,
    compared,
    found,
    row,
    tie,
)

pytestmark = pytest.mark.django_db
WHY = {"reason": "Checked with the municipality."}


def accept(office, comparison, **chosen):
    """What the list of differences asks for, with a reason; the plan that came of it."""
    query = "&".join(f"{key}={value}" for key, value in chosen.items())
    answer = send(office, f"{address('accept', comparison)}?{query}", **WHY)
    work()
    return answer, ImportBatch.objects.latest("pk")


def applied(office, batch: ImportBatch) -> None:
    send(office, of_import("apply", batch))
    assert work() == {"done": 1}


def test_accepting_all_that_is_missing_here_leaves_nothing_missing_and_can_be_undone(office):
    tie("Guadalajara", "Kyoto", "1980")
    before = registry_hash()
    comparison = compared(
        office,
        row("Gómez Palacio", "South El Monte", "1969"),
        row("South El Monte", "Gómez Palacio"),
        row("Guadalajara", "Downey"),
        row("Guadalajara", "Kyoto"),
    )
    answer, batch = accept(office, comparison, finding="missing_here", all=1)
    assert answer.redirect_chain == [(of_import("plan", batch), 302)]
    assert (batch.state, batch.source) == ("planned", "wikidata-p190")
    assert [one.verdict for one in batch.rows.order_by("number")] == [
        "created",
        "changed",
        "created",
    ]
    assert registry_hash() == before
    assert WHY["reason"] in office.get(of_import("plan", batch)).content.decode()
    applied(office, batch)
    made = Tie.objects.get(city_b__name="South El Monte")
    assert (str(made.since), made.reciprocity) == ("1969", "mutual")
    comparison = again(office, comparison)
    assert comparison.counts["missing_here"] == 0
    assert set(found(comparison).values()) == {"same"}
    send(office, of_import("undo", batch), reason="A mistake.")
    assert work() == {"done": 1}
    assert registry_hash() == before
    assert again(office, comparison).counts["missing_here"] == 2


def test_only_what_was_ticked_is_taken_over_and_the_log_says_by_whom_and_why(office):
    comparison = compared(
        office, row("Gómez Palacio", "South El Monte"), row("Guadalajara", "Downey")
    )
    chosen = comparison.differences.get(city_b__name="Downey")
    _answer, batch = accept(office, comparison, finding="missing_here", pick=chosen.pk)
    assert [one.raw["sistercityLabel"] for one in batch.rows.all()] == ["Downey"]
    said = LogEntry.objects.filter(user__name="Ana").values_list("change_message", flat=True)
    assert any(WHY["reason"] in text and "1" in text for text in said)


def test_where_date_kind_and_end_differ_the_lists_word_takes_the_place_of_ours(office):
    here = tie("Guadalajara", "Kyoto", "1981")
    tie("Gómez Palacio", "Downey", "1990-03")
    before = registry_hash()
    comparison = compared(
        office,
        row("Guadalajara", "Kyoto", "1980-10-20", "friendship"),
        row("Gómez Palacio", "Downey", "1990-03-04"),
    )
    _answer, batch = accept(office, comparison, finding="different", all=1)
    assert {one.verdict for one in batch.rows.all()} == {"changed"}
    applied(office, batch)
    here.refresh_from_db()
    assert (str(here.since), here.kind) == ("1980-10-20", "friendship_city")
    assert here.events.count() == 1
    assert set(found(again(office, comparison)).values()) == {"same"}
    send(office, of_import("undo", batch), reason="A mistake.")
    assert work() == {"done": 1}
    assert registry_hash() == before


def test_a_list_that_was_imported_before_can_still_be_accepted_where_it_contradicts(office):
    here = tie("Guadalajara", "Kyoto", "1981")
    comparison = compared(office, row("Guadalajara", "Kyoto", "1980"))
    _answer, first = accept(office, comparison, finding="different", all=1)
    applied(office, first)
    event = here.events.get()
    event.date = "1981"
    event.save()
    derive([here.pk])
    comparison = again(office, comparison)
    assert found(comparison) == {"Guadalajara – Kyoto": "different"}
    _answer, second = accept(office, comparison, finding="different", all=1)
    applied(office, second)
    here.refresh_from_db()
    assert str(here.since) == "1980"
    assert Statement.objects.filter(tie=here).count() == 1


def test_a_compared_list_is_never_applied_whole(office):
    comparison = compared(office, row("Guadalajara", "Downey"))
    batch = comparison.batch
    page = office.get(of_import("plan", batch))
    assert "apply" not in page.context["may"]
    assert "only compared" in page.content.decode()
    with pytest.raises(ImportRefused):
        commit(batch.pk)
    assert batch not in office.get(of_import("changelist")).context["cl"].result_list
    assert Tie.objects.count() == 0


def test_what_was_chosen_before_the_list_was_compared_anew_is_refused(office):
    comparison = compared(office, row("Guadalajara", "Downey"))
    url = f"{address('accept', comparison)}?finding=missing_here&all=1"
    context = office.get(url).context
    form = {name: context["form"][name].value() for name in context["form"].fields}
    again(office, comparison)
    sent = form | WHY | {"_nonce": context["nonce"]}
    answer = office.post(url, sent, follow=True)
    assert "was compared anew since" in answer.content.decode()
    assert ImportBatch.objects.filter(is_compared=False).count() == 0


def test_what_is_compared_anew_before_the_work_begins_is_refused_too(office):
    comparison = compared(office, row("Guadalajara", "Downey"))
    choice = Choice("missing_here", seen=seen(comparison))
    batch = begin(comparison, choice, "Missing", UserFactory())
    again(office, comparison)
    with pytest.raises(ImportRefused, match="was compared anew since"):
        fill(batch)


ODD = (
    *("", "finding=missing_here", "finding=same&all=1", "finding=x%00&all=1"),
    *("finding=missing_here&pick=-1", "finding=missing_here&pick=٣", "all=1&pick=" + "9" * 5000),
)


def test_an_odd_choice_leads_back_to_the_list(office):
    comparison = ComparisonFactory()
    for query in ODD:
        answer = office.get(f"{address('accept', comparison)}?{query}")
        assert answer.status_code == 302
        assert answer.headers["Location"] == address("differences", comparison)


def test_who_may_not_import_takes_nothing_over(office, client):
    comparison = compared(office, row("Guadalajara", "Downey"))
    client.force_login(allowed("view_comparison", "compare_lists"))
    assert client.get(f"{address('accept', comparison)}?all=1").status_code == 403
    page = client.get(address("differences", comparison))
    assert "pick" not in page.content.decode()
    client.force_login(allowed("view_comparison"))
    assert client.get(address("again", comparison)).status_code == 403
    assert client.get(address("publish", comparison)).status_code == 403
    assert Difference.objects.count() == 1
