"""Who may edit what of a tie: every cell of docs/decisions/0009-who-edits-a-tie.md."""

import pytest

from relationships.deriving import derive
from relationships.models import Confirmation, Correction, Evidence, Tie, TieEvent
from tests import factories as make
from tests.relationships.desk.desks import at, login, signed_tie
from tests.sending import filled

pytestmark = pytest.mark.django_db

OWN, OTHER, OFFICE = "a", "b", ""
EVENT = {"kind": "renewed", "date": "1991", "place": "Plaza"}
PROOF = {"kind": "press", "title": "Otro título", "date": "1991", "is_public": "on"}


@pytest.fixture
def sides():
    """Our city and theirs, each with a committee, and their tie; we are side "a"."""
    ours, theirs = make.CityFactory(name="Gómez Palacio"), make.CityFactory(american=True)
    tie = signed_tie(ours, theirs)
    return (
        make.CommitteeFactory(cities=[ours]),
        make.CommitteeFactory(cities=[theirs], country="US"),
        tie,
    )


def send(client, address, **answers) -> int:
    """Open a page and send its form; the status of what refused it, or of the answer."""
    page = client.get(address)
    if page.status_code != 200:
        assert client.post(address, answers).status_code == page.status_code
        return page.status_code
    return client.post(address, filled(page) | {k: [v] for k, v in answers.items()}).status_code


@pytest.mark.parametrize(
    ("entered_by", "is_proven", "changes"),
    [
        (OWN, False, {"kind": "renewed", "date": "1991", "place": "Plaza"}),
        (OWN, True, {"kind": "upgraded", "date": "1980", "place": "Plaza"}),
        (OTHER, False, None),
        (OTHER, True, None),
        (OFFICE, False, None),
        (OFFICE, True, None),
    ],
)
def test_correcting_an_event(sides, entered_by, is_proven, changes):
    committee, _theirs, tie = sides
    event = make.TieEventFactory(tie=tie, kind="upgraded", date="1980", entered_by=entered_by)
    if is_proven:
        make.EvidenceFactory(tie=tie, event=event)
    status = send(login("editor", committee), at("tie-event", committee, tie.pk, event.pk), **EVENT)
    event.refresh_from_db()
    now = {"kind": event.kind, "date": str(event.date), "place": event.place}
    if changes is None:
        assert (status, now) == (404, {"kind": "upgraded", "date": "1980", "place": ""})
    else:
        assert (status, now) == (302, changes)


@pytest.mark.parametrize(
    ("entered_by", "is_proven", "gone"),
    [
        (OWN, False, True),
        (OWN, True, False),
        (OTHER, False, False),
        (OTHER, True, False),
        (OFFICE, False, False),
        (OFFICE, True, False),
    ],
)
def test_withdrawing_an_event(sides, entered_by, is_proven, gone):
    committee, _theirs, tie = sides
    event = make.TieEventFactory(tie=tie, kind="renewed", date="1980", entered_by=entered_by)
    if is_proven:
        make.EvidenceFactory(tie=tie, event=event)
    url = at("tie-event-withdraw", committee, tie.pk, event.pk)
    assert send(login("editor", committee), url, reason="No fue") == (302 if gone else 404)
    assert TieEvent.objects.filter(pk=event.pk).exists() != gone


@pytest.mark.parametrize(("entered_by", "may"), [(OWN, True), (OTHER, False), (OFFICE, False)])
def test_correcting_and_withdrawing_evidence(sides, entered_by, may):
    committee, _theirs, tie = sides
    proof = make.EvidenceFactory(
        tie=tie, title="Nota", url="https://example.org/", entered_by=entered_by
    )
    client = login("editor", committee)
    status = send(client, at("tie-evidence", committee, tie.pk, proof.pk), **PROOF)
    proof.refresh_from_db()
    assert (status, proof.title) == ((302, "Otro título") if may else (404, "Nota"))
    url = at("tie-evidence-withdraw", committee, tie.pk, proof.pk)
    assert send(client, url, reason="No es") == (302 if may else 404)
    assert Evidence.objects.exists() != may


