"""Fifty people propose the same tie in the same moment: one row, and forty-nine kind answers."""

import re

import pytest

from committees.models import City
from relationships.models import Proposal, Tie, TieEvent
from sistercities.editing.once import NONCE, new_nonce
from sistercities.models import Draft
from tests import factories as make
from tests.relationships.desk.desks import at
from tests.relationships.desk.sides import officer
from tests.sending import filled
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 50


def check_page(committee, number: int, city: dict, search: str):
    """An officer's browser in front of the last button, with a note of their own in the draft."""
    client = officer(committee)
    url = f"{at('tie-propose', committee)}?q={search}"
    response = client.post(url, filled(client.get(url), **city))
    for answers in (
        {"kind": "sister_city"},
        {"signed": "May 1990"},
        {"proof_kind": "agreement"},
        {"contact": f"Contact {number}"},
    ):
        response = client.post(response.url, filled(client.get(response.url), **answers))
    return client, response.url, filled(client.get(response.url))


def alike(committee, number: int, first: tuple):
    """As `check_page`, behind a copy of the first one's draft, with a form of its own."""
    _client, url, sent = first
    before = re.search(r"/(\d+)/", url)[0]
    draft = Draft.objects.get(pk=before.strip("/"))
    contact = draft.data["contact"] | {"contact": [f"Contact {number}"]}
    draft.pk, draft.data = None, draft.data | {"contact": contact}
    draft.save()
    return officer(committee), url.replace(before, f"/{draft.pk}/"), sent | {NONCE: new_nonce()}


def side_by_side(committee, start: int, number: int, city: dict, search: str) -> list:
    """So many browsers of one committee; the first one's officer wrote the draft of all."""
    first = check_page(committee, start, city, search)
    assert len(first[2][NONCE]) == 1
    return [first, *(alike(committee, start + one, first) for one in range(1, number))]


def all_at_once(presses: list) -> list:
    """All last buttons at once; the answers in their order."""

    def press(number: int):
        client, url, sent = presses[number]
        return client.post(url, sent)

    return at_once(len(presses), press)


def went_well(presses: list, answers: list) -> None:
    """One tie; everybody else keeps the draft and is led to the tie that is there."""
    assert [one for one in answers if isinstance(one, Exception)] == []
    tie = Tie.objects.get()
    won = [number for number, one in enumerate(answers) if one.status_code == 302]
    assert len(won) == 1
    proposal = Proposal.objects.get()
    assert (proposal.tie, proposal.contact) == (tie, f"Contact {won[0]}")
    assert TieEvent.objects.count() == 1
    looked = set()
    for number, (client, url, _sent) in enumerate(presses):
        if number in won:
            continue
        page = answers[number].content.decode()
        assert answers[number].status_code == 200 and "There is a problem" in page
        assert "The registry has this tie already" in page
        committee = client.user.person.terms.get().committee
        there = at("tie", committee, tie.pk)
        assert f'href="{there}"' in page
        kept = Draft.objects.get(pk=re.search(r"/(\d+)/", url)[1])
        assert kept.data["contact"]["contact"] == [f"Contact {number}"]
        if committee not in looked:  # what a draft and a tie show is the same for a whole board
            assert client.get(there).status_code == 200
            assert f"Contact {number}" in client.get(url).content.decode()
            looked.add(committee)
    assert len(looked) == 2
    assert Draft.objects.count() == len(presses) - 1


def test_fifty_proposals_of_both_sides_at_once_make_one_tie():
    home = make.CityFactory(name="Gómez Palacio")
    away = make.CityFactory(american=True, name="South El Monte")
    ours = make.CommitteeFactory(cities=[home])
    theirs = make.CommitteeFactory(cities=[away], country="US")
    half = MANY // 2
    presses = side_by_side(ours, 0, half, {"city": str(away.pk)}, "monte")
    presses += side_by_side(theirs, half, half, {"city": str(home.pk)}, "gomez")
    went_well(presses, all_at_once(presses))


def test_a_city_that_many_add_at_once_is_made_once_and_so_is_its_tie():
    ours = make.CommitteeFactory(cities=[make.CityFactory(name="Gómez Palacio")])
    new = {"city": "new", "new_name": "Avalon", "new_country": "US"}
    presses = side_by_side(ours, 0, 8, new, "Avalon")
    answers = all_at_once(presses)
    assert [one for one in answers if isinstance(one, Exception)] == []
    assert sorted(one.status_code for one in answers) == [200] * 7 + [302]
    assert City.objects.filter(name="Avalon").count() == Tie.objects.count() == 1
    assert Draft.objects.count() == 7
