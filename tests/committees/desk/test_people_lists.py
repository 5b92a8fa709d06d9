"""Lists of members: read, planned, carried out once, and again without effect."""

import datetime
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from committees.models import MemberImport, MemberImportRow, Membership, Person
from committees.people import lists, members_import
from committees.people.import_reasons import SENTENCES, in_words
from tests.committees.desk.people import Desk, errors_of
from tests.factories import CommitteeFactory, MembershipFactory, OfficeTermFactory, PersonFactory

pytestmark = pytest.mark.django_db

SPANISH = (
    "Nombre\tApellidos\tCorreo electrónico\tTeléfono\tCategoría\tDesde\tCuota pagada hasta\t"
    "Religión\n"
    "Ana\tGómez Ruiz\tANA@example.org\t+52 871 000 1111\tSocia\t14/05/2019\t2026\tninguna\n"
    "Beto\tLuna\t\t\tjoven\t2020\t\t\n"
)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def planned(committee, text):
    return members_import.plan(committee, lists.read(text), by=None)


def verdicts(plan):
    return [(row.verdict, in_words(row)) for row in plan.rows.order_by("number")]


def snapshot(committee):
    rows = Membership.objects.filter(committee=committee).order_by("pk")
    return list(
        rows.values_list(
            "person__name", "person__email", "category", "since", "until", "changed_at"
        )
    )


def test_a_pasted_spreadsheet_is_planned_and_then_carried_out_once():
    desk = Desk("editor")
    shown = desk.post("member-list-add", text=SPANISH)
    plan = MemberImport.objects.get()
    assert shown.url == desk.url("member-list", plan.pk)
    assert plan.counts == {"new": 2}
    assert not Membership.objects.filter(committee=desk.committee).exists()
    assert "Carry out 2 rows" in desk.get("member-list", plan.pk).content.decode()
    desk.post("member-list", plan.pk)
    ana = Membership.objects.get(person__email="ana@example.org")
    assert ana.person.name == "Ana Gómez Ruiz"
    assert ana.person.phone == "+52 871 000 1111"
    assert (ana.since, ana.dues_paid_until) == (
        datetime.date(2019, 5, 14),
        datetime.date(2026, 12, 31),
    )
    assert ana.history.get().history_user == desk.user
    beto = Membership.objects.get(person__name="Beto Luna")
    assert (beto.category, beto.since) == ("youth", datetime.date(2020, 1, 1))
    before = snapshot(desk.committee)
    desk.post("member-list", plan.pk)
    assert snapshot(desk.committee) == before


def test_the_same_list_again_changes_nothing():
    committee = CommitteeFactory()
    members_import.commit(planned(committee, SPANISH), by=None)
    before = snapshot(committee)
    again = planned(committee, SPANISH)
    assert [verdict for verdict, _why in verdicts(again)] == ["same", "same"]
    members_import.commit(again, by=None)
    assert snapshot(committee) == before


def test_what_a_list_says_beyond_our_columns_is_not_kept():
    plan = planned(CommitteeFactory(), SPANISH)
    assert "ninguna" not in str(list(plan.rows.values_list("raw", flat=True)))


