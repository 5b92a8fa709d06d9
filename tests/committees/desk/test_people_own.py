"""One's own data: complete, nobody else's, and gone for good when it is to be erased."""

import datetime
import io
import json

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from committees.invitations import invite
from committees.models import JoinRequest, Membership, OfficeTerm, Person
from committees.people import lists, members_import
from committees.people.erasing import NAME, CannotErase, erase
from committees.people.exporting import everything
from committees.people.traces import Whose, places, rows_about
from sistercities.models import OutgoingMail, User
from tests.committees.desk.people import Desk, errors_of
from tests.factories import (
    ConsentFactory,
    JoinRequestFactory,
    MembershipFactory,
    OfficeFactory,
    OfficeTermFactory,
    PersonFactory,
    UserFactory,
)
from tests.mailfactories import MessageFactory, OutgoingMailFactory, ThreadFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
MARK = "zqxcanary"
NAMED = "Zqxcanary Pérez Ñandú"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def canary():
    """Somebody with a word of their own in each field of each row about them."""
    coordinator = Desk()
    committee = coordinator.committee
    user = UserFactory(email=f"{MARK}login@example.org", name=NAMED)
    person = PersonFactory(
        name=f"{MARK} maiden name", email=f"{MARK}old@example.org", phone=f"{MARK}0"
    )
    person.name, person.email, person.phone = NAMED, f"{MARK}@example.org", f"{MARK}1"
    person.notes = f"{MARK} notes"
    person._change_reason = f"Told by {NAMED} of {MARK}@example.org"
    person.save()
    member = MembershipFactory(committee=committee, person=person, note=f"{MARK} note")
    office = OfficeFactory(role="editor")
    OfficeTermFactory(committee=committee, office=office, person=person)
    OfficeTermFactory(
        committee=committee,
        office=OfficeFactory(is_exclusive=False),
        person=person,
        begins=TODAY + datetime.timedelta(days=9),
    )
    ConsentFactory(committee=committee, person=person)
    JoinRequestFactory(
        committee=committee,
        person=person,
        name=NAMED,
        why=f"{MARK} why",
        email=person.email,
        answer="approved",
        reason=f"{MARK} reason",
    )
    JoinRequestFactory(name=NAMED, email=f"{MARK}login@example.org", why=f"{MARK} waits")
    invite(person, committee, coordinator.user)
    person.user = user
    person.save()
    text = f"Name,Email,Note\n{NAMED},{MARK}@example.org,{MARK} listed\n{NAMED},,{MARK} other\n"
    members_import.commit(
        members_import.plan(committee, lists.read(text), by=user), by=coordinator.user
    )
    thread = ThreadFactory(name=NAMED, email=f"{MARK}@example.org")
    MessageFactory(thread=thread, text=f"{MARK} message", by_visitor=True)
    OutgoingMailFactory(to=f"{MARK}@example.org", subject=f"{MARK} s", text=f"{NAMED} t")
    OutgoingMailFactory(to=f"{MARK}old@example.org", text=MARK)
    OutgoingMailFactory(to="x@example.org", person_key=f"person-{person.pk}", text=MARK)
    OutgoingMailFactory(to="boss@example.org", subject=f"{NAMED} wants", text=f"By {NAMED.upper()}")
    OutgoingMailFactory(to="boss@example.org", reply_to=f"{MARK}@example.org")
    LogEntry.objects.create(
        user=coordinator.user, action_flag=2, object_repr=NAMED, change_message=f"{NAMED} changed"
    )
    apps.get_model("account", "EmailAddress").objects.create(user=user, email=user.email)
    apps.get_model("mfa", "Authenticator").objects.create(
        user=user, type="totp", data={"secret": f"{MARK}secret"}
    )
    client = Client()
    client.force_login(user)
    return coordinator, person, member, client


