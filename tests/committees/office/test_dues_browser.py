"""The dues over the end of a year, pressed through by a treasurer: charged, overdue, paid."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from committees.models import Dues, Payment
from sistercities.admin.groups import keep_in_step
from tests.committees.office.test_convention_browser import log_in
from tests.duesfactories import (
    AffiliationFactory,
    AssociationFactory,
    DuesFactory,
    DuesRateFactory,
    PaymentFactory,
)
from tests.factories import CityFactory, CommitteeFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def treasurer():
    keep_in_step()
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name="treasurer"))
    return user


def test_who_has_not_paid_by_january_has_no_vote_in_february_until_the_money_is_recorded(
    page: Page, live_server, treasurer
):
    year = timezone.localdate().year - 1
    DuesRateFactory(population_from=0, amount=1500)
    committee = CommitteeFactory(name="Comité de Durango", cities=[CityFactory(population=30_000)])
    member = AffiliationFactory(committee=committee, association=AssociationFactory())
    PaymentFactory(dues=DuesFactory(affiliation=member, year=year - 1))
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    log_in(page, treasurer, live_server.url)

    def go(name: str, *arguments) -> None:
        page.goto(live_server.url + reverse(f"admin:committees_{name}", args=arguments))

    def expect_standing(day: str, *words: str) -> None:
        go("affiliation_roll")
        page.get_by_label("On the day").fill(f"{year}-{day}")
        page.get_by_role("button", name="Show").click()
        for one in words:
            expect(page.locator("#content-main")).to_contain_text(one)

    def press(button: str, success: str) -> None:
        page.get_by_role("button", name=button).click()
        expect(page.locator(".messagelist .success")).to_contain_text(success)

    go("dues_charge")
    page.locator("#id_year").fill(str(year))
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("row", name="Comité de Durango")).to_contain_text("1,500")
    press("Charge these dues", "charged to 1 committee")
    expect_standing("01-31", "In good standing: 1", "Votes: 1")
    expect_standing("02-01", "Delinquent: 1", "Votes: 0")

    go("dues_pay", Dues.objects.get(year=year).pk)
    expect(page.locator("#id_amount")).to_have_value("1500.00")
    page.get_by_label("Day on which it arrived").fill(f"{year}-02-10")
    press("Record the payment", "The payment is recorded")
    expect_standing("02-09", "Delinquent: 1", "Votes: 0")
    expect_standing("02-10", "In good standing: 1", "Votes: 1")
    go("payment_receipt", Payment.objects.get(dues__year=year).pk)
    expect(page.locator("body")).to_contain_text("Comité de Durango")
    assert said == []
