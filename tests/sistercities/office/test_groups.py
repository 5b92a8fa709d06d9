"""Groups of the office: declared in code, given by `migrate`, offered with a sentence each."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management.sql import emit_post_migrate_signal
from django.urls import reverse
from django.utils.translation import override

from committees.models import Committee, Person
from relationships.models import Tie
from sistercities.admin import groups, queues
from sistercities.admin.groups import GROUPS, REGISTRAR, REVIEWER, TREASURER, grant
from sistercities.models import User
from tests.adminforms import filled
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(UserFactory(staff=True))
    client.cookies["language"] = "en"
    return client


def member(group: groups.StaffGroup) -> User:
    user = UserFactory(is_staff=True)
    user.groups.set(Group.objects.filter(name=group.name))
    return user


def test_a_member_of_a_group_may_do_what_the_code_grants():
    reviewer, registrar, treasurer = map(member, (REVIEWER, REGISTRAR, TREASURER))
    assert reviewer.has_perm("relationships.review_tie")
    assert not reviewer.has_perm("relationships.change_tie")
    assert registrar.has_perms(["relationships.add_tie", "committees.change_officeterm"])
    assert treasurer.has_perm("committees.view_committee")
    assert not treasurer.has_perm("committees.change_committee")


def test_no_group_deletes_an_object_changes_logins_or_hands_out_rights():
    below = {"committees.cityname", "committees.committeecity", "relationships.activity"}
    below |= {"relationships.tieevent", "relationships.tiecommittee"}
    below |= {"committees.guidefile", "committees.programmeitem"}
    for group in GROUPS.values():
        for app, codename in groups.granted(group):
            verb, _dash, noun = codename.partition("_")
            assert app != "auth"
            assert verb == "view" or noun != "user"
            assert verb != "delete" or f"{app}.{noun}" in below


def test_every_queue_is_read_by_a_group():
    readable = {one for group in GROUPS.values() for one in groups.granted(group)}
    unread = {
        queue.key
        for queue in queues.everything()
        if (queue.model._meta.app_label, f"view_{queue.model._meta.model_name}") not in readable
    }
    assert unread == set()


def test_migrating_again_gives_back_what_was_changed_by_hand(django_assert_max_num_queries):
    group = Group.objects.get(name=REVIEWER.name)
    before = set(group.permissions.values_list("codename", flat=True))
    group.permissions.set(Permission.objects.filter(codename__in=("add_user", "view_tie")))
    Group.objects.filter(name=TREASURER.name).delete()
    by_hand = Group.objects.create(name="Readers")
    by_hand.permissions.set(Permission.objects.filter(codename="view_tie"))
    emit_post_migrate_signal(0, False, "default")
    assert set(group.permissions.values_list("codename", flat=True)) == before
    assert Group.objects.filter(name=TREASURER.name).count() == 1
    assert by_hand.permissions.count() == 1
    with django_assert_max_num_queries(8):
        groups.keep_in_step()


def test_what_no_model_knows_is_not_granted():
    with pytest.raises(ValueError, match=r"relationships\.Tie knows no right named fly"):
        grant(REVIEWER, Tie, "fly")


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_login_is_offered_the_groups_with_a_sentence_each(office, language):
    office.cookies["language"] = language
    url = reverse("admin:sistercities_user_change", args=[UserFactory(is_staff=True).pk])
    field = office.get(url).context["adminform"].form.fields["groups"]
    labels = [str(label) for _value, label in field.choices]
    assert len(labels) == len(GROUPS)
    assert all(len(label.partition(": ")[2]) > 20 for label in labels)
    with override(language):
        assert {label.partition(": ")[0] for label in labels} == {
            str(group.title) for group in GROUPS.values()
        }


def test_a_group_for_somebody_outside_the_office_is_refused(office):
    user = UserFactory()
    url = reverse("admin:sistercities_user_change", args=[user.pk])
    group = Group.objects.get(name=REVIEWER.name).pk
    sent = filled(office, url) | {"groups": [group], "change_reason": "New in the office"}
    refused = office.post(url, sent)
    assert list(refused.context["adminform"].form.errors) == ["is_staff"]
    assert office.post(url, sent | {"is_staff": "on"}).status_code == 302
    assert user.groups.get().pk == group


def test_the_page_of_a_group_says_what_it_may_do_and_changes_nothing(office):
    member(REGISTRAR)
    group = Group.objects.get(name=REGISTRAR.name)
    url = reverse("admin:auth_group_change", args=[group.pk])
    page = office.get(url).content.decode()
    assert "<li>committees: look, enter, change</li>" in page.lower()
    assert office.post(url, {"name": "x"}).status_code == 403
    assert office.get(reverse("admin:auth_group_add")).status_code == 403
    rows = office.get(reverse("admin:auth_group_changelist"))
    assert rows.status_code == 200
    assert str(group.user_set.get()) in rows.content.decode()


def test_logins_are_listed_by_group(office):
    user = member(TREASURER)
    url = reverse("admin:sistercities_user_changelist")
    number = Group.objects.get(name=TREASURER.name).pk
    found = office.get(url, {"group": number}).context["cl"].result_list
    assert list(found) == [user]
    assert len(office.get(url, {"group": "x"}).context["cl"].result_list) == 2


def test_the_registrar_enters_a_person_and_the_reviewer_does_not(client):
    answers = []
    for group in (REGISTRAR, REVIEWER):
        client.force_login(member(group))
        answers.append(client.get(reverse("admin:committees_person_add")).status_code)
    assert answers == [200, 403]
    assert Person.objects.count() == Committee.objects.count() == 0
