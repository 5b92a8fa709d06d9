"""The office moves the limits of vitality: what would change is shown first, the ties follow."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from relationships.checking.derived import misderived_ties
from relationships.deriving import derive
from relationships.imports.columns import Mapping
from relationships.imports.rows import Reader
from relationships.models import Tie, VitalityLimits
from relationships.vitality import limits, moved_by
from tests import factories
from tests.adminforms import filled
from tests.settingfactories import CountryAliasFactory, VitalityLimitsFactory

pytestmark = pytest.mark.django_db
WHY = {"change_reason": "Decided by the board"}


@pytest.fixture
def office(client):
    client.force_login(factories.UserFactory(staff=True))
    client.cookies["language"] = "en"
    return client


def confirmed(months: int) -> Tie:
    """A signed tie that both sides confirmed so long ago."""
    tie = factories.TieFactory()
    factories.TieEventFactory(tie=tie, date="1969")
    day = timezone.localdate() - datetime.timedelta(days=round(months * 30.44))
    factories.ConfirmationFactory(tie=tie, answered_on=day)
    derive([tie.pk])
    return tie


def vitalities(*ties: Tie) -> list[str]:
    return [Tie.objects.get(pk=tie.pk).vitality for tie in ties]


def test_the_preview_counts_what_would_change_and_saving_recomputes_just_that(office):
    ties = [confirmed(months) for months in (3, 15, 30, 50)]
    assert vitalities(*ties) == ["active", "active", "unconfirmed", "dormant"]
    url = reverse("admin:relationships_vitalitylimits_add")
    sent = filled(office, url) | {"active_months": 12, "unconfirmed_months": 24}
    shown = office.post(url, sent | {"_preview": "1"})
    assert shown.context["count"] == 2
    assert shown.context["moved"] == [
        ("Active", "To be confirmed", 1),
        ("To be confirmed", "Dormant", 1),
    ]
    assert VitalityLimits.objects.count() == 0
    assert vitalities(*ties) == ["active", "active", "unconfirmed", "dormant"]
    assert office.post(url, sent | WHY).status_code == 302
    assert vitalities(*ties) == ["active", "unconfirmed", "dormant", "dormant"]
    assert list(misderived_ties(timezone.localdate())) == []
    assert (limits().active, limits().unconfirmed) == (12, 24)
    assert VitalityLimits.objects.get().history.get().history_change_reason == WHY["change_reason"]


def test_a_tie_is_derived_by_the_limits_that_the_office_set():
    VitalityLimitsFactory(active_months=40, unconfirmed_months=60)
    assert vitalities(confirmed(30), confirmed(50)) == ["active", "unconfirmed"]


@pytest.mark.parametrize(("active", "unconfirmed"), [(0, 5), (36, 36), (40, 30), (121, 200)])
def test_limits_out_of_order_are_refused_in_words(office, active, unconfirmed):
    url = reverse("admin:relationships_vitalitylimits_add")
    sent = filled(office, url) | WHY
    sent |= {"active_months": active, "unconfirmed_months": unconfirmed}
    assert office.post(url, sent).context["adminform"].form.errors
    assert VitalityLimits.objects.count() == 0


def test_the_about_page_names_the_limits(client):
    VitalityLimitsFactory(active_months=13, unconfirmed_months=37)
    page = client.get("/en/about/").content.decode()
    assert "in the last 13 months" in page
    assert "more than 37 months" in page


def test_what_would_change_is_counted_in_as_many_queries_for_three_ties_as_for_one(
    django_assert_num_queries,
):
    confirmed(3)
    with django_assert_num_queries(6):
        moved_by(VitalityLimits().limits)
    confirmed(4), confirmed(5)
    with django_assert_num_queries(6):
        moved_by(VitalityLimits().limits)


class Lines:
    """A table with one row."""

    format = "csv"
    header = ("city_a", "country_a", "city_b", "country_b")

    def rows(self):
        return iter([(1, ["Paris", "Lutècia 7", "León", "MX"])])


def test_an_import_reads_a_country_by_the_name_that_the_office_added():
    mapping = Mapping({name: name for name in Lines.header})
    assert next(iter(Reader(Lines(), mapping, "list", {}))).a.country == ""
    CountryAliasFactory(alias="Lutecia 7")
    assert next(iter(Reader(Lines(), mapping, "list", {}))).a.country == "FR"
