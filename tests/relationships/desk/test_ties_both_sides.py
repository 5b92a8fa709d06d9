"""One association for both cities of a tie: it says for which of them it speaks, or for both."""

import datetime

import pytest
from django.utils import timezone
from django.utils.translation import override

from committees.todo import todos
from relationships.models import Confirmation, Statement, Tie
from sistercities.models import OutgoingMail
from tests import factories as make
from tests.relationships.desk.desks import at, login, signed_tie
from tests.relationships.desk.test_ties_end import end
from tests.sending import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def cities():
    return [
        make.CityFactory(name="Nogales, Sonora"),
        make.CityFactory(american=True, name="Nogales"),
    ]


@pytest.fixture
def ambos(cities):
    """Ambos Nogales."""
    return make.CommitteeFactory(name="Ambos Nogales", cities=cities)


@pytest.fixture
def tie(cities):
    return signed_tie(*cities)


@pytest.fixture
def cora(ambos):
    return login("coordinator", ambos, "Cora")


def answer(client, committee, tie, **given):
    url = at("tie-confirm", committee, tie.pk)
    return client.post(url, filled(client.get(url), answer="alive", **given))


def asked(committee) -> list[str]:
    with override("en"):
        lines = todos(committee, timezone.localdate(), "coordinator")
        return [one.text for one in lines if "alive" in one.text and not one.done]


def test_one_answer_for_both_cities_is_the_answer_of_both(cora, ambos, tie):
    assert asked(ambos)
    page = cora.get(at("tie-confirm", ambos, tie.pk)).content.decode()
    for word in ("For which city do you answer?", "For both cities", "Nogales, Sonora"):
        assert word in page
    assert answer(cora, ambos, tie).status_code == 302
    assert {row.side: row.answer for row in tie.confirmations.all()} == {"a": "alive", "b": "alive"}
    tie.refresh_from_db()
    assert tie.reciprocity == "mutual"
    assert not asked(ambos)


@pytest.mark.parametrize("side", ["a", "b"])
def test_an_answer_for_one_city_leaves_the_other_one_to_be_asked(cora, ambos, tie, side):
    answer(cora, ambos, tie, speaks_for=side)
    assert [row.side for row in tie.confirmations.all()] == [side]
    assert asked(ambos)


@pytest.mark.parametrize("wrong", ["", "c", "ab"])
def test_nobody_answers_for_a_third_city(cora, ambos, tie, wrong):
    response = answer(cora, ambos, tie, speaks_for=wrong)
    assert response.status_code == 200 and not Confirmation.objects.exists()


def test_a_committee_of_one_city_is_not_asked_and_cannot_answer_for_the_other(cities, tie):
    ours = make.CommitteeFactory(cities=cities[:1])
    ana = login("editor", ours, "Ana")
    page = ana.get(at("tie-confirm", ours, tie.pk)).content.decode()
    assert "For which city do you answer?" not in page
    url = at("tie-confirm", ours, tie.pk)
    ana.post(url, filled(ana.get(url), answer="alive") | {"speaks_for": "both"})
    assert [row.side for row in tie.confirmations.all()] == ["a"]


def test_a_committee_that_left_one_of_the_cities_speaks_for_the_other_only(
    cora, ambos, cities, tie
):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    ambos.city_links.filter(city=cities[0]).update(until=yesterday)
    assert answer(cora, ambos, tie).status_code == 302
    assert [row.side for row in tie.confirmations.all()] == ["b"]


def test_the_end_is_said_for_both_told_to_nobody_and_taken_back_for_both(cora, ambos, tie):
    end(cora, ambos, tie)
    assert {row.side: row.answer for row in tie.confirmations.all()} == {"a": "ended", "b": "ended"}
    url = at("tie-end-take-back", ambos, tie.pk)
    assert url in cora.get(at("tie", ambos, tie.pk)).content.decode()
    cora.post(url, filled(cora.get(url), reason="Era otro"))
    tie.refresh_from_db()
    assert tie.stage == "signed" and not tie.confirmations.exists()
    assert not OutgoingMail.objects.filter(to=cora.user.email).exists()


def test_a_committee_of_both_cities_proposes_their_tie_in_the_name_of_both(cora, ambos, cities):
    url = f"{at('tie-propose', ambos)}?q=nogales"
    own, other = cities
    same = cora.post(url, filled(cora.get(url), own=str(own.pk), city=str(own.pk)))
    assert same.status_code == 200
    draft = at("tie-propose", ambos)
    response = cora.post(
        f"{draft}?q=nogales", filled(cora.get(url), own=str(own.pk), city=str(other.pk))
    )
    for answers in (
        {"kind": "sister_city"},
        {"signed": "May 1990"},
        {"proof_kind": "agreement"},
        {"contact": ""},
    ):
        response = cora.post(response.url, filled(cora.get(response.url), **answers))
    assert cora.post(response.url, filled(cora.get(response.url))).status_code == 302
    tie = Tie.objects.get()
    assert tie.review == "submitted" and tie.reciprocity == "mutual"
    assert set(Statement.objects.values_list("said_by", flat=True)) == {"a", "b"}
