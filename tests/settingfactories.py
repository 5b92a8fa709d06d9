"""Rows of settings, each valid and plain."""

import factory
from factory.django import DjangoModelFactory

from relationships.models import VitalityLimits
from sistercities.models import Association, CountryAlias, Export, PageText


class AssociationFactory(DjangoModelFactory):
    """The one row: there is never a second."""

    class Meta:
        model = Association
        django_get_or_create = ("pk",)

    pk = 1
    name_es = "Asociación de Ciudades Hermanas"
    name_en = "Sister Cities Association"
    email = "office@association.example"


class PageTextFactory(DjangoModelFactory):
    """Page by page."""

    class Meta:
        model = PageText

    page = factory.Iterator(PageText.Page.values)
    text_es = "# Quiénes somos\nSomos voluntarios."
    text_en = "# Who we are\nWe are volunteers."


class CountryAliasFactory(DjangoModelFactory):
    """A country as somebody wrote it."""

    class Meta:
        model = CountryAlias

    alias = factory.Sequence(lambda n: f"Lutecia {n}")
    country = "FR"


class VitalityLimitsFactory(DjangoModelFactory):
    """The one row."""

    class Meta:
        model = VitalityLimits
        django_get_or_create = ("pk",)

    pk = 1


class ExportFactory(DjangoModelFactory):
    """Somebody took a list of members along."""

    class Meta:
        model = Export

    by = factory.SubFactory("tests.factories.UserFactory")
    what = "members"
    rows = 12


MADE = {
    "association": AssociationFactory,
    "pagetext": PageTextFactory,
    "countryalias": CountryAliasFactory,
    "vitalitylimits": VitalityLimitsFactory,
    "export": ExportFactory,
}
"""By the names of their models."""
