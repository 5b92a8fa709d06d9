"""Members at the desk: who may see and change them, and what is kept."""

import datetime

import pytest
from django.apps import apps
from django.utils import timezone, translation

from committees.models import Membership, Person
from tests.committees.desk.people import Desk, errors_of
from tests.factories import (
    CommitteeFactory,
    ConsentFactory,
    JoinRequestFactory,
    MembershipFactory,
    OfficeTermFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
MEMBER = {"name": "Ana Gómez", "category": "regular", "since": "2024-03-01"}
FORBIDDEN_WORDS = (
    *("creed", "religion", "faith", "party", "politic", "race", "ethnic", "colour_of_skin"),
    *("skin", "sex", "gender", "credo", "raza", "sexo", "partido"),
)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def pages_of(desk):
    """Every page of the section, with an object of the desk's own committee."""
    member = MembershipFactory(committee=desk.committee)
    term = OfficeTermFactory(committee=desk.committee, person=member.person)
    wish = JoinRequestFactory(committee=desk.committee)
    consent = ConsentFactory(committee=desk.committee, person=member.person)
    return {
        "people": (),
        "member": (member.pk,),
        "officers": (),
        "access": (),
        "consents": (),
        "people-hand-over": (),
        "member-add": (),
        "member-edit": (member.pk,),
        "member-end": (member.pk,),
        "member-list-add": (),
        "consent-withdraw": (consent.pk,),
        "join-requests": (),
        "join-approve": (wish.pk,),
        "join-decline": (wish.pk,),
        "term-add": (member.person_id,),
        "term-end": (term.pk,),
        "access-add": (member.person_id,),
        "access-invite": (member.person_id,),
        "consent-add": (member.person_id,),
    }


READ = {"people", "member", "officers", "access", "consents", "people-hand-over"}
EDIT = READ | {"member-add", "member-edit", "member-end", "member-list-add", "consent-withdraw"}


@pytest.mark.parametrize(
    ("role", "reaches"), [("viewer", READ), ("editor", EDIT), ("coordinator", None)]
)
def test_each_role_comes_to_its_pages_and_no_further(role, reaches):
    desk = Desk(role)
    for name, numbers in pages_of(desk).items():
        wanted = 200 if reaches is None or name in reaches else 403
        response = desk.get(name, *numbers)
        assert (name, response.status_code) == (name, wanted)
        assert "no-store" in response.headers["Cache-Control"] or wanted == 403
        if wanted == 403:
            assert desk.client.post(desk.url(name, *numbers)).status_code == 403


def test_a_viewer_cannot_post_anything():
    desk = Desk("viewer")
    before = Membership.objects.count()
    for name, numbers in pages_of(desk).items():
        status = desk.client.post(
            desk.url(name, *numbers), {"_nonce": "a" * 20, **MEMBER}
        ).status_code
        assert (name, status) in {(name, 403), (name, 405)}
    assert Membership.objects.filter(committee=desk.committee).count() == 1
    assert before == 0


def test_people_of_another_committee_are_not_found_like_a_random_number():
    desk, other = Desk(), Desk()
    for name, numbers in pages_of(other).items():
        if numbers:
            mine = desk.client.get(desk.url(name, *numbers))
            random = desk.client.get(desk.url(name, 987654321))
            assert (name, mine.status_code, random.status_code) == (name, 404, 404)
            if name != "member":
                posted = desk.client.post(desk.url(name, *numbers), {"_nonce": "b" * 20})
                assert (name, posted.status_code) == (name, 404)
        assert desk.client.get(other.url(name, *numbers)).status_code == 404


def test_a_member_is_added_and_found_without_accents():
    desk = Desk("editor")
    response = desk.post("member-add", **MEMBER, email="ANA@Example.org", note="Plays the harp")
    member = Membership.objects.get(committee=desk.committee)
    assert response.url == desk.url("member", member.pk)
    assert (member.person.name, member.person.email) == ("Ana Gómez", "ana@example.org")
    assert member.history.get().history_user == desk.user
    assert "Ana Gómez" in desk.get("people", q="gomez ana").content.decode()
    assert "Ana Gómez" not in desk.get("people", q="peru").content.decode()
    assert "Plays the harp" in desk.get("member", member.pk).content.decode()


def test_the_same_form_twice_makes_one_member():
    desk = Desk("editor")
    data = MEMBER | {"_nonce": "c" * 20}
    first = desk.client.post(desk.url("member-add"), data)
    second = desk.client.post(desk.url("member-add"), data)
    assert first.url == second.url
    assert Membership.objects.filter(committee=desk.committee).count() == 1


def test_somebody_who_is_a_member_is_not_entered_twice_and_others_are_not_told_of():
    desk = Desk("editor")
    MembershipFactory(person=PersonFactory(name="Ana Gómez", email="ana@example.org"))
    assert desk.post("member-add", **MEMBER, email="ana@example.org").status_code == 302
    assert Person.objects.filter(email="ana@example.org").count() == 2
    again = desk.post("member-add", **(MEMBER | {"name": "ANA GOMEZ"}), email="ana@example.org")
    assert "is a member already" in errors_of(again)


def test_a_form_with_errors_keeps_what_was_typed_and_says_what_is_wrong():
    desk = Desk("editor")
    response = desk.post(
        "member-add", name="…", email="nobody", category="other", since="31.31.2020", note="kept"
    )
    page = response.content.decode()
    assert "<title>Error: " in page and "kept" in page and "nobody" in page
    assert set(response.context["form"].errors) == {"name", "email", "category", "since"}
    assert page.count('class="error-summary"') == 1
    assert not Membership.objects.filter(committee=desk.committee).exists()


def test_fields_that_the_form_does_not_have_change_nothing():
    desk, other = Desk("editor"), CommitteeFactory()
    member = MembershipFactory(committee=desk.committee, person__notes="The office's own")
    desk.post(
        "member-edit",
        member.pk,
        **MEMBER,
        committee=other.pk,
        person=desk.person.pk,
        until="2020-01-01",
        notes="changed",
        user=desk.user.pk,
        erased_at="2020-01-01",
        is_demo="on",
    )
    fresh = Membership.objects.select_related("person").get(pk=member.pk)
    assert fresh.person.name == "Ana Gómez"
    assert (fresh.committee, fresh.person_id, fresh.until) == (
        desk.committee,
        member.person_id,
        None,
    )
    assert (fresh.person.notes, fresh.person.user, fresh.person.is_demo) == (
        "The office's own",
        None,
        False,
    )
    assert fresh.person.erased_at is None


def test_an_editor_does_not_change_the_address_of_somebody_in_office_and_a_coordinator_does():
    editor = Desk("editor")
    coordinator = Desk(committee=editor.committee)
    member = MembershipFactory(committee=editor.committee, person=coordinator.person)
    old = coordinator.person.email
    editor.post("member-edit", member.pk, **MEMBER, email="mine@example.org", phone="1")
    person = Person.objects.get(pk=coordinator.person.pk)
    assert (person.email, person.phone) == (old, "1")
    coordinator.post("member-edit", member.pk, **MEMBER, email="new@example.org", phone="1")
    assert Person.objects.get(pk=person.pk).email == "new@example.org"


def test_two_who_change_the_same_are_asked_and_nothing_is_lost():
    desk = Desk("editor")
    member = MembershipFactory(committee=desk.committee)
    url = desk.url("member-edit", member.pk)
    version = desk.client.get(url).context["version"]
    desk.post("member-edit", member.pk, **MEMBER, phone="111")
    late = desk.client.post(url, MEMBER | {"phone": "222", "_nonce": "d" * 20, "_version": version})
    assert late.status_code == 409
    assert "111" in late.content.decode() and "222" in late.content.decode()
    assert Person.objects.get(pk=member.person_id).phone == "111"


def test_a_membership_ends_on_a_day_and_stays_on_record():
    desk = Desk("editor")
    member = MembershipFactory(committee=desk.committee, person__name="Beto Ruiz")
    early = desk.post("member-end", member.pk, until="2019-12-31")
    assert "cannot end before it began" in errors_of(early)
    day = (TODAY - datetime.timedelta(days=1)).isoformat()
    desk.post("member-end", member.pk, until=day, reason="Moved away")
    member.refresh_from_db()
    assert member.until.isoformat() == day
    assert member.history.first().history_change_reason == "Moved away"
    assert "Beto Ruiz" not in desk.get("people").content.decode()
    assert "Beto Ruiz" in desk.get("people", show="former").content.decode()
    assert desk.get("member-end", member.pk).status_code == 404


def test_one_member_or_sixty_cost_the_same_and_pages_are_numbered(django_assert_max_num_queries):
    desk = Desk()
    MembershipFactory(committee=desk.committee)
    with django_assert_max_num_queries(12):
        desk.get("people")
    MembershipFactory.create_batch(60, committee=desk.committee)
    with django_assert_max_num_queries(12):
        page = desk.get("people")
    assert len(page.context["page"].rows) == 50
    assert len(desk.get("people", page="2").context["page"].rows) == 11
    assert len(desk.get("people", page="99999").context["page"].rows) == 11
    for odd in ("x", "-1", "0", "²", "9" * 50):
        assert desk.get("people", page=odd).status_code == 200
    assert desk.get("people", q="a\0b %_' ;--").status_code == 200


def test_the_pages_of_a_search_among_former_members_stay_in_it():
    desk = Desk()
    MembershipFactory.create_batch(
        51, committee=desk.committee, person__name="Ana Ruiz", until="2020-01-01"
    )
    page = desk.get("people", show="former", q="ruiz").context["page"]
    assert page.next_url.endswith("?show=former&q=ruiz&page=2")


def test_choosing_a_person_shows_only_ones_own_and_knows_three_acts():
    desk = Desk()
    MembershipFactory(person__name="Somebody Elsewhere")
    MembershipFactory(committee=desk.committee, person__name="Our Own")
    for act in ("office", "access", "consent"):
        page = desk.get("people-choose", **{"for": act}).content.decode()
        assert "Our Own" in page and "Somebody Elsewhere" not in page
    assert desk.get("people-choose", **{"for": "anything"}).status_code == 404


def test_no_table_has_a_field_for_creed_party_race_colour_or_sex():
    asked = [
        f"{model._meta.label}.{field.name}"
        for floor in ("sistercities", "committees", "relationships")
        for model in apps.get_app_config(floor).get_models()
        for field in model._meta.get_fields()
        if any(word in field.name.lower().split("_") for word in FORBIDDEN_WORDS)
        or any(
            field.name.lower().startswith(word) for word in ("relig", "politi", "ethni", "sexual")
        )
    ]
    assert asked == []
    people = [model for model in (Person, Membership)]
    colours = [f.name for model in people for f in model._meta.get_fields() if "colo" in f.name]
    assert colours == []
