"""Whose login an address is: always by the same two questions, so that the time tells nothing."""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress

from sistercities.models import User
from sistercities.prepared import columns, prepared


@prepared
def _user(number: int):
    """Asked at every page of whoever is logged in."""
    return User.objects.filter(pk=number).values(*columns(User))


def owners_of(email: str, *, also_closed: bool = False) -> list[User]:
    """Who logs in with an address: one person, or nobody.

    allauth asks its second question only about addresses that it did not find by the first.
    """
    email = email.strip().lower()
    confirmed = EmailAddress.objects.filter(email=email, verified=True).select_related("user")
    proven = [one.user for one in confirmed if one.email.lower() == email]
    named = [one for one in User.objects.filter(email__iexact=email) if one.email.lower() == email]
    return [one for one in (proven or named)[:1] if one.is_active or also_closed]


class ByEmail(AuthenticationBackend):
    """allauth's way in, with the same questions and one hashing for whatever address."""

    def get_user(self, user_id: int) -> User | None:
        """Who is logged in, as long as they may be."""
        found = next(iter(_user.objects(number=user_id)), None)
        return found if found and self.user_can_authenticate(found) else None

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        for user in owners_of(email, also_closed=True):
            return self._check_password(user, password)
        return None
