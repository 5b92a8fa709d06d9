"""One change of an object is taken back from its history, through the object's own form."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.models import City, Committee, Region
from relationships.deriving import derive
from relationships.models import Exchange, Tie, TieEvent
from sistercities.admin import ReadOnlyAdmin, RegistryAdmin
from sistercities.partialdates import PartialDate
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client) -> Client:
    client.force_login(make.UserFactory(staff=True))
    return client


def changed(row, reason: str, **values):
    """The row, changed for a reason; the number of the version that says so."""
    for name, value in values.items():
        setattr(row, name, value)
    row._change_reason = reason
    row.save()
    return row.history.latest().pk


def page(row, version: int, name: str = "take_back") -> str:
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=[row.pk, version])


def answers(response, **changes) -> dict:
    context = response.context
    names = [line.name for line, ticked in context["lines"] if ticked]
    sent = {"_nonce": context["nonce"], "seen": context["seen"], "names": names, "reason": "Wrong"}
    return sent | changes


def test_every_page_of_the_subject_keeps_a_history():
    without = {
        model._meta.label
        for model, page in admin.site._registry.items()
        if model._meta.app_label in ("committees", "relationships")
        and not isinstance(page, ReadOnlyAdmin)
        and not (isinstance(page, RegistryAdmin) and hasattr(model, "history"))
    }
    assert without == set()


def test_only_what_the_change_changed_goes_back_with_its_reason(office):
    city = make.CityFactory(name="Lerdo", government="Ayuntamiento")
    version = changed(city, "Read on a map", name="Ciudad Lerdo", population=5)
    changed(city, "From the web", official_site="https://lerdo.example/")
    response = office.get(page(city, version))
    assert {line.name for line, ticked in response.context["lines"] if ticked} == {
        "name",
        "population",
    }
    done = office.post(page(city, version), answers(response))
    assert done["Location"] == reverse("admin:committees_city_history", args=[city.pk])
    city.refresh_from_db()
    assert (city.name, city.sort_name, city.population) == ("Lerdo", "lerdo", 0)
    assert city.official_site == "https://lerdo.example/"
    assert city.history.latest().history_change_reason == "Wrong"


def test_a_field_that_was_changed_again_is_named_and_left_unless_chosen(office):
    city = make.CityFactory(government="A", population=1)
    version = changed(city, "One", government="B", population=2)
    changed(city, "Two", government="C")
    response = office.get(page(city, version))
    later = {line.name: line.changed_later for line, _ticked in response.context["lines"]}
    assert later == {"government": True, "population": False}
    office.post(page(city, version), answers(response))
    city.refresh_from_db()
    assert (city.government, city.population) == ("C", 1)
    again = office.get(page(city, version))
    office.post(page(city, version), answers(again, names=["government"]))
    city.refresh_from_db()
    assert city.government == "A"


def test_what_follows_is_recomputed(office):
    tie = make.TieFactory()
    event = make.TieEventFactory(tie=tie, date=PartialDate(1969))
    version = changed(event, "Misread", date=PartialDate(1996))
    derive([tie.pk])
    assert office.post(page(event, version), answers(office.get(page(event, version)))).url
    tie.refresh_from_db()
    assert tie.since == TieEvent.objects.get().date == PartialDate(1969)


def test_a_rule_of_the_form_is_asked_again_and_nothing_is_saved(office):
    committee = make.CommitteeFactory(founded=PartialDate(1990))
    version = changed(committee, "Older", founded=PartialDate(1950))
    changed(committee, "Gone", dissolved=PartialDate(1960), state=Committee.State.DISSOLVED)
    response = office.get(page(committee, version))
    refused = office.post(page(committee, version), answers(response))
    assert refused.status_code == 200
    assert refused.context["form"].non_field_errors()
    committee.refresh_from_db()
    assert committee.founded == PartialDate(1950)


def test_a_review_is_not_taken_back_here(office):
    exchange = make.ExchangeFactory(review=Exchange.Review.DRAFT)
    version = changed(exchange, "Yes", review=Exchange.Review.PUBLISHED)
    response = office.get(page(exchange, version))
    assert [(line.name, line.goes_back) for line, _ in response.context["lines"]] == [
        ("review", False)
    ]
    refused = office.post(page(exchange, version), answers(response, names=["review"]))
    assert refused.status_code == 200
    exchange.refresh_from_db()
    assert exchange.review == Exchange.Review.PUBLISHED


def test_what_somebody_saved_meanwhile_is_looked_at_first(office):
    region = make.RegionFactory(name="Durango")
    version = changed(region, "Typo", name="Durngo")
    sent = answers(office.get(page(region, version)))
    changed(region, "More", abbreviation="Dgo.")
    refused = office.post(page(region, version), sent)
    assert refused.status_code == 200
    assert Region.objects.get().name == "Durngo"
    assert office.post(page(region, version), answers(refused)).status_code == 302
    assert Region.objects.get().name == "Durango"


def test_no_reason_no_change(office):
    region = make.RegionFactory(name="Durango")
    version = changed(region, "Typo", name="Durngo")
    response = office.get(page(region, version))
    assert office.post(page(region, version), answers(response, reason="")).status_code == 200
    assert Region.objects.get().name == "Durngo"


def test_who_may_only_look_takes_nothing_back(client):
    clerk = make.UserFactory(is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_city"))
    client.force_login(clerk)
    city = make.CityFactory()
    version = changed(city, "One", government="B")
    assert client.get(page(city, version)).status_code == 403
    history = client.get(reverse("admin:committees_city_history", args=[city.pk]))
    assert page(city, version) not in history.content.decode()


def test_the_history_leads_to_the_page_but_not_for_the_first_version(office):
    city = make.CityFactory()
    first = city.history.latest().pk
    version = changed(city, "One", government="B")
    html = office.get(reverse("admin:committees_city_history", args=[city.pk])).content.decode()
    assert page(city, version) in html
    assert page(city, first) not in html
    assert office.get(page(city, first)).status_code == 404
    other = changed(make.CityFactory(), "Other", government="B")
    assert office.get(page(city, other)).status_code == 404


def test_an_old_version_is_only_read(office):
    city = make.CityFactory()
    version = changed(city, "One", government="B")
    url = page(city, version, "simple_history")
    assert office.get(url).status_code == 200
    assert office.post(url, {"government": "X"}).status_code == 403
    assert City.objects.get().government == "B"


def test_the_page_asks_as_often_after_three_changes_as_after_one(office):
    tie = make.TieFactory()
    version = changed(tie, "One", summary_es="Uno")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert office.get(page(tie, version)).status_code == 200
        return len(queries)

    once = asked()
    changed(tie, "Two", summary_en="Two")
    changed(tie, "Three", kind=Tie.Kind.OTHER)
    assert asked() == once
