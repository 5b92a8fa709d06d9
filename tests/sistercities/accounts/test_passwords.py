"""Which passwords are taken."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.factories import (
    CityFactory,
    CommitteeFactory,
    OfficeTermFactory,
    PersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    """Somebody of the committee of South El Monte."""
    user = UserFactory(email="mary@example.org", name="Mary Specimen")
    city = CityFactory(name="South El Monte", country="US")
    committee = CommitteeFactory(name="Amigos de La Puente", cities=[city])
    OfficeTermFactory(person=PersonFactory(user=user), committee=committee)
    return user


def refused(password: str, user) -> set[str]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {one.code for one in error.error_list}
    return set()


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("elevenchars", "password_too_short"),
        ("x" * 129, "password_too_long"),
        ("qwerty123456", "password_too_common"),
        ("SouthElMonte2026!", "password_is_a_name"),
        ("amigos de la puente 1", "password_is_a_name"),
        ("ciudadeshermanas99", "password_is_a_name"),
        ("maryspecimen", "password_too_similar"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused(member, password, why):
    assert why in refused(password, member)


@pytest.mark.parametrize(
    "password",
    [
        "four quiet green turtles",
        "ñandú y ajolote en el río",
        "a city of quiet green turtles",
        "482916305177",
        "x7!" * 42,
    ],
)
def test_every_other_password_is_taken_whatever_its_letters(member, password):
    assert refused(password, member) == set()


def test_passwords_are_hashed_with_argon2():
    from sistercities import settings

    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
