"""Exchanges: reported by one side, acknowledged by the other, counted once."""

import datetime

import pytest
from django.utils import timezone

from relationships.models import Exchange, Tie
from relationships.side_of import side_of
from sistercities.models import RegistryVersion
from sistercities.partialdates import PartialDate
from tests import factories
from tests.relationships.desk.sides import VISIT, at, body, officer, report, send
from tests.sending import filled, form_of

pytestmark = pytest.mark.django_db


def test_a_report_is_public_at_once_in_the_name_of_the_own_side(pair, home):
    version = RegistryVersion.now()
    response = report(home, pair.ours)
    exchange = Exchange.objects.get()
    assert (response.status_code, response.url) == (302, at("exchange", pair.ours, exchange.pk))
    assert (exchange.tie, exchange.entered_by, exchange.review) == (pair.tie, "a", "published")
    assert (exchange.title_en, exchange.direction) == ("Student visit", "a_to_b")
    assert (exchange.begins, exchange.ends) == (
        PartialDate(2024, 6, 3),
        PartialDate(2024, 6, 10),
    )
    people = (exchange.travellers, exchange.hosts, exchange.youth, exchange.volunteers)
    assert people == (24, 12, 20, 5)
    assert exchange.acknowledged_on is None
    assert RegistryVersion.now() > version
    assert exchange.history.get().history_user == home.user
    page = home.get(response.url)
    assert "Published. The other side is asked to acknowledge it." in body(page)
    assert "Not yet acknowledged by South El Monte" in body(page)
    assert "Not yet" in body(home.get(exchange.get_absolute_url()))


def test_a_report_is_a_sign_of_life_of_the_tie(pair, home):
    today = timezone.localdate()
    report(home, pair.ours, begins=str(today.year - 1), ends="")
    pair.tie.refresh_from_db()
    assert pair.tie.last_sign_of_life == datetime.date(today.year - 1, 12, 31)


def test_the_side_far_away_sees_the_direction_the_other_way_round(pair, away):
    report(away, pair.theirs, direction="out")
    exchange = Exchange.objects.get()
    assert (exchange.entered_by, exchange.direction) == ("b", "b_to_a")
    page = away.get(at("exchange-edit", pair.theirs, exchange.pk))
    assert form_of(page)["direction"] == ["out"]
    assert "From South El Monte to Gómez Palacio" in body(page)


def test_every_text_of_an_exchange_asks_for_no_names_of_minors(pair, home):
    report(home, pair.ours)
    edit = at("exchange-edit", pair.ours, Exchange.objects.get().pk)
    for path in (at("exchange-report", pair.ours), edit):
        form = home.get(path).context["form"]
        texts = [name for name in form.fields if name.startswith(("title", "summary", "results"))]
        assert len(texts) in (3, 6)
        for name in texts:
            hint = str(form.fields[name].help_text)
            assert "children or young people" in hint or "names of minors" in hint, name


def test_the_desks_home_leads_editors_to_both_forms_at_once(pair, home):
    links = {at(f"{kind}-report", pair.ours) for kind in ("exchange", "donation")}
    pages = {
        who: body(client.get(at("home", pair.ours)))
        for who, client in (("editor", home), ("viewer", officer(pair.ours, "viewer")))
    }
    assert {link for link in links if f'href="{link}"' in pages["editor"]} == links
    assert {link for link in links if f'href="{link}"' in pages["viewer"]} == set()


def test_a_new_report_is_asked_as_the_last_one_was_answered(pair, home):
    empty = form_of(home.get(at("exchange-report", pair.ours)))
    year = str(timezone.localdate().year)
    assert (empty["begins"], empty["theme"], empty["direction"]) == ([year], [""], ["out"])
    report(home, pair.ours, theme="sports", direction="in")
    factories.ExchangeFactory(tie=pair.tie, entered_by="b", theme="crafts")
    again = form_of(home.get(at("exchange-report", pair.ours)))
    assert (again["theme"], again["direction"], again["title_en"]) == (["sports"], ["in"], [""])
    theirs = form_of(officer(pair.theirs).get(at("exchange-report", pair.theirs)))
    assert theirs["theme"] == ["crafts"]


