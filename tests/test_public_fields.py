"""Every column of the registry says who may see it: docs/public_fields.csv."""

from django.apps import apps

from tests.site import canaries


def test_every_column_has_a_class_and_every_class_a_column():
    columns = {
        (model.__name__, field.name)
        for floor in canaries.FLOORS
        for model in apps.get_app_config(floor).get_models()
        if not model.__name__.startswith("Historical")
        for field in model._meta.concrete_fields
    }
    said = {
        (model, field): kind
        for model, fields in canaries.classes().items()
        for field, kind in fields.items()
    }
    assert {f"{model}.{field}" for model, field in columns - set(said)} == set(), "without a class"
    assert {f"{model}.{field}" for model, field in set(said) - columns} == set(), "not there"
    assert set(said.values()) == canaries.CLASSES


def test_what_people_trust_us_with_is_in_no_public_column():
    public = canaries.public_columns()
    for model in ("JoinRequest", "Thread", "Message", "OutgoingMail", "User", "Inquiry", "Draft"):
        assert (model, public[model]) == (model, set())
    for model, field in (("Person", "email"), ("Person", "phone"), ("Person", "notes")):
        assert field not in public[model]