def test_each_verdict_has_its_reason():
    committee = CommitteeFactory()

    def member(name, email="", **more):
        person = PersonFactory(name=name, email=email)
        return MembershipFactory(committee=committee, person=person, **more)

    member("Same Person", "same@example.org")
    member("Other Phone", "phone@example.org")
    member("Two Alike"), member("Two Alike")
    member("Same Name", "one@example.org")
    member("Holds Address", "held@example.org")
    member("Was Here", until=datetime.date(2021, 1, 1))
    officer = member("In Office")
    OfficeTermFactory(committee=committee, person=officer.person)
    MembershipFactory(person=PersonFactory(name="Elsewhere", email="elsewhere@example.org"))
    plan = planned(
        committee,
        "Name,Email,Phone,Since,Until,Category\n"
        "same person,SAME@example.org,,,,\n"
        "Other Phone,phone@example.org,12345,,,\n"
        "Two Alike,,,,,\n"
        "Same Name,two@example.org,,,,\n"
        "Another,held@example.org,,,,\n"
        "Was Here,,,,,\n"
        "In Office,new@example.org,,,,\n"
        "Elsewhere,elsewhere@example.org,,,,\n"
        ",nobody@example.org,,,,\n"
        "Bad Mail,nobody,,,,\n"
        "Bad Date,,,soon,,\n"
        "Bad Order,,,2020-01-01,2019-01-01,\n"
        "Bad Category,,,,,emperor\n"
        "same PERSON,same@example.org,,,,\n",
    )
    assert [verdict for verdict, _why in verdicts(plan)] == [
        *("same", "changed", "look", "look", "look", "look", "look", "new"),
        *("rejected", "rejected", "rejected", "rejected", "rejected", "rejected"),
    ]
    assert all(why for verdict, why in verdicts(plan) if verdict not in ("same", "new"))
    assert "row 1" in verdicts(plan)[-1][1]
    members_import.commit(plan, by=None)
    assert Person.objects.get(email="phone@example.org").phone == "12345"
    assert Person.objects.filter(email="elsewhere@example.org").count() == 2
    assert Person.objects.get(name="In Office").email == ""


def test_a_plan_that_is_stale_is_made_anew_instead_of_being_carried_out():
    desk = Desk("editor")
    desk.post("member-list-add", text=SPANISH)
    first = MemberImport.objects.get()
    person = PersonFactory(name="Ana Gómez Ruiz", email="ana@example.org")
    MembershipFactory(committee=desk.committee, person=person)
    answer = desk.post("member-list", first.pk)
    second = MemberImport.objects.exclude(pk=first.pk).get()
    assert answer.url == desk.url("member-list", second.pk)
    assert second.counts == {"changed": 1, "new": 1}
    assert Membership.objects.filter(committee=desk.committee).count() == 1
    page = desk.client.get(answer.url).content.decode()
    assert "Members changed in the meantime" in page


