"""Letters of the office to many: the readers of a list's rows, previewed, each address once."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from committees.mailing import readers_of_committees, readers_of_people
from committees.models import Committee, Office, Person
from relationships.mailing import readers_of_ties
from relationships.models import Tie
from sistercities import links
from sistercities.mail import refuse
from sistercities.mailing import BAD_ADDRESS, BOUNCED, KIND, NOBODY, REFUSED, choose
from sistercities.models import Mailing, OutgoingMail
from tests import factories as make
from tests.mailfactories import OutgoingMailFactory, SideContactFactory
from tests.sending import form_of
from tests.threads import at_once

pytestmark = pytest.mark.django_db
LETTER = {
    "subject_es": "Convención en Durango",
    "text_es": "Estimados comités:\n\nVengan.",
    "subject_en": "Convention in Durango",
    "text_en": "Dear committees:\n\nPlease come.",
}


def coordinated(committee: Committee, **columns) -> Person:
    """The committee's coordinator of today."""
    person = make.PersonFactory(**columns)
    office = make.OfficeFactory(role=Office.Role.COORDINATOR, is_exclusive=False)
    make.OfficeTermFactory(committee=committee, person=person, office=office)
    return person


def chosen(rows, *, is_service: bool = False):
    return choose(rows, is_service=is_service)


@pytest.fixture
def staff():
    return make.UserFactory(staff=True, email="office@example.org")


@pytest.fixture
def office(client, staff):
    client.force_login(staff)
    client.cookies["language"] = "en"
    return client


def test_a_committees_mail_goes_to_its_coordinators_or_else_to_its_public_address():
    run = make.CommitteeFactory(public_email="public@example.org")
    ana = coordinated(run, email="Ana@example.org")
    bare = make.CommitteeFactory(public_email="alone@example.org", country="US")
    silent = make.CommitteeFactory(name="Nobody's")
    choice = chosen(readers_of_committees(Committee.objects.all()))
    assert choice.listed == [("ana@example.org", run.name), ("alone@example.org", bare.name)]
    assert choice.readers["ana@example.org"].person_key == f"person-{ana.pk}"
    assert [reader.language for reader in choice.readers.values()] == ["es", "en"]
    assert [(one.name, one.reason) for one in choice.left_out] == [(silent.name, NOBODY)]


def test_who_reads_for_two_committees_gets_one_mail_for_both():
    one, two = make.CommitteeFactory(), make.CommitteeFactory()
    coordinated(one, email="both@example.org")
    coordinated(two, email="both@example.org")
    choice = chosen(readers_of_committees(Committee.objects.all()))
    assert (choice.rows, choice.listed) == (2, [("both@example.org", f"{one.name}; {two.name}")])


def test_people_read_in_the_language_of_their_committee_and_the_erased_not_at_all():
    here, there = make.CommitteeFactory(), make.CommitteeFactory(country="US")
    ana = coordinated(here, email="ana@example.org")
    bob = make.PersonFactory(email="bob@example.org")
    make.MembershipFactory(person=bob, committee=there)
    make.PersonFactory(email="", name="Without")
    gone = make.PersonFactory(email="gone@example.org", erased_at=timezone.now())
    choice = chosen(readers_of_people(Person.objects.order_by("pk")))
    found = {address: reader.language for address, reader in choice.readers.items()}
    assert found == {ana.email: "es", bob.email: "en"}
    assert {one.name for one in choice.left_out} == {"Without", gone.name}


def test_a_ties_mail_goes_to_both_sides_each_by_itself():
    tie = make.TieFactory()
    committee = make.CommitteeFactory(cities=[tie.city_a], public_email="a@example.org")
    SideContactFactory(tie=tie, side="b", email="b@example.org", language="en")
    lonely = make.TieFactory(city_a=tie.city_a)
    choice = chosen(readers_of_ties(Tie.objects.order_by("pk")))
    assert {address for address, _names in choice.listed} == {"a@example.org", "b@example.org"}
    assert [(one.name, one.reason) for one in choice.left_out] == [
        (f"{lonely}: {lonely.city_b.name}", NOBODY)
    ]
    assert committee.public_email in choice.readers


def committees(*addresses: str):
    for address in addresses:
        make.CommitteeFactory(public_email=address)
    return Committee.objects.order_by("pk")


def test_who_refused_mail_of_the_office_is_left_out_but_of_service_notices():
    rows = committees("yes@example.org", "no@example.org")
    refuse(links.recipient_of("no@example.org"), KIND)
    refuse(links.recipient_of("yes@example.org"), "campaign")
    choice = chosen(readers_of_committees(rows))
    assert list(choice.readers) == ["yes@example.org"]
    assert choice.reasons == {REFUSED: 1}
    everybody = chosen(readers_of_committees(rows), is_service=True)
    assert list(everybody.readers) == ["yes@example.org", "no@example.org"]


