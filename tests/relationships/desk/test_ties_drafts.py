"""Drafts of proposals and of ends are thrown away by the desk that began them."""

import pytest

from relationships.models import Tie
from relationships.pages.desktie import PROPOSAL
from sistercities.models import Draft
from tests import factories as make
from tests.relationships.desk.desks import at, login
from tests.sending import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def paths(ours, tie) -> dict[str, str]:
    """Where each kind of draft is thrown away."""
    proposal = Draft.objects.create(owner=ours.pk, kind=PROPOSAL, title="Torrance")
    end = Draft.objects.create(owner=ours.pk, kind=f"tie-end-{tie.pk}", title="The end")
    return {
        "proposal": at("tie-propose-throw-away", ours, proposal.pk),
        "end": at("tie-end-throw-away", ours, tie.pk, end.pk),
    }


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("viewer", set()),
        ("editor", {"proposal"}),
        ("coordinator", {"proposal", "end"}),
    ],
)
def test_who_may_write_a_draft_may_throw_it_away(ours, tie, paths, role, allowed):
    client = login(role, ours)
    for kind, path in paths.items():
        page = client.get(path)
        assert page.status_code == (200 if kind in allowed else 403)
        if kind in allowed:
            assert client.post(path, filled(page)).status_code == 302
        else:
            assert client.post(path).status_code == 403
    assert Draft.objects.count() == 2 - len(allowed)
    assert Tie.objects.get().is_public


def test_the_desk_says_what_was_done_and_lists_it_no_more(ours, paths):
    client = login("editor", ours)
    page = client.get(at("ties", ours))
    assert "Torrance" in page.content.decode()
    gone = client.post(paths["proposal"], filled(client.get(paths["proposal"])), follow=True)
    assert "The draft was thrown away." in gone.content.decode()
    assert "Torrance" not in gone.content.decode()


def test_another_committee_finds_no_draft_of_ours(ours, tie, paths):
    theirs = make.CommitteeFactory(country="US", cities=[tie.city_b])
    client = login("coordinator", theirs, "Bob")
    number = Draft.objects.get(kind=PROPOSAL).pk
    end = Draft.objects.exclude(kind=PROPOSAL).get().pk
    addresses = [
        at("tie-propose-throw-away", theirs, number),
        at("tie-end-throw-away", theirs, tie.pk, end),
        *paths.values(),
    ]
    for path in addresses:
        assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)
    assert Draft.objects.count() == 2