def test_the_shortest_report_has_five_answers(pair, home):
    brief = dict.fromkeys(("ends", "travellers", "hosts", "youth", "volunteers"), "")
    assert report(home, pair.ours, begins="2024", **brief).status_code == 302
    exchange = Exchange.objects.get()
    assert (exchange.travellers, exchange.cost, exchange.currency) == (0, None, "")


def test_a_cost_is_read_as_people_write_it(pair, home):
    report(home, pair.ours, cost="$ 1,234.50", currency="usd")
    exchange = Exchange.objects.get()
    assert (str(exchange.cost), exchange.currency) == ("1234.50", "USD")


REFUSED = [
    ({"title_en": ""}, "Write a title"),
    ({"theme": ""}, "Choose a theme."),
    ({"direction": None}, "Say who travelled."),
    ({"begins": ""}, "Say when it began; a year is enough."),
    ({"begins": "June 40, 2024"}, "That month has no day 40"),
    ({"ends": "2023"}, "An exchange cannot end before it began."),
    ({"travellers": "many"}, "Write a whole number, such as 24."),
    ({"youth": "99"}, "There cannot be more young people than travellers and hosts."),
    ({"cost": "12,5"}, "Write the amount in figures"),
    ({"cost": "50", "currency": ""}, "Say in which currency"),
    ({"cost": "50", "currency": "ABC"}, "“ABC” is not the code of a currency."),
]


def test_a_refused_report_says_why_and_keeps_all_input(pair, home):
    path = at("exchange-report", pair.ours)
    page = home.get(path)
    for changes, sentence in REFUSED:
        answers = VISIT | changes
        response = home.post(path, filled(page, **answers))
        assert response.status_code == 200, sentence
        assert "<title>Error: Report an exchange" in body(response)
        assert body(response).count(sentence) == 2, sentence  # in the summary, beside the field
        kept = form_of(response)
        for name, value in answers.items():
            assert kept.get(name, [""]) == [value or ""], (sentence, name)
        assert not Exchange.objects.exists()


def test_the_form_says_that_minors_are_never_named(pair, home):
    page = body(home.get(at("exchange-report", pair.ours)))
    assert "Write numbers, never names of children or young people." in page
    assert "Only how many, never names" in page


def test_a_double_click_reports_once(pair, home):
    path = at("exchange-report", pair.ours)
    sent = filled(home.get(path), **VISIT)
    first, second = home.post(path, sent), home.post(path, sent)
    assert first.url == second.url
    assert Exchange.objects.count() == 1


def test_the_same_exchange_reported_by_the_other_side_is_recognised_and_acknowledged(
    pair, home, away
):
    report(home, pair.ours)
    path = at("exchange-report", pair.theirs)
    answers = VISIT | {"title_en": "Visit of students", "begins": "June 2024", "ends": ""}
    answers |= {"direction": "in", "summary_en": "They stayed with families."}
    asked = away.post(path, filled(away.get(path), **answers))
    assert "Is it the same exchange?" in body(asked) and "Student visit" in body(asked)
    assert Exchange.objects.count() == 1
    exchange = Exchange.objects.get()
    done = away.post(path, filled(asked, same=str(exchange.pk)))
    assert done.url == at("exchange", pair.theirs, exchange.pk)
    exchange.refresh_from_db()
    assert exchange.acknowledged_on == timezone.localdate()
    assert (exchange.title_en, exchange.summary_en) == (
        "Student visit",
        "They stayed with families.",
    )
    assert Exchange.objects.count() == 1


def test_another_exchange_on_the_same_days_is_published_when_they_say_so(pair, home, away):
    report(home, pair.ours)
    path = at("exchange-report", pair.theirs)
    asked = away.post(path, filled(away.get(path), **VISIT))
    again = away.post(path, filled(asked))
    assert again.status_code == 302
    assert sorted(Exchange.objects.values_list("entered_by", flat=True)) == ["a", "b"]


def test_another_theme_or_other_days_are_not_asked_about(pair, home):
    report(home, pair.ours)
    others = [{"theme": "sports"}, {"begins": "July 2024", "ends": ""}, {"begins": "2023"}]
    for number, other in enumerate(others, start=2):
        assert report(home, pair.ours, **({"ends": ""} | other)).status_code == 302, other
        assert Exchange.objects.count() == number


