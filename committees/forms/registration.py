"""Who is registered for a convention: the rules of every form, and the form of the desk."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from committees.conventions.credentials import first_day, is_the_same
from committees.forms.people import NAME, WRITE_NAME, email_field
from committees.models import Person, Registration
from committees.models.delegation import delegates_of
from sistercities.folding import fold

NAMED = {
    Registration.Capacity.DELEGATE: _(
        "The committee's letter names %(person)s as its delegate. Register that person, or hand in"
        " a new letter first."
    ),
    Registration.Capacity.ALTERNATE: _(
        "The committee's letter names %(person)s as its alternate. Register that person, or hand in"
        " a new letter first."
    ),
}


class RegistrationRules(forms.ModelForm):
    """Base of the forms: what the database would refuse is said in words, and who votes is who the
    letter names."""

    def clean(self) -> dict:
        """Delegate and alternate are those of the letter in force on the first day, if any."""
        values = super().clean() or self.cleaned_data
        convention = values.get("convention") or getattr(self.instance, "convention", None)
        committee = values.get("committee") or self.instance.committee
        capacity = values.get("capacity")
        if capacity in NAMED and convention and committee and values.get("name"):
            letter = delegates_of(committee, first_day(convention)).get(capacity)
            person = values.get("person") or self.instance.person
            candidate = Registration(person=person, sort_name=fold(values["name"])[:150])
            if letter and not is_the_same(candidate, letter.person):
                who = {"person": letter.person.name}
                self.add_error("capacity", ValidationError(NAMED[capacity], params=who))
        return values

    def _post_clean(self) -> None:
        """The constraints with columns that no form has are asked as well."""
        super()._post_clean()
        if not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as error:
                self.add_error(None, list(dict.fromkeys(error.messages)))


class DeskRegistrationForm(RegistrationRules):
    """Somebody whom a committee sends."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=150,
        widget=forms.TextInput(attrs=NAME),
        error_messages={"required": WRITE_NAME},
    )
    email = email_field(required=False)

    class Meta:
        model = Registration
        fields = ["name", "email", "capacity"]
        labels = {"capacity": _("Comes as")}
        widgets = {"capacity": forms.RadioSelect}

    def clean(self) -> dict:
        """Who it is, where the committee knows one person of this name and no other address."""
        values = self.cleaned_data
        if values.get("name"):
            self.instance.person = self.known(values["name"], values.get("email", ""))
        return super().clean()

    def known(self, name: str, email: str) -> Person | None:
        """The one person of the committee; people of other committees are never looked at."""
        people = Person.objects.for_committee(self.instance.committee)
        found = list(people.filter(sort_name=fold(name)[:150])[:2])
        if email and len(found) > 1:
            found = [one for one in found if one.email.lower() == email.strip().lower()]
        same = len(found) == 1 and (not email or found[0].email.lower() in ("", email.lower()))
        return found[0] if same else None
