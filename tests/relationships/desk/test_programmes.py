"""The year's work programme: begun, copied, done."""

import pytest
from django.utils import timezone

from relationships.models import Activity, Programme
from sistercities.partialdates import PartialDate
from tests import factories
from tests.relationships.desk.sides import at, body, officer, send
from tests.sending import filled
from tests.threads import at_once

pytestmark = pytest.mark.django_db

YEAR = 2026


@pytest.fixture
def programme(pair):
    return factories.ProgrammeFactory(committee=pair.ours, year=YEAR)


def test_a_programme_is_begun_for_the_year_and_one_tie_or_all(pair, home):
    response = send(home, at("programme-add", pair.ours), year="2026", summary_en="More visits")
    programme = Programme.objects.get()
    assert response.url == at("programme", pair.ours, programme.pk)
    assert (programme.committee, programme.year, programme.tie) == (pair.ours, 2026, None)
    send(home, at("programme-add", pair.ours), year="2026", tie=str(pair.tie.pk))
    assert set(Programme.objects.values_list("tie", flat=True)) == {None, pair.tie.pk}
    assert home.get(at("programmes", pair.ours)).status_code == 200


@pytest.mark.parametrize("of_tie", [False, True])
def test_a_year_has_one_programme(pair, home, programme, of_tie):
    tie = str(pair.tie.pk) if of_tie else ""
    if of_tie:
        factories.ProgrammeFactory(committee=pair.ours, year=YEAR, tie=pair.tie)
    again = send(home, at("programme-add", pair.ours), year=str(YEAR), tie=tie)
    assert "This year&#x27;s programme exists already." in body(again)
    assert "<title>Error: Begin a work programme" in body(again)


@pytest.mark.parametrize("year", ["", "soon", "1066", "99999"])
def test_a_year_is_a_year(pair, home, year):
    assert "Error: " in body(send(home, at("programme-add", pair.ours), year=year))
    assert not Programme.objects.exists()


def test_an_activity_is_planned_and_done_by_one_button(pair, home, programme):
    path = at("activity-add", pair.ours, programme.pk)
    assert "Write what is planned." in body(send(home, path, title_en="", theme="sports"))
    send(home, path, title_en="Football", theme="sports", month="3")
    activity = Activity.objects.get()
    assert (activity.programme, activity.month, activity.is_done) == (programme, 3, False)
    page = home.get(at("programme", pair.ours, programme.pk))
    assert "March" in body(page) and "Done: 0" in body(page)
    done = at("activity-done", pair.ours, activity.pk)
    assert home.post(done, filled(page)).status_code == 302
    activity.refresh_from_db()
    assert activity.is_done
    assert "Done: 1" in body(home.get(at("programme", pair.ours, programme.pk)))
    send(home, at("activity-not-done", pair.ours, activity.pk))
    activity.refresh_from_db()
    assert not activity.is_done


def test_an_activity_that_became_an_exchange_is_done(pair, home, programme):
    exchange = factories.ExchangeFactory(tie=pair.tie, begins=PartialDate(YEAR, 5))
    foreign = factories.ExchangeFactory(begins=PartialDate(YEAR, 5))
    activity = factories.ActivityFactory(programme=programme)
    path = at("activity-edit", pair.ours, activity.pk)
    assert send(home, path, exchange=str(foreign.pk)).status_code == 200
    assert send(home, path, exchange=str(exchange.pk)).status_code == 302
    activity.refresh_from_db()
    assert (activity.exchange, activity.is_done) == (exchange, True)


def test_last_years_programme_is_copied_with_nothing_done(pair, home):
    last = factories.ProgrammeFactory(
        committee=pair.ours, year=timezone.localdate().year - 1, summary_en="Visits"
    )
    factories.ActivityFactory(programme=last, title="Football", month=3, is_done=True)
    factories.ActivityFactory(programme=last, title="Dance")
    page = body(home.get(at("programmes", pair.ours)))
    assert f"Copy the programme of {last.year}" in page
    path = at("programme-copy", pair.ours, last.pk)
    send(home, path)
    copied = Programme.objects.get(year=timezone.localdate().year)
    assert [str(one) for one in copied.activities.order_by("pk")] == ["Football", "Dance"]
    assert not copied.activities.filter(is_done=True).exists()
    assert copied.summary_en == "Visits"
    again = send(home, path, year=str(copied.year))
    assert "This year&#x27;s programme exists already." in body(again)
    assert Programme.objects.count() == 2


@pytest.mark.parametrize("act", ["activity-done", "activity-not-done", "activity-remove"])
def test_a_page_with_one_button_names_the_activity(pair, home, programme, act):
    activity = factories.ActivityFactory(programme=programme, title_en="Painting the bridge")
    assert "<p>Painting the bridge</p>" in body(home.get(at(act, pair.ours, activity.pk)))


def test_what_is_not_planned_any_more_is_removed(pair, home, programme):
    activity = factories.ActivityFactory(programme=programme)
    assert send(home, at("activity-remove", pair.ours, activity.pk)).status_code == 302
    assert not Activity.objects.exists()
    assert Activity.history.filter(history_type="-", history_user=home.user).count() == 1


def test_two_editors_are_asked_what_to_keep(pair, home, programme):
    activity = factories.ActivityFactory(programme=programme, month=3)
    path = at("activity-edit", pair.ours, activity.pk)
    second = officer(pair.ours)
    mine, theirs = home.get(path), second.get(path)
    home.post(path, filled(mine, month="4"))
    asked = second.post(path, filled(theirs, month="5"))
    assert asked.status_code == 409
    assert "April" in body(asked) and "May" in body(asked)