def test_an_address_that_bounced_is_left_out_until_a_mail_arrives_there_again():
    rows = committees("gone@example.org", "back@example.org", "no address")
    for address in ("gone@example.org", "back@example.org"):
        OutgoingMailFactory(to=address, state=OutgoingMail.State.FAILED)
    OutgoingMailFactory(
        to="back@example.org", state=OutgoingMail.State.SENT, sent_at=timezone.now()
    )
    choice = chosen(readers_of_committees(rows), is_service=True)
    assert list(choice.readers) == ["back@example.org"]
    assert choice.reasons == {BOUNCED: 1, BAD_ADDRESS: 1}


@pytest.mark.parametrize("readers", [readers_of_committees, readers_of_people, readers_of_ties])
def test_choosing_costs_the_same_with_more_rows(readers):
    def one_more() -> None:
        tie = make.TieFactory()
        coordinated(make.CommitteeFactory(cities=[tie.city_a, tie.city_b]))

    def cost() -> int:
        model = {readers_of_committees: Committee, readers_of_people: Person}.get(readers, Tie)
        with CaptureQueriesContext(connection) as asked:
            choice = chosen(readers(model.objects.order_by("pk")))
        assert len(choice.readers) == Committee.objects.count()
        return len(asked)

    one_more()
    one = cost()
    one_more()
    one_more()
    assert cost() == one <= 10


# The pages


def write_url(model, query: str = "") -> str:
    name = f"{model._meta.app_label}_{model._meta.model_name}"
    return reverse(f"admin:{name}_write") + (f"?{query}" if query else "")


def previewed(office, url: str, **more) -> tuple[dict, object]:
    """The hidden form of the preview, and its page."""
    page = office.post(url, LETTER | {"_preview": "1"} | more)
    assert page.status_code == 200
    sent = {name: values[0] for name, values in form_of(page, -1).items()}
    return {
        name: value
        for name, value in sent.items()
        if not name.startswith("_") or name in ("_nonce", "_seen")
    }, page


def test_writing_to_all_rows_of_a_filtered_list_reaches_exactly_these(office):
    mexican, american = make.CommitteeFactory(), make.CommitteeFactory(country="US")
    coordinated(mexican, email="mx@example.org")
    coordinated(american, email="us@example.org")
    page = office.get(reverse("admin:committees_committee_changelist"), {"country": "US"})
    (link,) = re.findall(r'href="([^"]+/write/[^"]*)"', page.content.decode())
    assert "Write to all rows of this list (1)" in page.content.decode()
    letter = office.get(link)
    assert letter.context["form"]["reply_to"].value() == "office@example.org"
    assert letter.context["readers"] == [("us@example.org", american.name)]
    form, _page = previewed(office, link, reply_to="office@example.org")
    answer = office.post(link, form | {"_send": "1"})
    mailing = Mailing.objects.get()
    assert answer.headers["Location"] == reverse(
        "admin:sistercities_mailing_change", args=[mailing.pk]
    )
    assert (mailing.source, mailing.filters) == ("committees.committee", "country=US")
    (mail,) = OutgoingMail.objects.all()
    assert (mail.to, mail.subject, mail.about) == (
        "us@example.org",
        LETTER["subject_en"],
        mailing.about,
    )
    assert mail.text.index("Please come.") < mail.text.index("Vengan.")
    assert (mail.unsubscribe, mail.reply_to) == (KIND, "office@example.org")
    assert LogEntry.objects.get().object_id == str(mailing.pk)
    shown = office.get(answer.headers["Location"]).content.decode()
    assert f"?about={mailing.about}&amp;state__exact=waiting" in shown
    rows = office.get("/admin/sistercities/outgoingmail/", {"about": mailing.about}).context["cl"]
    assert list(rows.result_list) == [mail]


def test_the_action_writes_to_the_ticked_rows_and_across_pages_to_all(office):
    rows = [make.CommitteeFactory(public_email=f"c{n}@example.org") for n in range(3)]
    url = reverse("admin:committees_committee_changelist")
    ticked = {"action": "write_to_these", "_selected_action": [rows[0].pk, rows[2].pk]}
    answer = office.post(url, ticked)
    page = office.get(answer.headers["Location"])
    assert {address for address, _n in page.context["readers"]} == {
        "c0@example.org",
        "c2@example.org",
    }
    answer = office.post(f"{url}?level=local", ticked | {"select_across": "1"})
    assert answer.headers["Location"] == write_url(Committee, "level=local")


