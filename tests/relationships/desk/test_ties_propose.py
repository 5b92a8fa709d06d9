"""Proposing a tie at the desk: search, steps, draft, check, once; and what the office answers."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from committees.models import City, CityName
from committees.todo import todos
from relationships.deriving import derive
from relationships.models import (
    Evidence,
    Programme,
    Proposal,
    SideContact,
    Statement,
    Tie,
    TieEvent,
)
from relationships.proposing import AlreadyThere, Proposed, propose
from sistercities.models import Attachment, Draft
from tests import factories as make
from tests.relationships.desk.desks import at, login, pdf, signed_tie
from tests.reviewing import decide
from tests.sending import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def gomez():
    return make.CityFactory(name="Gómez Palacio")


@pytest.fixture
def torrance():
    """Known from the gazetteer only."""
    return make.CityFactory(american=True, name="Torrance", is_listed=False)


@pytest.fixture
def ours(gomez):
    return make.CommitteeFactory(name="Comité de Gómez Palacio", cities=[gomez])


@pytest.fixture
def ana(ours):
    return login("editor", ours)


def text(response) -> str:
    return response.content.decode()


STEPS = {
    "kind": {"kind": "sister_city"},
    "happened": {"contact": "about 1985", "signed": "May 1990", "programme_year": "2026"},
    "document": {"proof_kind": "agreement", "proof_is_public": "on"},
    "contact": {"contact": "María López", "contact_email": "clerk@example.org"},
}


def to_the_check_page(client, committee, city, file=True, **changed):
    """Answer every step; the check page."""
    url = at("tie-propose", committee)
    page = client.get(url, {"q": city.name})
    response = client.post(f"{url}?q={city.name}", filled(page, city=str(city.pk)))
    assert response.status_code == 302, text(response)
    for key, answers in STEPS.items():
        assert f"/{key}/" in response.url
        sent = filled(client.get(response.url), **(answers | changed.get(key, {})))
        if key == "document" and file:
            sent |= {"proof": pdf()}
        response = client.post(response.url, sent)
        assert response.status_code == 302, text(response)
    assert response.url.endswith("/check/")
    return client.get(response.url)


def sent(client, check):
    """The last button."""
    return client.post(check.request["PATH_INFO"], filled(check))


def test_a_proposal_arrives_whole_and_the_page_says_what_happens_next(ana, ours, gomez, torrance):
    check = to_the_check_page(ana, ours, torrance)
    for word in ("Torrance", "Sister cities", "acuerdo.pdf", "María López", "May 1990", "Change"):
        assert word in text(check)
    response = sent(ana, check)
    tie = Tie.objects.get()
    assert response.status_code == 302 and response.url == at("tie-sent", ours, tie.pk)
    assert "The association answers within 5 working days." in text(ana.get(response.url))
    assert (tie.review, tie.kind, tie.stage) == ("submitted", "sister_city", "signed")
    assert {tie.city_a, tie.city_b} == {gomez, torrance}
    side = "a" if tie.city_a == gomez else "b"
    events = list(tie.events.values_list("kind", "date", "entered_by"))
    assert [(kind, str(date), by) for kind, date, by in events] == [
        ("contact", "1985~", side),
        ("signed", "1990-05", side),
    ]
    evidence = Evidence.objects.get()
    assert evidence.event.kind == "signed" and evidence.is_public and len(evidence.sha256) == 64
    assert default_storage.exists(evidence.file.name) and not Attachment.objects.exists()
    assert SideContact.objects.get().side != side
    proposal = Proposal.objects.get()
    assert (proposal.committee, proposal.sent_by) == (ours, ana.user)
    assert proposal.contact == "María López"
    assert Statement.objects.get().said_by == side
    assert Programme.objects.get(committee=ours, tie=tie).year == 2026
    assert not Draft.objects.exists()
    torrance.refresh_from_db()
    assert not torrance.is_listed
    assert tie.history.first().history_user == ana.user


def test_the_last_button_pressed_twice_makes_one_tie(ana, ours, torrance):
    check = to_the_check_page(ana, ours, torrance)
    first, second = sent(ana, check), sent(ana, check)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert Tie.objects.count() == Proposal.objects.count() == Evidence.objects.count() == 1


def test_nothing_of_a_proposal_is_public(ana, client, ours, torrance):
    sent(ana, to_the_check_page(ana, ours, torrance))
    tie, evidence = Tie.objects.get(), Evidence.objects.get()
    assert client.get(tie.get_absolute_url()).status_code == 404
    assert client.get(reverse("public:evidence-file", args=[evidence.pk])).status_code == 404


def test_the_draft_is_kept_from_the_first_step_and_shared(ana, ours, torrance):
    url = at("tie-propose", ours)
    page = ana.get(url, {"q": "torrance"})
    ana.post(f"{url}?q=torrance", filled(page, city=str(torrance.pk)))
    eva = login("editor", ours, "Eva")
    listed = text(eva.get(at("ties", ours)))
    draft = Draft.objects.get()
    assert draft.title == "Torrance" and "Torrance" in listed and "Ana" in listed
    assert eva.get(at("tie-propose-step", ours, draft.pk, "kind")).status_code == 200


def test_a_draft_of_others_is_not_found(ana, ours, torrance):
    url = at("tie-propose", ours)
    page = ana.get(url, {"q": "torrance"})
    ana.post(f"{url}?q=torrance", filled(page, city=str(torrance.pk)))
    other = make.CommitteeFactory(cities=[make.CityFactory()])
    bob, draft = login("coordinator", other, "Bob"), Draft.objects.get()
    for step in ("city", "kind", "check"):
        address = at("tie-propose-step", other, draft.pk, step)
        assert bob.get(address).status_code == bob.post(address, {}).status_code == 404


def test_viewers_do_not_propose(ours):
    assert login("viewer", ours).get(at("tie-propose", ours)).status_code == 403


@pytest.mark.parametrize("wanted", ["Torrance", "torrance", "  TORR", "Los Torrance"])
def test_a_place_of_the_gazetteer_is_found_by_any_name(ana, ours, torrance, wanted):
    CityName.objects.create(city=torrance, name="Los Torrance")
    page = text(ana.get(at("tie-propose", ours), {"q": wanted}))
    assert f'value="{torrance.pk}"' in page


@pytest.mark.parametrize("wanted", ["", "\0", "%", "'; DROP", "x" * 5000, "🙂"])
def test_odd_searches_find_nothing_and_break_nothing(ana, ours, torrance, wanted):
    response = ana.get(at("tie-propose", ours), {"q": wanted})
    assert response.status_code == 200 and f'value="{torrance.pk}"' not in text(response)


@pytest.mark.parametrize("choice", ["999999", "x", "-1", "9" * 30, ""])
def test_only_a_place_on_record_can_be_chosen(ana, ours, torrance, choice):
    url = at("tie-propose", ours) + "?q=torrance"
    response = ana.post(url, filled(ana.get(url), city=choice))
    assert response.status_code == 200 and "There is a problem" in text(response)
    for draft in Draft.objects.all():
        check = at("tie-propose-step", ours, draft.pk, "check")
        assert ana.post(check, filled(ana.get(check))).status_code == 200
    assert not Tie.objects.exists()


def test_the_own_city_is_no_sister(ana, ours, gomez):
    url = at("tie-propose", ours) + "?q=gomez"
    page = ana.get(url)
    assert "Gómez Palacio, Mexico" not in text(page)
    assert ana.post(url, filled(page, city=str(gomez.pk))).status_code == 200


def test_a_committee_of_two_cities_says_for_which_it_proposes(ours, torrance, ana):
    lerdo = make.CityFactory(name="Lerdo")
    make.CommitteeCityFactory(committee=ours, city=lerdo)
    foreign = make.CityFactory()
    url = at("tie-propose", ours) + "?q=torrance"
    page = ana.get(url)
    for wrong in (None, str(foreign.pk)):
        refused = ana.post(url, filled(page, own=wrong, city=str(torrance.pk)))
        assert refused.status_code == 200 and 'href="#id_own' in text(refused)
    response = ana.post(url, filled(page, own=str(lerdo.pk), city=str(torrance.pk)))
    assert response.status_code == 302


def test_a_tie_that_is_there_is_shown_instead(ana, ours, gomez, torrance):
    tie = signed_tie(gomez, torrance)
    url = at("tie-propose", ours) + "?q=torrance"
    page = text(ana.post(url, filled(ana.get(url), city=str(torrance.pk))))
    assert "The registry has this tie already" in page
    assert at("tie", ours, tie.pk) in page and at("tie-add-event", ours, tie.pk) in page


def test_a_tie_that_the_office_had_refused_is_proposed_again_on_its_row(ana, ours, gomez, torrance):
    tie = signed_tie(gomez, torrance)
    Tie.objects.filter(pk=tie.pk).update(review=Tie.Review.REJECTED)
    sent(ana, to_the_check_page(ana, ours, torrance))
    tie.refresh_from_db()
    assert Tie.objects.count() == 1 and tie.review == "submitted"
    assert str(tie.since) == "1969-05-14"


def test_when_the_other_side_was_quicker_it_is_said(ana, ours, gomez, torrance):
    check = to_the_check_page(ana, ours, torrance)
    make.TieFactory(city_a=gomez, city_b=torrance, review=Tie.Review.SUBMITTED)
    response = sent(ana, check)
    assert response.status_code == 200 and "There is a problem" in text(response)
    assert Tie.objects.count() == 1 and not TieEvent.objects.exists()
    assert Draft.objects.count() == Attachment.objects.count() == 1


def test_the_act_itself_refuses_a_pair_that_has_its_tie(ours, gomez, torrance):
    tie = signed_tie(gomez, torrance)
    given = Proposed(own_city=torrance, other=gomez, kind="project")
    with pytest.raises(AlreadyThere) as refusal:
        propose(ours, given, by=None)
    assert refusal.value.tie == tie and not Proposal.objects.exists()


def test_a_place_that_is_not_in_the_list_is_made_only_when_the_proposal_is_sent(ana, ours):
    state = make.RegionFactory(country="US", code="US-CA", name="California", name_es="California")
    url = at("tie-propose", ours) + "?q=Avalon"
    new = {"city": "new", "new_name": "Avalon", "new_country": "Estados Unidos"}
    refused = ana.post(url, filled(ana.get(url), city="new"))
    assert "Write the name of the city." in text(refused) and "Write the country" in text(refused)
    response = ana.post(url, filled(ana.get(url), **new, new_state="california"))
    assert response.status_code == 302 and not City.objects.filter(name="Avalon").exists()
    for key, answers in STEPS.items():
        assert f"/{key}/" in response.url
        response = ana.post(response.url, filled(ana.get(response.url), **answers))
    sent(ana, ana.get(response.url))
    city = City.objects.get(name="Avalon")
    assert (city.country, city.region, city.is_listed) == ("US", state, False)
    assert Tie.objects.get().other(city) == ours.cities.get()


def test_a_place_on_record_is_not_made_twice(ana, ours, torrance):
    url = at("tie-propose", ours) + "?q=zzz"
    new = {"city": "new", "new_name": "TORRANCE", "new_country": "US"}
    page = text(ana.post(url, filled(ana.get(url), **new)))
    assert "The registry knows Torrance" in page
    assert not City.objects.filter(name="TORRANCE").exists()


def test_a_city_that_was_typed_survives_a_refused_continue(ana, ours):
    url = at("tie-propose", ours) + "?q=Avalon"
    new = {"city": "new", "new_name": "Avalon", "new_country": "Atlantis"}
    refused = ana.post(url, filled(ana.get(url), **new))
    draft = Draft.objects.get()
    step = at("tie-propose-step", ours, draft.pk, "city")
    assert f'action="{step}?q=Avalon"' in text(refused)
    kept = filled(ana.get(step))
    assert (kept["new_name"], kept["new_country"]) == (["Avalon"], ["Atlantis"])
    response = ana.post(step, filled(ana.get(step), new_country="Mexico"))
    assert response.status_code == 302 and Draft.objects.count() == 1


def test_a_tick_stands_for_what_nobody_can_date(ana, ours, torrance):
    changed = {"happened": {"contact": "", "undated": ["letter_of_intent"], "signed": ""}}
    sent(ana, to_the_check_page(ana, ours, torrance, **changed))
    event = TieEvent.objects.get()
    assert (event.kind, event.date) == ("letter_of_intent", None)


def test_without_its_agreement_a_signed_proposal_stands_in_the_to_do_list(ana, ours, torrance):
    sent(ana, to_the_check_page(ana, ours, torrance, file=False))
    tie = Tie.objects.get()
    with override("en"):
        lines = todos(ours, timezone.localdate(), "editor")
    (line,) = [one for one in lines if "agreement signed with Torrance" in one.text]
    assert line.url == f"{at('tie-add-evidence', ours, tie.pk)}?kind=agreement"


def test_a_wrong_file_gets_its_sentence_and_the_other_answers_stay(ana, ours, torrance):
    check = to_the_check_page(ana, ours, torrance, file=False)
    url = check.request["PATH_INFO"].replace("/check/", "/document/")
    page = ana.get(url)
    wrong = pdf("a.pdf", b"<html>")
    refused = ana.post(url, filled(page, proof_kind="council_act") | {"proof": wrong})
    assert "The file must be" in text(refused)
    assert filled(refused)["proof_kind"] == ["council_act"]


# What the office answers


@pytest.fixture
def office(client):
    client.force_login(make.UserFactory(staff=True))
    return client


@pytest.fixture
def proposed(ana, ours, torrance):
    sent(ana, to_the_check_page(ana, ours, torrance))
    return Tie.objects.get()


def test_the_office_finds_proposals_and_publishes_one(office, ana, ours, proposed):
    listed = office.get(reverse("admin:relationships_tie_changelist"), {"review": "submitted"})
    assert str(proposed) in text(listed)
    queue = office.get(reverse("admin:relationships_proposal_changelist"))
    assert ours.name in text(queue)
    decide(office, proposed, "published", "Acta vista")
    assert office.get(proposed.get_absolute_url()).status_code == 200
    assert proposed.is_public
    assert at("tie-confirm", ours, proposed.pk) in text(ana.get(at("tie", ours, proposed.pk)))


def test_what_the_office_sends_back_is_changed_and_sent_again(office, ana, ours, proposed):
    decide(office, proposed, "changes_requested", "Falta el acta del cabildo")
    page = text(ana.get(at("tie", ours, proposed.pk)))
    assert "The association asks for changes" in page and "Falta el acta del cabildo" in page
    with override("en"):
        lines = todos(ours, timezone.localdate(), "editor")
    assert [one for one in lines if "as the association asks" in one.text]
    url = at("tie-kind", ours, proposed.pk)
    assert ana.post(url, filled(ana.get(url), kind="friendship_city")).status_code == 302
    assert "Falta el acta" in text(ana.get(at("tie", ours, proposed.pk)))
    url = at("tie-send-again", ours, proposed.pk)
    response = ana.post(url, filled(ana.get(url), reason="Subimos el acta"))
    proposed.refresh_from_db()
    assert (proposed.review, proposed.kind) == ("submitted", "friendship_city")
    assert response.url == at("tie-sent", ours, proposed.pk)
    assert ana.get(url).status_code == 404


def test_a_refusal_is_told_with_its_reason(office, ana, ours, proposed):
    decide(office, proposed, "rejected", "Es el mismo que Torrance Beach")
    page = text(ana.get(at("ties", ours)))
    assert "Not accepted" in page and "Es el mismo que Torrance Beach" in page


def test_the_other_side_sees_who_proposed_but_not_the_contact(ana, torrance, proposed):
    theirs = make.CommitteeFactory(cities=[torrance], country="US")
    page = text(login("coordinator", theirs).get(at("tie", theirs, proposed.pk)))
    assert "Comité de Gómez Palacio proposed this tie." in page
    assert "María López" not in page and "clerk@example.org" not in page
    derive([proposed.pk])
