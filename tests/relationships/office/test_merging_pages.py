"""The pages of merging inside the admin."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.findable import refresh_committees
from committees.models import City, Committee, Person
from relationships.deriving import derive
from relationships.models import Tie
from sistercities.merging import acting, kinds
from sistercities.merging.kinds import Refused
from sistercities.models import Duplicate, Merge
from tests import factories as make
from tests.relationships.office.standing import differences, rows
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client) -> Client:
    client.force_login(make.UserFactory(staff=True))
    return client


def page(kept, gone) -> str:
    meta = kept._meta
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_merge", args=[kept.pk])
    return f"{url}?with={gone.pk}"


def answers(response, **changes) -> dict:
    """What the page would send, its proposals untouched."""
    context = response.context
    chosen = {line.name: "gone" if line.takes_gone else "kept" for line in context["lines"]}
    sent = {"_nonce": context["nonce"], "mark": context["mark"], "reason": "The same"}
    return chosen | sent | changes


def two(model) -> tuple:
    factories = {
        City: make.CityFactory,
        Committee: make.CommitteeFactory,
        Person: make.PersonFactory,
        Tie: make.TieFactory,
    }
    one, other = factories[model](), factories[model]()
    derive()
    refresh_committees(Committee.objects.values_list("pk", flat=True))
    return one, other


@pytest.mark.parametrize("model", [City, Committee, Person, Tie])
def test_two_records_are_merged_on_a_page_and_taken_back_on_another(office, model):
    kept, gone = two(model)
    before = rows()
    response = office.get(page(kept, gone))
    assert response.status_code == 200, response
    name = getattr(gone, "name", "") or str(gone)
    done = office.post(page(kept, gone), answers(response, typed=name), follow=True)
    record = Merge.objects.get()
    assert done.request["PATH_INFO"] == reverse("admin:sistercities_merge_change", args=[record.pk])
    assert model.objects.get(pk=gone.pk).merged_into == kept
    undo = reverse("admin:sistercities_merge_undo", args=[record.pk])
    asked = office.get(undo)
    office.post(undo, {"_nonce": asked.context["nonce"], "reason": "Two after all"})
    record.refresh_from_db()
    assert (record.undo_reason, differences(before, rows())) == ("Two after all", {})


def test_nothing_is_merged_without_the_name_and_the_reason(office):
    kept, gone = two(City)
    response = office.get(page(kept, gone))
    refused = office.post(page(kept, gone), answers(response, typed=kept.name, reason=""))
    assert set(refused.context["form"].errors) == {"typed", "reason"}
    assert Merge.objects.count() == 0


def test_the_chosen_value_is_kept_and_the_choice_too_when_the_form_comes_back(office):
    kept, gone = two(City)
    gone_name = {"choice-name": "gone"}
    response = office.get(page(kept, gone))
    refused = office.post(page(kept, gone), answers(response, typed="", **gone_name))
    line = next(line for line in refused.context["lines"] if line.name == "choice-name")
    assert line.takes_gone
    office.post(page(kept, gone), answers(refused, typed=gone.name))
    kept.refresh_from_db()
    assert kept.name == gone.name


def test_the_page_says_what_stands_in_the_way_and_has_no_button(office):
    one = make.PersonFactory(user=make.UserFactory())
    other = make.PersonFactory(user=make.UserFactory())
    response = office.get(page(one, other))
    assert len(response.context["refusals"]) == 1
    assert b'name="typed"' not in response.content


def test_what_changed_while_somebody_was_reading_is_shown_before_it_is_merged(office):
    kept, gone = two(City)
    sent = answers(office.get(page(kept, gone)), typed=gone.name)
    make.TieFactory(city_a=gone)
    refused = office.post(page(kept, gone), sent)
    assert refused.status_code == 200
    again = answers(refused, typed=gone.name)
    kept.about_es = "Junto al Nazas"
    kept.save()
    refused = office.post(page(kept, gone), again)
    assert refused.status_code == 200
    assert Merge.objects.count() == 0
    assert office.post(page(kept, gone), answers(refused, typed=gone.name)).status_code == 302


def test_who_comes_second_reads_what_became_of_it(office):
    kept, gone = two(City)
    sent = answers(office.get(page(kept, gone)), typed=gone.name)
    City.objects.filter(pk=gone.pk).update(merged_into=make.CityFactory())
    late = office.post(page(kept, gone), sent, follow=True)
    assert str(gone) in str(next(iter(late.context["messages"])))
    assert Merge.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_at_once_one_wins():
    one, other = make.CityFactory(), make.CityFactory()
    kind = kinds.kind_of(City)
    pairs = [(one.pk, other.pk), (other.pk, one.pk)]
    results = at_once(2, lambda n: acting.merge(kind, *pairs[n], by=None, reason="Same"))
    assert {type(result) for result in results} == {Merge, Refused}
    assert City.objects.filter(merged_into=None).count() == 1


def test_rights_on_both_records_are_needed(client):
    clerk = make.UserFactory(is_staff=True)
    client.force_login(clerk)
    kept, gone = two(City)
    for codename in ("view_city", "view_merge"):
        clerk.user_permissions.add(Permission.objects.get(codename=codename))
    assert client.get(page(kept, gone)).status_code == 403
    clerk.user_permissions.add(Permission.objects.get(codename="change_city"))
    response = client.get(page(kept, gone))
    client.post(page(kept, gone), answers(response, typed=gone.name))
    undo = reverse("admin:sistercities_merge_undo", args=[Merge.objects.get().pk])
    assert client.get(undo).status_code == 200
    clerk.user_permissions.remove(Permission.objects.get(codename="change_city"))
    assert client.get(undo).status_code == 403


def test_names_of_people_in_the_list_of_merges_are_for_those_who_may_see_people(client):
    clerk = make.UserFactory(is_staff=True)
    client.force_login(clerk)
    clerk.user_permissions.add(Permission.objects.get(codename="view_merge"))
    record = Merge.objects.create(
        model="committees.person", kept=1, gone=2, kept_name="Ana", gone_name="Anita"
    )
    url = reverse("admin:sistercities_merge_changelist")
    assert "Anita" not in client.get(url).content.decode()
    change = reverse("admin:sistercities_merge_change", args=[record.pk])
    assert client.get(change).status_code == 302  # to the index: it is not there for them


def test_the_other_one_is_found_by_name_and_what_was_merged_is_not_offered(office):
    kept, gone = make.CityFactory(name="Lerdo"), make.CityFactory(name="Ciudad Lerdo")
    merged = make.CityFactory(name="Ciudad Lerdo", merged_into=kept)
    Duplicate.objects.create(
        model="committees.city", one=kept.pk, other=gone.pk, score=80, reasons=[]
    )
    url = reverse("admin:committees_city_merge", args=[kept.pk])
    context = office.get(url, {"q": "ciudad lerdo"}).context
    assert [row for row, _url in context["found"]] == [gone]
    assert [row for row, _url in context["suspected"]] == [gone]
    field = {"app_label": "relationships", "model_name": "tie", "field_name": "city_a"}
    found = office.get("/admin/autocomplete/", field | {"term": "ciudad lerdo"}).json()["results"]
    assert [row["id"] for row in found] == [str(gone.pk)]
    assert merged.pk not in {row["id"] for row in found}


def test_two_rows_of_a_list_lead_to_the_page_and_three_do_not(office):
    three = [make.CityFactory() for _ in range(3)]
    url = reverse("admin:committees_city_changelist")
    sent = {"action": "merge_chosen", "_selected_action": [city.pk for city in three[:2]]}
    assert office.post(url, sent)["Location"] == page(three[0], three[1])
    sent["_selected_action"].append(three[2].pk)
    refused = office.post(url, sent, follow=True)
    assert len(refused.context["messages"]) == 1


def test_what_was_merged_is_only_read_and_its_page_says_into_what(office):
    kept, gone = make.CityFactory(name="Lerdo"), make.CityFactory()
    City.objects.filter(pk=gone.pk).update(merged_into=kept)
    url = reverse("admin:committees_city_change", args=[gone.pk])
    html = office.get(url).content.decode()
    assert reverse("admin:committees_city_change", args=[kept.pk]) in html
    assert 'name="_save"' not in html
    assert office.post(url, {"name": "X"}).status_code == 403


def test_the_page_asks_as_often_with_three_ties_as_with_one(office):
    kept, gone = make.CityFactory(), make.CityFactory()

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert office.get(page(kept, gone)).status_code == 200
        return len(queries)

    make.TieFactory(city_a=gone)
    once = asked()
    make.TieFactory(city_a=gone)
    make.TieFactory(city_a=gone)
    assert asked() == once


@pytest.mark.parametrize("other", ["x", "0", "99999999999999999999", "", "same"])
def test_another_one_that_is_not_there_is_not_found(office, other):
    city = make.CityFactory()
    url = reverse("admin:committees_city_merge", args=[city.pk])
    wanted = str(city.pk) if other == "same" else other
    assert office.get(f"{url}?with={wanted}").status_code == 404