def test_the_same_cannot_be_said_of_somebody_elses_exchange(pair, home):
    foreign = factories.ExchangeFactory(begins=PartialDate(2024, 6))
    response = report(home, pair.ours, same=str(foreign.pk))
    assert response.status_code == 404
    foreign.refresh_from_db()
    assert foreign.acknowledged_on is None


def test_what_was_withdrawn_is_not_shown_not_counted_and_not_deleted(pair, home):
    today = timezone.localdate()
    report(home, pair.ours, begins=str(today.year - 1), ends="")
    exchange = Exchange.objects.get()
    path = at("exchange-withdraw", pair.ours, exchange.pk)
    assert "Say why; the record keeps it." in body(send(home, path, reason=""))
    assert send(home, path, reason="It was cancelled").status_code == 302
    exchange.refresh_from_db()
    pair.tie.refresh_from_db()
    assert exchange.review == "rejected"
    assert exchange.history.first().history_change_reason == "It was cancelled"
    assert pair.tie.last_sign_of_life is None or pair.tie.last_sign_of_life.year < today.year - 1
    assert home.get(exchange.get_absolute_url()).status_code == 404
    assert home.get(at("exchange", pair.ours, exchange.pk)).status_code == 404
    assert "Student visit" not in body(home.get(at("exchanges", pair.ours)))


def test_two_editors_are_asked_what_to_keep(pair, home):
    report(home, pair.ours)
    exchange = Exchange.objects.get()
    path = at("exchange-edit", pair.ours, exchange.pk)
    second = officer(pair.ours)
    mine, theirs = home.get(path), second.get(path)
    assert home.post(path, filled(mine, travellers="30")).status_code == 302
    asked = second.post(path, filled(theirs, travellers="31", place="Lerdo"))
    assert asked.status_code == 409
    assert "30" in body(asked) and "31" in body(asked)
    kept = second.post(path, filled(asked, **{"keep-travellers": "theirs"}))
    assert kept.status_code == 302
    exchange.refresh_from_db()
    assert (exchange.travellers, exchange.place) == (30, "Lerdo")


def test_forbidden_fields_change_nothing(pair, home):
    report(home, pair.ours)
    exchange = Exchange.objects.get()
    other = factories.TieFactory()
    path = at("exchange-edit", pair.ours, exchange.pk)
    forged = filled(
        home.get(path),
        place="Lerdo",
        tie=str(other.pk),
        review="draft",
        entered_by="b",
        acknowledged_on="2024-01-01",
        slug="x",
        is_demo="on",
    )
    assert home.post(path, forged).status_code == 302
    exchange.refresh_from_db()
    assert exchange.place == "Lerdo"
    assert (exchange.tie, exchange.review, exchange.entered_by) == (pair.tie, "published", "a")
    assert exchange.acknowledged_on is None and not exchange.is_demo
    assert exchange.slug != "x"


def test_a_tie_of_others_is_refused(pair, home):
    other = factories.TieFactory()
    response = report(home, pair.ours, tie=str(other.pk))
    assert response.status_code == 200
    assert not Exchange.objects.exists()


def test_exchanges_of_other_ties_are_404_like_random_numbers(pair, home):
    foreign = factories.ExchangeFactory()
    pages = ["exchange", *(f"exchange-{act}" for act in ("edit", "withdraw", "acknowledge"))]
    pages += ["exchange-object", "exchange-stand-by"]
    for name in pages:
        for number in (foreign.pk, 987654321):
            assert home.get(at(name, pair.ours, number)).status_code == 404
            assert home.post(at(name, pair.ours, number), {"_nonce": "x" * 22}).status_code in (
                404,
                405,
            )


def test_a_draft_of_the_other_side_is_nobodys_business(pair, home, away):
    mine = factories.ExchangeFactory(tie=pair.tie, entered_by="a", review="draft")
    theirs = factories.ExchangeFactory(tie=pair.tie, entered_by="b", review="draft")
    nobodys = factories.ExchangeFactory(tie=pair.tie, review="submitted")
    seen = Exchange.objects.for_committee(pair.ours)
    assert set(seen) == {mine, nobodys}
    assert home.get(at("exchange", pair.ours, theirs.pk)).status_code == 404
    send(home, at("exchange-edit", pair.ours, nobodys.pk), summary_en="We found it in a paper.")
    nobodys.refresh_from_db()
    assert (nobodys.entered_by, nobodys.review) == ("a", "submitted")  # the office holds it