def test_sent_twice_it_goes_out_once(office):
    committees("one@example.org")
    form, _page = previewed(office, write_url(Committee))
    first = office.post(write_url(Committee), form | {"_send": "1"})
    again = office.post(write_url(Committee), form | {"_send": "1"})
    assert first.headers["Location"] == again.headers["Location"]
    assert (Mailing.objects.count(), OutgoingMail.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_it_goes_out_once(office):
    committees("one@example.org")
    form, _page = previewed(office, write_url(Committee))
    cookies = office.cookies

    def press(_number: int) -> int:
        browser = Client()
        browser.cookies = cookies
        return browser.post(write_url(Committee), form | {"_send": "1"}).status_code

    assert at_once(2, press) == [302, 302]
    assert (Mailing.objects.count(), OutgoingMail.objects.count()) == (1, 1)


def test_what_changed_since_the_preview_is_looked_at_again(office):
    committees("one@example.org")
    form, _page = previewed(office, write_url(Committee))
    committees("two@example.org")
    answer = office.post(write_url(Committee), form | {"_send": "1"})
    assert "Since you looked, other people would get it." in answer.content.decode()
    assert not OutgoingMail.objects.exists()
    again = {name: values[0] for name, values in form_of(answer, -1).items()}
    kept = {name: again[name] for name in form} | {"_send": "1"}
    assert office.post(write_url(Committee), kept).status_code == 302
    assert OutgoingMail.objects.count() == 2


def test_a_test_mail_goes_to_oneself_only_and_nothing_is_kept(office, staff):
    committees("one@example.org")
    form, _page = previewed(office, write_url(Committee))
    page = office.post(write_url(Committee), form | {"_test": "1"})
    assert "The test mail to office@example.org is on its way." in page.content.decode()
    (mail,) = OutgoingMail.objects.all()
    assert (mail.to, mail.subject, mail.unsubscribe) == (staff.email, LETTER["subject_en"], "")
    assert not Mailing.objects.exists()
    assert office.post(write_url(Committee), form | {"_send": "1"}).status_code == 302


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"subject_es": ""}, "subject_es"),
        ({"text_en": " "}, "text_en"),
        ({"subject_en": "x" * 151}, "subject_en"),
        ({"text_es": "x" * 4001}, "text_es"),
        ({"reply_to": "nobody"}, "reply_to"),
        ({"is_service": "on", "reason": ""}, "reason"),
    ],
)
def test_a_letter_that_cannot_be_sent_comes_back_with_what_was_typed(office, change, field):
    committees("one@example.org")
    page = office.post(write_url(Committee), LETTER | {"_send": "1", "_nonce": "n" * 20} | change)
    form = page.context["form"]
    assert list(form.errors) == [field]
    assert form["text_es"].value() == (LETTER | change)["text_es"]
    assert not OutgoingMail.objects.exists()


def test_a_service_notice_needs_a_right_of_its_own_and_goes_at_once(client):
    committees("no@example.org")
    refuse(links.recipient_of("no@example.org"), KIND)
    clerk = make.UserFactory(is_staff=True)
    rights = ["view_committee", "add_mailing", "view_mailing"]
    clerk.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(clerk)
    client.cookies["language"] = "en"
    service = {"is_service": "on", "reason": "The general assembly is called"}
    page = client.post(write_url(Committee), LETTER | service | {"_preview": "1"})
    assert not page.context["choice"].readers
    clerk.user_permissions.add(Permission.objects.get(codename="send_service_notice"))
    form, _page = previewed(client, write_url(Committee), **service)
    assert client.post(write_url(Committee), form | {"_send": "1"}).status_code == 302
    assert OutgoingMail.objects.get().unsubscribe == ""
    assert Mailing.objects.get().reason == service["reason"]


def test_whoever_may_only_look_writes_to_nobody(client):
    committees("one@example.org")
    clerk = make.UserFactory(is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="view_committee"))
    client.force_login(clerk)
    page = client.get(reverse("admin:committees_committee_changelist"))
    assert "/write/" not in page.content.decode()
    assert client.get(write_url(Committee)).status_code == 403
    assert client.post(write_url(Committee), LETTER | {"_send": "1"}).status_code == 403
    clerk.user_permissions.set(Permission.objects.filter(codename="add_mailing"))
    assert client.get(write_url(Person)).status_code == 403


@pytest.mark.parametrize(
    "query", ["_rows=x", "_rows=1.99999999999999999999999", "nonsense=1", "country=%00"]
)
def test_a_list_that_cannot_be_leads_back_to_the_list(office, query):
    committees("one@example.org")
    answer = office.get(write_url(Committee, query), follow=True)
    assert answer.status_code == 200


def test_too_many_rows_are_refused_in_words(office, monkeypatch):
    monkeypatch.setattr("sistercities.admin.mailing.MOST_ROWS", 1)
    committees("one@example.org", "two@example.org")
    answer = office.get(write_url(Committee, "level=local"), follow=True)
    assert "Choose at most 1 rows at once" in answer.content.decode()


def test_thousands_are_written_with_few_questions(office):
    Committee.objects.bulk_create(
        Committee(
            name=f"C {n}",
            slug=f"c-{n}",
            sort_name=f"c {n}",
            country="MX",
            public_email=f"c{n}@example.org",
            review="published",
        )
        for n in range(600)
    )
    form, _page = previewed(office, write_url(Committee))
    with CaptureQueriesContext(connection) as asked:
        assert office.post(write_url(Committee), form | {"_send": "1"}).status_code == 302
    assert OutgoingMail.objects.count() == Mailing.objects.get().mails == 600
    assert len(asked) < 60
