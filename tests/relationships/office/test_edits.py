"""A desk proposes other facts of a published tie; the office takes them over, or does not."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from zeal import zeal_ignore

from relationships.amending import propose_edit, take_over, values_of
from relationships.deriving import derive
from relationships.models import Correction, Tie, TieEdit
from sistercities.models import OutgoingMail
from tests import factories as make
from tests.relationships.desk.desks import at, login, signed_tie
from tests.reviewing import decide, form_for, press, shown
from tests.sending import filled

pytestmark = pytest.mark.django_db
QUEUE = "edits-sent"


@pytest.fixture
def office():
    client = Client()
    client.user = make.UserFactory(staff=True, name="Rita")
    client.force_login(client.user)
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def ours():
    return make.CommitteeFactory(name="Comité de Lerdo", cities=[make.CityFactory(name="Lerdo")])


@pytest.fixture
def ana(ours):
    return login("editor", ours)


@pytest.fixture
def tie(ours) -> Tie:
    return signed_tie(ours.cities.get(), make.CityFactory(name="Torrance", american=True))


def signed(tie: Tie) -> str:
    return f"event-{tie.events.get().pk}"


def text(response) -> str:
    return response.content.decode()


def propose(ana, ours, tie, **answers) -> TieEdit:
    url = at("tie-change", ours, tie.pk)
    sent = {"text": "Lo dice el convenio"} | answers
    response = ana.post(url, filled(ana.get(url), **sent))
    edit = TieEdit.objects.latest("pk")
    assert response.url == at("tie-edit", ours, tie.pk, edit.pk)
    return edit


def test_a_desk_proposes_facts_and_they_are_kept_beside_those_that_stand(ana, ours, tie):
    key = signed(tie)
    edit = propose(ana, ours, tie, kind="friendship_city", **{key: "May 1970"})
    assert edit.before == {"kind": "sister_city", key: "1969-05-14"}
    assert edit.proposed == {"kind": "friendship_city", key: "1970-05"}
    assert (edit.committee, edit.sent_by, edit.side) == (ours, ana.user, "a")
    assert edit.review == "submitted"
    tie.refresh_from_db()
    assert tie.kind == "sister_city"
    page = text(ana.get(at("tie-edit", ours, tie.pk, edit.pk)))
    assert "May 14, 1969 → May 1970" in page
    assert at("tie-edit", ours, tie.pk, edit.pk) in text(ana.get(at("tie", ours, tie.pk)))


def test_words_alone_go_to_the_office_as_before(ana, ours, tie):
    url = at("tie-change", ours, tie.pk)
    ana.post(url, filled(ana.get(url), text="El presidente es otro"))
    assert (TieEdit.objects.count(), Correction.objects.get().text) == (0, "El presidente es otro")


def test_a_day_to_come_is_refused_and_what_was_typed_is_kept(ana, ours, tie):
    url = at("tie-change", ours, tie.pk)
    refused = ana.post(url, filled(ana.get(url), text="Sí", **{signed(tie): "2990"}))
    assert "This day is still to come" in text(refused)
    assert filled(refused)["text"] == ["Sí"] and not TieEdit.objects.exists()


def test_nobody_elses_edit_is_seen_at_a_desk(ours, tie):
    edit = make.TieEditFactory(tie=tie)
    assert login("editor", ours).get(at("tie-edit", ours, tie.pk, edit.pk)).status_code == 404


def test_an_accepted_edit_is_written_derived_and_told_with_both_names(office, ana, ours, tie):
    cora = login("coordinator", ours, "Cora").user
    edit = propose(ana, ours, tie, kind="friendship_city", **{signed(tie): "1970-05"})
    compared = shown(office, edit, QUEUE).context["changed"]
    assert {(one.before, one.after) for one in compared} == {
        ("Sister cities", "Friendship cities"),
        ("May 14, 1969", "May 1970"),
    }
    decide(office, edit, "published", "Convenio visto")
    tie.refresh_from_db()
    assert (tie.kind, str(tie.since), str(tie.events.get().date)) == (
        "friendship_city",
        "1970-05",
        "1970-05",
    )
    for past in (tie.history.latest(), tie.events.get().history.latest()):
        assert past.history_user == office.user
        assert f"Edit {edit.pk} proposed by Comité de Lerdo" in past.history_change_reason
        assert "Convenio visto" in past.history_change_reason
    assert {mail.to for mail in OutgoingMail.objects.all()} == {ana.user.email, cora.email}
    assert all("se aceptó" in mail.subject for mail in OutgoingMail.objects.all())


def test_a_signature_that_the_story_lacks_is_added(office, ana, ours):
    tie = make.TieFactory(city_a=ours.cities.get())
    derive([tie.pk])
    edit = propose(ana, ours, tie, signed="1969")
    decide(office, edit, "published")
    tie.refresh_from_db()
    assert (tie.stage, str(tie.since)) == ("signed", "1969")


def test_what_would_contradict_itself_is_refused_in_words_and_nothing_is_written(
    office, ana, ours, tie
):
    end = make.TieEventFactory(tie=tie, kind="ended", date="1980")
    derive([tie.pk])
    edit = propose(ana, ours, tie, kind="friendship_city", **{f"event-{end.pk}": "1950"})
    refused = press(office, edit, "accept")
    assert "A tie cannot end before it began." in text(refused)
    edit.refresh_from_db(), tie.refresh_from_db(), end.refresh_from_db()
    assert (edit.review, tie.kind, str(end.date)) == ("submitted", "sister_city", "1980")


def test_what_changed_since_is_shown_in_three_columns_and_chosen(office, ana, ours, tie):
    key = signed(tie)
    edit = propose(ana, ours, tie, kind="friendship_city", **{key: "1970"})
    event = tie.events.get()
    event.date = "1971"
    event.save()
    derive([tie.pk])
    page = shown(office, edit)
    ((name, row),) = page.context["conflicts"]
    assert (row.before, row.now, row.proposed) == ("May 14, 1969", "1971", "1970")
    refused = press(office, edit, "accept")
    assert "Changed since it was proposed: Date: Agreement signed." in text(refused)
    url, sent = form_for(page, "accept")
    assert name in text(page)
    assert office.post(url, sent | {name: "now"}).status_code == 302
    tie.refresh_from_db()
    assert (tie.kind, str(tie.since)) == ("friendship_city", "1971")


def test_the_proposed_value_may_be_chosen_too(ana, ours, tie):
    by = make.UserFactory()
    edit = propose_edit(tie, values_of(tie) | {"kind": "contact"}, "Sí", by=by, committee=ours)
    Tie.objects.filter(pk=tie.pk).update(kind="project")
    with pytest.raises(ValidationError):
        take_over(edit, by=by, reason="", seen="", choices={})
    take_over(edit, by=by, reason="", seen="", choices={"kind": "proposed"})
    tie.refresh_from_db()
    assert (tie.kind, TieEdit.objects.get().review) == ("contact", "published")


def test_the_list_skips_what_changed_since(office, ana, ours, tie):
    edit = propose(ana, ours, tie, kind="friendship_city")
    other = make.TieEditFactory()
    Tie.objects.filter(pk=tie.pk).update(kind="project")
    url = f"/admin/relationships/tieedit/?queue={QUEUE}"
    chosen = {"action": "publish", "_selected_action": [edit.pk, other.pk]}
    with zeal_ignore():  # each row is decided by itself
        response = office.post(url, chosen | {"change_reason": "Vistos"}, follow=True)
    said = [str(one) for one in response.context["messages"]]
    assert said[0] == "1 was published." and "Changed since it was proposed: Kind." in said[1]
    other.tie.refresh_from_db()
    assert other.tie.kind == "friendship_city"


def test_an_edit_that_was_sent_back_is_corrected_and_sent_again(office, ana, ours, tie):
    edit = propose(ana, ours, tie, kind="friendship_city")
    decide(office, edit, "changes_requested", "¿No es de contacto?")
    url = at("tie-edit", ours, tie.pk, edit.pk)
    page, late = ana.get(url), ana.get(url)
    assert "¿No es de contacto?" in text(page) and filled(page)["kind"] == ["friendship_city"]
    assert url in text(ana.get(at("home", ours)))
    assert ana.post(url, filled(page, kind="contact")).status_code == 302
    edit.refresh_from_db()
    assert (edit.review, edit.proposed) == ("submitted", {"kind": "contact"})
    since = shown(office, edit).context["since"]
    assert [(one.before, one.after) for one in since] == [("Friendship cities", "Contact")]
    again = ana.post(url, filled(late, kind="project"))
    assert again.status_code == 200 and "in the meantime" in text(again)
    decide(office, edit, "published")
    tie.refresh_from_db()
    assert tie.kind == "contact"


def test_what_was_taken_over_is_not_taken_back_here(office, tie):
    edit = make.TieEditFactory(tie=tie)
    decide(office, edit, "published")
    assert [act["verb"].key for act in shown(office, edit).context["acts"]] == []
    assert TieEdit.objects.get().get_review_display() in ("Accepted", "Aceptada")
