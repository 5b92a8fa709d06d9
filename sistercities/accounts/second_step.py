"""How often a second step may be tried by whoever got through the first one.

From one place five times in a quarter of an hour, like a password: a stranger who knows it does not
lock the owner out. For codes of an app there is a ceiling for all places together besides, since
they are short: one of 1,000,000 is right at any moment, so fifty tries a day find it on one day in
20,000, and the owner is told on the first of them. Recovery codes have twelve digits, ten of which
are right: a million tries a day find one in 270 years. They need no such ceiling, nor do passkeys,
which cannot be guessed; so the owner comes in by them while the app's codes rest.
"""

import contextlib
from collections.abc import Iterator

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sistercities.accounts.limits import WAIT, fingerprint_of, too_many
from sistercities.limits import DAY, address_of, knock
from sistercities.models import User

HERE = 5
"""Wrong tries from one place within WAIT."""
CODES_A_DAY = 50
"""Wrong codes of an app from all places together."""


@contextlib.contextmanager
def counted(user: User, *, is_app_code: bool = False) -> Iterator[None]:
    """Around one try: refused when there were too many, not counted when it was right."""
    request = context.request
    place = f"{user.pk}\n{fingerprint_of(address_of(request))}"
    counts = [knock("second step", place, most=HERE, within=WAIT)]
    if counts[0] is None:
        get_adapter().tell_of_wrong_codes(user)
        raise ImmediateHttpResponse(too_many(request))
    if is_app_code:
        counts.append(knock("code of an app", str(user.pk), most=CODES_A_DAY, within=DAY))
        if counts[1] is None:
            counts[0].delete()
            get_adapter().tell_of_wrong_codes(user)
            raise ValidationError(
                _(
                    "Too many wrong codes were tried with this login. Use a recovery code or a "
                    "passkey, or wait a day."
                )
            )
    yield
    for count in counts:
        count.delete()