@pytest.mark.parametrize("role", ["viewer", "editor", "coordinator"])
def test_viewers_read_and_editors_write(pair, role):
    exchange = factories.ExchangeFactory(tie=pair.tie, entered_by="a")
    theirs = factories.ExchangeFactory(tie=pair.tie, entered_by="b")
    client = officer(pair.ours, role)
    reading = [at("exchanges", pair.ours), at("exchange", pair.ours, exchange.pk)]
    writing = [at("exchange-report", pair.ours)]
    writing += [at(f"exchange-{act}", pair.ours, exchange.pk) for act in ("edit", "withdraw")]
    writing += [at(f"exchange-{act}", pair.ours, theirs.pk) for act in ("acknowledge", "object")]
    assert [client.get(path).status_code for path in reading] == [200, 200]
    allowed = 403 if role == "viewer" else 200
    assert {client.get(path).status_code for path in writing} == {allowed}
    stranger = officer(factories.CommitteeFactory(), role)
    assert {stranger.get(path).status_code for path in reading + writing} == {404}


def test_the_list_asks_as_often_for_three_exchanges_as_for_one(
    pair, home, django_assert_max_num_queries
):
    path = at("exchanges", pair.ours)
    factories.ExchangeFactory(tie=pair.tie, entered_by="b")
    home.get(path)
    with django_assert_max_num_queries(15) as one:
        home.get(path)
    factories.ExchangeFactory.create_batch(2, tie=pair.tie, entered_by="b")
    with django_assert_max_num_queries(len(one)):
        assert body(home.get(path)).count('scope="row"') == 3


def test_long_lists_have_pages_the_newest_first(pair, home):
    for year in range(1990, 2020):
        factories.ExchangeFactory(tie=pair.tie, begins=PartialDate(year), title_en=f"Visit {year}")
    first = body(home.get(at("exchanges", pair.ours)))
    assert "Visit 2019" in first and "Visit 1994" not in first and "?page=2" in first
    factories.ExchangeFactory.create_batch(26, tie=pair.tie, begins=PartialDate(1989))
    assert "?year=1989&amp;page=2" in body(home.get(at("exchanges", pair.ours) + "?year=1989"))
    second = body(home.get(at("exchanges", pair.ours) + "?page=2"))
    assert "Visit 1994" in second and "Visit 2019" not in second
    year = body(home.get(at("exchanges", pair.ours) + "?year=1993"))
    assert "Visit 1993" in year and "Visit 1994" not in year


def test_without_a_published_tie_there_is_nothing_to_report_on():
    committee = factories.CommitteeFactory()
    client = officer(committee)
    for name in ("exchange-report", "donation-report"):
        page = body(client.get(at(name, committee)))
        assert "Your committee has no published tie yet." in page


def test_several_ties_are_chosen_by_the_name_of_the_sister_city(pair, home):
    second = factories.TieFactory(city_a=pair.tie.city_a)
    page = body(home.get(at("exchange-report", pair.ours)))
    assert "South El Monte" in page and second.city_b.name in page
    assert "From us to them" in page
    report(home, pair.ours, tie=str(second.pk))
    assert Exchange.objects.get().tie == second


def test_the_side_is_that_of_the_city_and_else_that_of_the_country(pair):
    assert (side_of(pair.tie, pair.ours), side_of(pair.tie, pair.theirs)) == ("a", "b")
    single = factories.CommitteeFactory(country="US")
    factories.TieCommitteeFactory(committee=single, tie=pair.tie)
    assert side_of(pair.tie, single) == "b"
    assert list(Tie.objects.for_committee(single)) == [pair.tie]
    foreign = factories.CommitteeFactory(country="JP")
    assert side_of(pair.tie, foreign) == ""


def test_who_serves_both_cities_acknowledges_by_reporting(pair):
    both = factories.CommitteeFactory(cities=[pair.tie.city_a, pair.tie.city_b])
    report(officer(both), both)
    assert Exchange.objects.get().acknowledged_on == timezone.localdate()
