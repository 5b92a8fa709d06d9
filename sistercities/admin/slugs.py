"""Changing the address of a public page: never to one that is or was another page's."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sistercities.admin.reasons import ReasonForm
from sistercities.models import Address


class AddressedForm(ReasonForm):
    """A form with a slug. `subject` is the kind of page in `Address`."""

    subject = ""

    def clean_slug(self) -> str:
        """The slug, empty to have one made of the name."""
        slug = self.cleaned_data["slug"]
        if slug and Address.owner(self.subject, slug) not in (None, self.instance.pk):
            raise ValidationError(_("This address already belongs to another page."))
        return slug