def test_every_field_of_a_programme_that_both_changed_is_asked_about(pair, home, programme):
    path, second = at("programme-edit", pair.ours, programme.pk), officer(pair.ours)
    mine, theirs = home.get(path), second.get(path)
    home.post(path, filled(mine, year="2030", summary_en="More visits", summary_es="Más visitas"))
    asked = second.post(path, filled(theirs, year="2031", summary_en="Fewer"))
    names = {name for name in filled(asked) if name.startswith("keep-")}
    assert asked.status_code == 409
    assert names == {"keep-year", "keep-summary_en", "keep-summary_es"}
    assert "2030" in body(asked) and "More visits" in body(asked) and "Fewer" in body(asked)
    kept = {"keep-year": "theirs", "keep-summary_en": "mine", "keep-summary_es": "theirs"}
    assert second.post(path, filled(asked, **kept)).status_code == 302
    programme.refresh_from_db()
    assert (programme.year, programme.summary_en) == (2030, "Fewer")
    assert programme.summary_es == "Más visitas"


def test_what_was_typed_about_an_activity_that_somebody_removed_is_kept(pair, home, programme):
    activity = factories.ActivityFactory(programme=programme)
    path, second = at("activity-edit", pair.ours, activity.pk), officer(pair.ours)
    page = second.get(path)
    send(home, at("activity-remove", pair.ours, activity.pk))
    for _n in range(2):
        page = second.post(path, filled(page, title_en="Dance of the year", month="9"))
        assert page.status_code == 200
        assert body(page).count("Somebody removed this activity while you were writing.") == 1
        kept = filled(page)
        assert (kept["title_en"], kept["month"]) == (["Dance of the year"], ["9"])
    assert not Activity.objects.exists()
    foreign = factories.ActivityFactory()
    number = foreign.pk
    foreign.delete()
    gone = at("activity-edit", pair.ours, number)
    assert second.post(gone, filled(page)).status_code == 404


@pytest.mark.parametrize("name", ["activity-add", "programme-copy"])
def test_a_double_click_adds_one_row(pair, home, programme, name):
    path = at(name, pair.ours, programme.pk)
    typed = {"title_en": "Football", "theme": "sports"} if name == "activity-add" else {}
    sent = filled(home.get(path), **typed)
    before = (Programme.objects.count(), Activity.objects.count())
    assert home.post(path, sent).url == home.post(path, sent).url
    after = (Programme.objects.count(), Activity.objects.count())
    assert sum(after) == sum(before) + 1


@pytest.mark.django_db(transaction=True)
def test_eight_who_copy_at_once_make_one_programme(pair, programme):
    path = at("programme-copy", pair.ours, programme.pk)
    factories.ActivityFactory(programme=programme, title="Football")
    clients = [officer(pair.ours) for _n in range(8)]
    sent = [filled(client.get(path), year="2031") for client in clients]
    statuses = at_once(8, lambda n: clients[n].post(path, sent[n]).status_code)
    assert sorted(statuses) == [200] * 7 + [302]
    assert Activity.objects.filter(programme__year=2031).count() == 1


def test_programmes_of_others_are_404_like_random_numbers(pair, home):
    activity = factories.ActivityFactory()
    foreign = activity.programme
    paths = [at(name, pair.ours, foreign.pk) for name in ("programme", "activity-add")]
    paths += [at(f"programme-{act}", pair.ours, foreign.pk) for act in ("edit", "copy")]
    for act in ("edit", "done", "not-done", "remove"):
        paths += [at(f"activity-{act}", pair.ours, number) for number in (activity.pk, 987654321)]
    assert {home.get(path).status_code for path in paths} == {404}


def test_a_tie_of_others_is_refused(pair, home):
    other = factories.TieFactory()
    response = send(home, at("programme-add", pair.ours), year="2026", tie=str(other.pk))
    assert response.status_code == 200
    assert not Programme.objects.exists()


def test_viewers_read_and_editors_write(pair, programme):
    activity = factories.ActivityFactory(programme=programme)
    viewer = officer(pair.ours, "viewer")
    page = viewer.get(at("programme", pair.ours, programme.pk))
    assert page.status_code == 200 and "Mark as done" not in body(page)
    writing = [at("programme-add", pair.ours), at("activity-add", pair.ours, programme.pk)]
    writing += [at(f"programme-{act}", pair.ours, programme.pk) for act in ("edit", "copy")]
    acts = ("edit", "done", "not-done", "remove")
    writing += [at(f"activity-{act}", pair.ours, activity.pk) for act in acts]
    assert {viewer.get(path).status_code for path in writing} == {403}
    assert {officer(pair.ours).get(path).status_code for path in writing} == {200}


def test_a_programme_asks_as_often_for_three_activities_as_for_one(
    pair, home, programme, django_assert_max_num_queries
):
    path = at("programme", pair.ours, programme.pk)
    exchange = factories.ExchangeFactory(tie=pair.tie)
    factories.ActivityFactory(programme=programme, exchange=exchange)
    home.get(path)
    with django_assert_max_num_queries(15) as one:
        home.get(path)
    factories.ActivityFactory.create_batch(2, programme=programme, exchange=exchange)
    factories.ProgrammeFactory(committee=pair.ours, year=2020)
    with django_assert_max_num_queries(len(one)):
        assert "Planned: 3" in body(home.get(path))
    with django_assert_max_num_queries(15):
        home.get(at("programmes", pair.ours))