def dump() -> str:
    """Every value of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [f"{table}: {row}" for row in cursor.fetchall()]
    return "\n".join(found)


def test_nothing_of_somebody_erased_is_left_in_the_whole_database():
    coordinator, person, _member, _client = canary()
    assert dump().lower().count(MARK) >= 30
    erase(person, by=person.user)
    left = [line for line in dump().splitlines() if MARK in line.lower() or "ñandú" in line.lower()]
    assert left == []
    assert "\\u00d1and" not in dump()
    assert coordinator.person.name in dump()


def test_what_others_need_stays_without_the_person():
    coordinator, person, member, client = canary()
    committee = coordinator.committee
    erase(person, by=person.user)
    person = Person.objects.get(pk=person.pk)
    assert (person.name, person.email, person.phone, person.notes) == (NAME, "", "", "")
    member.refresh_from_db()
    assert (member.since, member.until) == (datetime.date(2020, 1, 1), TODAY)
    terms = OfficeTerm.objects.filter(person=person)
    assert [(one.begins, one.ends) for one in terms] == [
        (datetime.date(2020, 1, 1), TODAY - datetime.timedelta(days=1))
    ]
    assert not person.user.is_active and not person.user.has_usable_password()
    assert client.get(reverse("desk:mine")).status_code == 302
    assert not person.consents.in_force().exists()
    assert not OutgoingMail.objects.filter(state="waiting", to__contains="erased").exists()
    assert OutgoingMail.objects.filter(state="waiting", to="boss@example.org").count() == 2
    assert JoinRequest.objects.filter(answer="").count() == 0
    listed = coordinator.get("people", show="former").content.decode()
    assert NAME not in listed
    assert coordinator.get("member", member.pk).status_code == 404
    assert Membership.objects.filter(committee=committee).count() == 1


def test_others_with_the_same_address_or_name_keep_theirs():
    _coordinator, person, _member, _client = canary()
    twin = PersonFactory(name="Somebody Else", email=person.email)
    mail = OutgoingMailFactory(to=twin.email, subject="For the twin")
    erase(person)
    twin.refresh_from_db()
    mail.refresh_from_db()
    assert twin.email == f"{MARK}@example.org"
    assert (mail.to, mail.subject) == (f"{MARK}@example.org", "For the twin")


def test_the_last_coordinator_is_told_what_to_do_first():
    desk = Desk()
    with pytest.raises(CannotErase, match="Hand it over first"):
        erase(desk.person)
    desk.client.post(reverse("desk:erase-me"), {"_nonce": "h" * 20, "name": desk.person.name})
    page = desk.client.get(reverse("desk:my-data")).content.decode()
    assert f"Nobody else coordinates {desk.committee.name}" in page
    assert desk.client.get(reverse("desk:erase-me")).status_code == 302
    assert Person.objects.get(pk=desk.person.pk).name == desk.person.name
    Desk(committee=desk.committee)
    erase(desk.person)
    assert Person.objects.get(pk=desk.person.pk).name == NAME


def test_staff_of_the_national_office_are_not_erased_before_that_right_is_gone():
    person = PersonFactory(user=UserFactory(staff=True))
    with pytest.raises(CannotErase, match="national office"):
        erase(person)


def test_who_types_another_name_is_not_erased_and_who_types_theirs_is_logged_out():
    desk = Desk("viewer")
    erase_me = reverse("desk:erase-me")
    wrong = desk.client.post(erase_me, {"_nonce": "i" * 20, "name": "Nobody"})
    assert desk.person.name in errors_of(wrong)
    assert User.objects.get(pk=desk.user.pk).is_active
    done = desk.client.post(erase_me, {"_nonce": "i" * 20, "name": desk.person.name.upper()})
    assert done.url == reverse("desk:erased")
    assert "You are erased" in desk.client.get(done.url).content.decode()
    assert desk.client.get(reverse("desk:my-data")).status_code == 302
    assert "_auth_user_id" not in desk.client.session


def test_the_file_has_every_row_about_the_person():
    _coordinator, person, _member, client = canary()
    answer = client.post(reverse("desk:my-data-file"))
    assert answer.headers["Content-Type"].startswith("application/json")
    assert "no-store" in answer.headers["Cache-Control"]
    about = json.loads(answer.content)["about_you"]
    assert {
        *("committees.Person", "committees.HistoricalPerson", "committees.Membership"),
        *("committees.HistoricalMembership", "committees.OfficeTerm", "committees.Consent"),
        *("committees.HistoricalOfficeTerm", "committees.JoinRequest", "committees.Invitation"),
        *("committees.MemberImportRow", "committees.Thread", "committees.Message"),
        *("sistercities.User", "sistercities.OutgoingMail", "account.EmailAddress"),
        "mfa.Authenticator",
    } <= set(about)
    assert len(about["committees.OfficeTerm"]) == 2
    assert len(about["sistercities.OutgoingMail"]) >= 4
    text = answer.content.decode()
    assert f"{MARK} notes" in text and f"{MARK} listed" in text and "maiden name" in text
    assert f"{MARK}secret" not in text and person.user.password not in text


def test_every_column_that_leads_to_a_person_or_a_login_is_walked():
    person = PersonFactory(user=UserFactory())
    walked = {(place.model, place.field) for place in places(Whose.of(person))}
    missing = [
        (model._meta.label, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.related_model in (Person, User)
        and model is not Person
        and (model, field.name) not in walked
    ]
    missing += [
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.EmailField)
        and model not in (Person, User, Person.history.model)
        and (model, field.name) not in walked
    ]
    assert missing == []


def test_the_file_has_nothing_private_of_anybody_else():
    coordinator, person, _member, _client = canary()
    others = [
        MembershipFactory(
            committee=coordinator.committee, person=PersonFactory(phone="999-777"), note="Not yours"
        )
    ]
    for other in others:
        other.person._history_user = person.user
        other.person.save()
        ConsentFactory(
            committee=coordinator.committee, person=other.person, recorded_by=person.user
        )
        JoinRequestFactory(name="Wants In", answered_by=person.user, answer="declined")
    found = everything(person)
    text = json.dumps(found, default=str, ensure_ascii=False)
    private = [coordinator.person.email, coordinator.user.email, "999-777", "Not yours", "Wants In"]
    private += [others[0].person.name, others[0].person.email, "boss@example.org"]
    assert [word for word in private if word in text] == []
    acts = {(act["table"], act["as"]) for act in found["what_you_did"]}
    assert ("committees.Consent", "recorded_by") in acts
    assert ("committees.JoinRequest", "answered_by") in acts


def test_one_persons_rows_are_never_anothers():
    _coordinator, person, _member, _client = canary()
    other = Desk("viewer")
    mine, theirs = rows_about(Whose.of(person)), rows_about(Whose.of(other.person))
    shared = {m._meta.label: mine[m] & theirs[m] for m in mine.keys() & theirs.keys()}
    assert {label: keys for label, keys in shared.items() if keys} == {}


def test_my_data_is_for_whoever_is_logged_in_and_withdraws_ones_own_consents_only():
    desk, other = Desk("viewer"), Desk("viewer")
    own = ConsentFactory(person=desk.person, committee=desk.committee)
    foreign = ConsentFactory(person=other.person, committee=other.committee)
    page = desk.client.get(reverse("desk:my-data"))
    assert desk.person.email in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    for consent, status in ((own, 302), (foreign, 404)):
        path = reverse("desk:my-consent-withdraw", args=[consent.pk])
        assert desk.client.post(path, {"_nonce": "j" * 20}).status_code == status
    assert [one.pk for one in type(own).objects.in_force()] == [foreign.pk]
    assert Client().get(reverse("desk:my-data")).status_code == 302
    assert desk.client.get(reverse("desk:my-data-file")).status_code == 405


def test_a_login_without_a_person_sees_its_own_and_cannot_be_erased_here():
    client = Client()
    client.force_login(UserFactory(email="alone@example.org"))
    assert "Ask the national office" in client.get(reverse("desk:my-data")).content.decode()
    text = client.post(reverse("desk:my-data-file")).content.decode()
    assert "alone@example.org" in text
    assert client.get(reverse("desk:erase-me")).status_code == 404


def test_the_commands_export_and_erase_and_ask_for_the_name():
    _coordinator, person, _member, _client = canary()
    out = io.StringIO()
    call_command("export_person", str(person.pk), stdout=out)
    assert json.loads(out.getvalue())["about_you"]["committees.Person"][0]["name"] == NAMED
    with pytest.raises(CommandError, match="not the name"):
        call_command("erase_person", str(person.pk), name="Somebody")
    with pytest.raises(CommandError, match="no person"):
        call_command("erase_person", "987654321", name="Somebody")
    call_command("erase_person", str(person.pk), name=NAMED, stdout=out)
    assert MARK not in dump().lower()
    with pytest.raises(CommandError, match="Hand it over"):
        desk = Desk()
        call_command("erase_person", str(desk.person.pk), name=desk.person.name)
