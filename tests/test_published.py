"""Whatever a public page may show dates the page anew when it changes."""

import pytest
from django.apps import apps

from sistercities.models import Published, RegistryVersion
from tests import (
    advicefactories,
    duesfactories,
    factories,
    importfactories,
    page_factories,
    settingfactories,
)

SHOWN = [
    advicefactories.GuideFactory,
    advicefactories.GuideFileFactory,
    duesfactories.AffiliationFactory,
    duesfactories.DelegationFactory,
    duesfactories.DuesFactory,
    duesfactories.DuesRateFactory,
    duesfactories.DuesRuleFactory,
    duesfactories.PaymentFactory,
    factories.ActivityFactory,
    factories.CityFactory,
    factories.CityNameFactory,
    factories.CommitteeCityFactory,
    factories.CommitteeFactory,
    factories.ConfirmationFactory,
    factories.ConsentFactory,
    factories.DonationFactory,
    factories.EvidenceFactory,
    factories.ExchangeFactory,
    factories.MembershipFactory,
    factories.OfficeFactory,
    factories.OfficeTermFactory,
    factories.PersonFactory,
    factories.ProgrammeFactory,
    factories.RegionFactory,
    factories.StatementFactory,
    factories.TieCommitteeFactory,
    factories.TieEditFactory,
    factories.TieEventFactory,
    factories.TieFactory,
    importfactories.ComparisonFactory,
    page_factories.ConventionFactory,
    page_factories.DocumentFactory,
    page_factories.MeetingFactory,
    page_factories.NewsFactory,
    page_factories.PhotoFactory,
    page_factories.ProgrammeItemFactory,
    page_factories.RegistrationFactory,
    page_factories.SisterTextFactory,
    settingfactories.AssociationFactory,
    settingfactories.CountryAliasFactory,
    settingfactories.PageTextFactory,
    settingfactories.VitalityLimitsFactory,
]


def test_every_published_model_is_tried_here():
    published = {model for model in apps.get_models() if issubclass(model, Published)}
    assert published == {factory._meta.model for factory in SHOWN}


@pytest.mark.django_db
@pytest.mark.parametrize("factory", SHOWN, ids=lambda factory: factory._meta.model.__name__)
def test_saving_moves_the_version_on(factory):
    row = factory()
    before = RegistryVersion.now()
    row.save()
    assert RegistryVersion.now() > before