@pytest.mark.parametrize("side", [0, 1])
def test_both_sides_add_at_once_and_it_says_who(sides, side):
    committee, tie = sides[side], sides[2]
    client = login("editor", committee)
    assert send(client, at("tie-add-event", committee, tie.pk), **EVENT) == 302
    url = at("tie-add-evidence", committee, tie.pk)
    assert send(client, url, **PROOF, url="https://example.org/") == 302
    assert TieEvent.objects.get(kind="renewed").entered_by == "ab"[side]
    assert Evidence.objects.get().entered_by == "ab"[side]


@pytest.mark.parametrize("side", [0, 1])
def test_each_side_answers_for_itself_and_proposes_the_rest(sides, side):
    committee, tie = sides[side], sides[2]
    client = login("editor", committee)
    assert send(client, at("tie-confirm", committee, tie.pk), answer="alive", side="x") == 302
    assert Confirmation.objects.get().side == "ab"[side]
    assert send(client, at("tie-change", committee, tie.pk), text="Es un proyecto") == 302
    assert Correction.objects.get().side == "ab"[side]
    tie.refresh_from_db()
    assert tie.kind == Tie.Kind.SISTER_CITY


@pytest.mark.parametrize("review", ["draft", "submitted", "changes_requested", "published"])
@pytest.mark.parametrize("side", [0, 1])
def test_the_kind_is_changed_by_its_proposer_when_the_office_sent_it_back(sides, side, review):
    ours, tie = sides[0], sides[2]
    make.ProposalFactory(tie=tie, committee=ours)
    Tie.objects.filter(pk=tie.pk).update(review=review)
    client = login("editor", sides[side])
    may = review == "changes_requested" and side == 0
    status = send(client, at("tie-kind", sides[side], tie.pk), kind="project")
    assert status == (302 if may else 404)
    tie.refresh_from_db()
    assert (tie.kind == "project") == may
    assert send(client, at("tie-send-again", sides[side], tie.pk), reason="Listo") == (
        302 if may else 404
    )


@pytest.mark.parametrize("kind", ["ended", "suspended"])
def test_an_end_or_a_pause_of_our_own_is_for_the_office_to_change(sides, kind):
    committee, _theirs, tie = sides
    event = make.TieEventFactory(tie=tie, kind=kind, date="2019", entered_by=OWN)
    proof = make.EvidenceFactory(tie=tie, event=event, entered_by=OWN)
    derive([tie.pk])
    client = login("coordinator", committee)
    for page, row in (("tie-event", event), ("tie-evidence", proof)):
        for name in (page, f"{page}-withdraw"):
            assert send(client, at(name, committee, tie.pk, row.pk), reason="x") == 404
    assert TieEvent.objects.filter(pk=event.pk).exists() and Evidence.objects.exists()


def test_who_cannot_be_told_to_be_on_a_side_only_reads(sides):
    tie = sides[2]
    neither = make.CommitteeFactory(country="CA")
    make.TieCommitteeFactory(committee=neither, tie=tie)
    client = login("coordinator", neither)
    assert client.get(at("tie", neither, tie.pk)).status_code == 200
    for page in ("tie-confirm", "tie-add-event", "tie-add-evidence", "tie-change", "tie-end"):
        assert send(client, at(page, neither, tie.pk), answer="alive") == 404
    assert not Confirmation.objects.exists()


def test_the_viewer_of_a_side_changes_nothing(sides):
    committee, _theirs, tie = sides
    event = make.TieEventFactory(tie=tie, kind="renewed", date="1980", entered_by=OWN)
    client = login("viewer", committee)
    for page in ("tie-event", "tie-event-withdraw"):
        assert send(client, at(page, committee, tie.pk, event.pk), **EVENT, reason="x") == 403
    event.refresh_from_db()
    assert str(event.date) == "1980"
