"""The other side's word about a report: acknowledged, or not right."""

import pytest
from django.utils import timezone

from relationships.models import Exchange
from tests.relationships.desk.sides import at, body, officer, report, send
from tests.sending import filled

pytestmark = pytest.mark.django_db


def test_the_other_side_acknowledges_with_one_button(pair, home, away):
    report(home, pair.ours)
    exchange = Exchange.objects.get()
    page = away.get(at("exchange", pair.theirs, exchange.pk))
    done = away.post(at("exchange-acknowledge", pair.theirs, exchange.pk), filled(page))
    assert done.status_code == 302
    exchange.refresh_from_db()
    assert exchange.acknowledged_on == timezone.localdate()
    reason = exchange.history.first().history_change_reason
    assert reason == "Acknowledged by South El Monte Committee"
    assert "Acknowledged on" in body(home.get(at("exchange", pair.ours, exchange.pk)))


def test_what_was_changed_meanwhile_is_not_acknowledged_unseen(pair, home, away):
    report(home, pair.ours)
    exchange = Exchange.objects.get()
    page = away.get(at("exchange", pair.theirs, exchange.pk))
    send(home, at("exchange-edit", pair.ours, exchange.pk), travellers="99")
    path = at("exchange-acknowledge", pair.theirs, exchange.pk)
    assert "was changed in the meantime" in body(away.post(path, filled(page), follow=True))
    exchange.refresh_from_db()
    assert exchange.acknowledged_on is None
    assert send(away, path).status_code == 302
    exchange.refresh_from_db()
    assert exchange.acknowledged_on is not None


def test_a_report_waits_for_the_other_side_only(pair, home, away):
    report(home, pair.ours)
    seen = {
        desk.pk: browser.get(at("exchanges", desk)).context["waiting"]
        for browser, desk in ((home, pair.ours), (away, pair.theirs))
    }
    assert {pk: len(lines) for pk, lines in seen.items()} == {pair.ours.pk: 0, pair.theirs.pk: 1}


def test_nobody_acknowledges_a_report_of_the_own_side(pair, home):
    report(home, pair.ours)
    exchange = Exchange.objects.get()
    for act in ("acknowledge", "object"):
        assert home.get(at(f"exchange-{act}", pair.ours, exchange.pk)).status_code == 404
    for act in ("edit", "withdraw"):
        other = officer(pair.theirs)
        assert other.get(at(f"exchange-{act}", pair.theirs, exchange.pk)).status_code == 404


def test_other_numbers_are_acknowledged_again_and_other_words_are_not(pair, home, away):
    report(home, pair.ours)
    exchange = Exchange.objects.get()
    send(away, at("exchange-acknowledge", pair.theirs, exchange.pk))
    edit = at("exchange-edit", pair.ours, exchange.pk)
    send(home, edit, summary_en="It went well.")
    exchange.refresh_from_db()
    assert exchange.acknowledged_on is not None
    assert exchange.summary_en == "It went well."
    page = home.post(edit, filled(home.get(edit), travellers="25"), follow=True)
    assert "the other side is asked to acknowledge them" in body(page)
    exchange.refresh_from_db()
    assert (exchange.travellers, exchange.acknowledged_on) == (25, None)


def test_not_right_reaches_the_desk_that_reported_and_is_settled_by_a_change(pair, home, away):
    report(home, pair.ours)
    exchange = Exchange.objects.get()
    path = at("exchange-object", pair.theirs, exchange.pk)
    assert "Write what is not right." in body(send(away, path, text=""))
    assert send(away, path, text="We were only ten.").status_code == 302
    objection = exchange.objections.get()
    assert (objection.side, objection.told_by) == ("b", away.user)
    assert "We were only ten." in body(home.get(at("exchange", pair.ours, exchange.pk)))
    assert "Look at “Student visit” again" in body(home.get(at("home", pair.ours)))
    send(home, at("exchange-edit", pair.ours, exchange.pk), travellers="10")
    assert not exchange.objections.open().exists()
    assert "Acknowledge “Student visit”" in body(away.get(at("home", pair.theirs)))


def test_a_report_that_is_right_is_asked_for_again(pair, home, away):
    report(home, pair.ours)
    exchange = Exchange.objects.get()
    send(away, at("exchange-object", pair.theirs, exchange.pk), text="Was it us?")
    assert "Acknowledge “Student visit”" not in body(away.get(at("home", pair.theirs)))
    assert send(home, at("exchange-stand-by", pair.ours, exchange.pk)).status_code == 302
    assert "Acknowledge “Student visit”" in body(away.get(at("home", pair.theirs)))
    send(away, at("exchange-acknowledge", pair.theirs, exchange.pk))
    assert "Acknowledge “Student visit”" not in body(away.get(at("home", pair.theirs)))