def test_a_formula_is_taken_off_and_a_telephone_stays():
    rows = lists.read("Name;Phone;Note\n=HYPERLINK(1);'+52 871;@SUM(A1)\n'-Ana;+1 626;\t=1+1\n")
    assert [row["name"] for row in rows] == ["HYPERLINK(1)", "Ana"]
    assert [row["phone"] for row in rows] == ["+52 871", "+1 626"]
    assert [row["note"] for row in rows] == ["SUM(A1)", "1+1"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_file_is_read_whatever_its_letters_and_separators(encoding, delimiter):
    text = SPANISH.replace("\t", delimiter)
    rows = lists.read(lists.decode(text.encode(encoding)))
    assert rows[0]["name"] == "Ana" and rows[0]["family"] == "Gómez Ruiz"


@pytest.mark.parametrize(
    ("written", "month_first", "day"),
    [
        ("2026-05-14", False, "2026-05-14"),
        ("14/05/2026", False, "2026-05-14"),
        ("5/14/2026", True, "2026-05-14"),
        ("05/06/2026", False, "2026-06-05"),
        ("05/06/2026", True, "2026-05-06"),
        ("14.5.2026", True, "2026-05-14"),
        ("2026", False, "2026-01-01"),
    ],
)
def test_days_are_read_as_the_country_writes_them(written, month_first, day):
    assert lists.day(written, month_first=month_first).isoformat() == day


HOSTILE = [
    b"",
    b"   \n",
    b"\x00\x01\x02PK\x03\x04",
    b"a;b;c\n1;2;3\n",
    b"Name\n",
    b'Name,Email\n"open quote,x@example.org\n' + b"x\n" * 50,
    b"Name\n" + b"x" * 200_000 + b"\n",
    b"Name\n" + b"x\n" * (lists.MOST_ROWS + 1),
    b"x" * (lists.MOST_BYTES + 1),
    b"Name\n" + b'"' * 999 + b"\n",
]


@pytest.mark.parametrize("data", HOSTILE)
def test_a_hostile_file_gets_a_sentence_and_soon(data):
    desk = Desk("editor")
    file = SimpleUploadedFile("../../x\r\n.csv", data)
    began = time.monotonic()
    said = errors_of(desk.post("member-list-add", file=file))
    assert time.monotonic() - began < 4
    assert said.endswith(".") and len(said) > 15
    assert not MemberImport.objects.exists()


def test_hostile_cells_are_text_and_nothing_else():
    text = (
        "Name,Email,Note\n<script>alert(1)</script>,,{{7*7}}\nAna \u202e Gómez,,\u200bx\n"
        + "y" * 20_000
    )
    plan = planned(CommitteeFactory(), text)
    assert [verdict for verdict, _why in verdicts(plan)] == ["new", "new", "rejected"]
    desk = Desk("editor")
    desk.post("member-list-add", text=text)
    page = desk.get("member-list", MemberImport.objects.latest("pk").pk).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_nothing_at_all_is_answered_with_a_sentence():
    assert "empty" in errors_of(Desk("editor").post("member-list-add", text=""))


def test_a_long_list_costs_few_queries(django_assert_max_num_queries):
    committee = CommitteeFactory()
    text = "Name,Email\n" + "".join(f"Person {n},p{n}@example.org\n" for n in range(1500))
    with django_assert_max_num_queries(25):
        plan = planned(committee, text)
    with django_assert_max_num_queries(200):  # SQLite takes 999 values a query
        members_import.commit(plan, by=None)
    assert Membership.objects.filter(committee=committee).count() == 1500
    assert Membership.history.filter(committee=committee).count() == 1500
    assert planned(committee, text).counts == {"same": 1500}


def test_plans_of_others_are_not_found():
    desk, other = Desk("editor"), Desk("editor")
    plan = planned(other.committee, SPANISH)
    assert desk.get("member-list", plan.pk).status_code == 404
    assert (
        desk.client.post(desk.url("member-list", plan.pk), {"_nonce": "e" * 20}).status_code == 404
    )
    assert Desk("viewer", other.committee).get("member-list", plan.pk).status_code == 403


def test_what_was_read_is_forgotten_after_a_month_and_a_second_time_there_is_nothing():
    committee = CommitteeFactory()
    old = timezone.now() - datetime.timedelta(days=31)
    kept = members_import.commit(planned(committee, SPANISH), by=None)
    planned(committee, SPANISH)
    planned(committee, SPANISH)
    MemberImport.objects.exclude(pk=planned(committee, SPANISH).pk).update(planned_at=old)
    assert MemberImport.purge() == 6 + 2
    assert MemberImport.purge() == 0
    assert MemberImport.objects.filter(pk=kept.pk).exists()
    assert MemberImportRow.objects.count() == 2


def test_a_plan_is_read_in_the_language_of_who_reads_it():
    committee = CommitteeFactory()
    MembershipFactory(committee=committee, person=PersonFactory(name="Ana Luna", phone="1"))
    rows = "Nombre\tTeléfono\tDesde\nAna Luna\t2\t\nBeto\t\tayer\n\t3\t\nCora\t\t\nCora\t\t\n"
    with translation.override("es"):
        plan = planned(committee, rows)
        spanish = [in_words(row) for row in plan.rows.order_by("number")]
    english = [in_words(row) for row in plan.rows.order_by("number")]
    assert english == [
        "telephone",
        "“ayer” is no date. Write it as 2026-05-14.",
        "The name is missing.",
        "",
        "The same person stands in row 4.",
    ]
    assert spanish[0] == "teléfono" and "«ayer»" in spanish[1] and "4" in spanish[4]
    assert not {text for text in spanish if text} & set(english)


def test_what_is_kept_of_a_reason_is_a_code():
    committee = CommitteeFactory()
    plan = planned(committee, "Nombre\tCategoría\nAna\tduquesa\n")
    row = plan.rows.get()
    assert (row.reason, row.facts) == ("category", {"name": "duquesa"})
    assert row.reason in SENTENCES and "duquesa" in in_words(row)
    row.reason = "A sentence of an older list"
    assert in_words(row) == "A sentence of an older list"
