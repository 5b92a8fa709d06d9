"""The forms about people at the committee's desk."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import Consent, Membership, Office, OfficeTerm, Person
from committees.people import lists, terms
from committees.people.memberships import CannotJoin, join, known_person
from committees.rights import Role
from sistercities.folding import fold

NAME = {"autocomplete": "name", "spellcheck": "false"}
WRITE_NAME = _("Write the full name.")
LONGEST_PASTED = 1_000_000
EARLIEST = datetime.date(1850, 1, 1)


class DayField(forms.DateField):
    """A day: the browser's own calendar, or typed."""

    def __init__(self, **options) -> None:
        options.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        options.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y"])
        options["error_messages"] = {
            "invalid": _("Write the date as 2026-05-14."),
            "required": _("Write the date."),
        } | options.get("error_messages", {})
        super().__init__(**options)

    def validate(self, value) -> None:
        """Nobody joined before 1850, or will after 2200."""
        super().validate(value)
        if value and not EARLIEST <= value <= datetime.date(2200, 12, 31):
            raise ValidationError(self.error_messages["invalid"])


def email_field(**options) -> forms.EmailField:
    """An address with our sentence."""
    return forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write the e-mail address."),
            "invalid": _("Write an e-mail address like name@example.org."),
        },
        **options,
    )


class MemberForm(forms.ModelForm):
    """A member: the person and the membership. `may_name` is False for somebody in office whom an
    editor looks at."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=150,
        widget=forms.TextInput(attrs=NAME),
        error_messages={"required": WRITE_NAME},
    )
    email = email_field(required=False)
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    since = DayField(label=_("Member since"))
    dues_paid_until = DayField(label=_("Dues paid until"), required=False)
    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the people of this desk read it."),
    )
    field_order = ("name", "email", "phone", "category", "since", "dues_paid_until", "note")

    class Meta:
        model = Membership
        fields = ["category", "since", "dues_paid_until", "note"]
        labels = {"category": _("Category")}

    def __init__(self, *args, may_name: bool = True, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            person = self.instance.person
            self.initial |= {"name": person.name, "email": person.email, "phone": person.phone}
        elif not self.initial.get("since"):
            self.initial["since"] = timezone.localdate()
        if not may_name:
            for name in ("name", "email"):
                self.fields[name].disabled = True
            self.fields["email"].help_text = _(
                "This person holds an office: only a coordinator changes the name and the address."
            )

    def clean_name(self) -> str:
        """Letters at least."""
        name = " ".join(self.cleaned_data["name"].split())
        if not fold(name):
            raise ValidationError(WRITE_NAME)
        return name

    def clean_email(self) -> str:
        """Without capitals."""
        return self.cleaned_data["email"].strip().lower()

    def clean(self) -> None:
        """Somebody whom the committee knows is not entered twice."""
        super().clean()
        data = self.cleaned_data
        self.known = None
        if self.instance.pk is None and data.get("name") and not self.errors:
            self.known = known_person(self.instance.committee, data["name"], data.get("email", ""))
            open_ones = Membership.objects.filter(committee=self.instance.committee, until=None)
            if self.known and open_ones.filter(person=self.known).exists():
                raise ValidationError(
                    _("%(person)s is a member already."), params={"person": self.known.name}
                )

    def save(self, commit: bool = True) -> Membership:
        """The person first, then the membership."""
        data, reason = self.cleaned_data, getattr(self.instance, "_change_reason", None)
        person = self.instance.person if self.instance.pk else self.known or Person()
        wanted = {name: data[name] for name in ("name", "email", "phone")}
        if any(getattr(person, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(person, name, value)
            person._change_reason = reason
            person.save()
        if self.instance.pk:
            return super().save(commit)
        more = {name: data[name] for name in ("category", "dues_paid_until", "note")}
        try:
            return join(person, self.instance.committee, since=data["since"], **more)
        except CannotJoin as why:
            self.add_error(None, str(why))
            return self.instance


class EndMembershipForm(forms.Form):
    """The last day of a membership."""

    until = DayField(label=_("Last day"))
    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        required=False,
        help_text=_("For the history; only this desk and the national office read it."),
    )


class ListForm(forms.Form):
    """A list of members, pasted or as a file."""

    text = forms.CharField(
        label=_("Paste the rows here, with the line that names the columns"),
        required=False,
        max_length=LONGEST_PASTED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "wrap": "off"}),
        error_messages={"max_length": _("This is too much to paste. Send it as a CSV file.")},
    )
    file = forms.FileField(
        label=_("Or choose a CSV file"),
        required=False,
        help_text=_("At most 5 MB and 20,000 rows"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv,text/plain"}),
        error_messages={"empty": _("The file is empty.")},
    )

    def clean(self) -> None:
        """The rows, as `rows`."""
        super().clean()
        file, text = self.cleaned_data.get("file"), self.cleaned_data.get("text") or ""
        field = "file" if file else "text"
        if self.errors:
            return
        try:
            if file:
                if file.size > lists.MOST_BYTES:
                    raise lists.ListRefused(_("The file must be smaller than 5 MB."))
                text = lists.decode(file.read())
            self.cleaned_data["rows"] = lists.read(text)
        except lists.ListRefused as why:
            self.add_error(field, str(why))


class DeclineForm(forms.Form):
    """Why not; the person reads it."""

    reason = forms.CharField(
        label=_("Your answer"),
        help_text=_("We send it to the person by e-mail."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a sentence for the person.")},
    )


class TermForm(forms.Form):
    """An office and its days."""

    office = forms.ModelChoiceField(
        label=_("Office"),
        queryset=Office.objects.none(),
        empty_label=_("Choose"),
        error_messages={
            "required": _("Choose the office."),
            "invalid_choice": _("Choose an office of this list."),
        },
    )
    begins = DayField(label=_("First day"))
    ends = DayField(
        label=_("Last day"), required=False, help_text=_("Empty when it is not known yet")
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = terms.offices()


class EndTermForm(forms.Form):
    """The last day of a term; and who takes over, when nobody else coordinates."""

    ends = DayField(label=_("Last day"))
    successor = forms.ModelChoiceField(
        label=_("Who takes over"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
        help_text=_("From the day after. Who has no login gets an invitation by e-mail."),
        error_messages={"invalid_choice": _("Choose somebody of this list.")},
    )
    leave = forms.BooleanField(
        label=_("Leave the committee without a coordinator; the national office sees it."),
        required=False,
    )

    def __init__(self, *args, term: OfficeTerm, **kwargs) -> None:
        self.term = term
        super().__init__(*args, **kwargs)
        self.asks = terms.is_last_coordinator(term, timezone.localdate())
        if not self.asks:
            del self.fields["successor"], self.fields["leave"]
            return
        found = terms.candidates(term.committee, but=term.person)
        self.fields["successor"].queryset = Person.objects.filter(
            pk__in=[one.person.pk for one in found]
        )

    def clean(self) -> None:
        """Nobody leaves a committee alone without saying so."""
        super().clean()
        ends, data = self.cleaned_data.get("ends"), self.cleaned_data
        if not ends:
            return
        if ends < self.term.begins:
            self.add_error("ends", _("A term cannot end before it began."))
        elif (
            self.asks
            and terms.is_last_coordinator(self.term, ends)
            and not (data.get("successor") or data.get("leave"))
        ):
            self.add_error("successor", _("Nobody else coordinates. Say who takes over."))


class AccessForm(forms.Form):
    """What a helper may do at the desk, and until when."""

    role = forms.ChoiceField(
        label=_("What the person may do"),
        choices=[
            (Role.EDITOR.value, _("Edit: page, members, ties, exchanges")),
            (Role.VIEWER.value, _("Look: read all, change nothing")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the person may do.")},
    )
    ends = DayField(label=_("Until"), required=False, help_text=_("Empty: until you end it"))


class ConsentForm(forms.Form):
    """What the person agreed to, and when."""

    what = forms.ChoiceField(
        label=_("What may be shown"),
        choices=Consent.What.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what may be shown.")},
    )
    given_on = DayField(label=_("Agreed on"))
    agreed = forms.BooleanField(
        label=_("The person read this wording, or heard it, and agreed."),
        error_messages={"required": _("Without the person's word nothing can be recorded.")},
    )

    def clean_given_on(self) -> datetime.date:
        """Not tomorrow."""
        if self.cleaned_data["given_on"] > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return self.cleaned_data["given_on"]


class EraseForm(forms.Form):
    """The full name, typed, as a proof that it is meant."""

    name = forms.CharField(
        label=_("Type your full name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type your full name.")},
    )

    def __init__(self, *args, person: Person, **kwargs) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        """The name that is on record."""
        if fold(self.cleaned_data["name"]) != fold(self.person.name):
            raise ValidationError(
                _("This is not the name on record. It is: %(name)s."),
                params={"name": self.person.name},
            )
        return self.cleaned_data["name"]


class JoinForm(forms.Form):
    """What a visitor writes who wants to join. `website` is a trap: people do not see it."""

    name = forms.CharField(
        label=_("Your full name"),
        max_length=150,
        widget=forms.TextInput(attrs=NAME),
        error_messages={"required": _("Write your name.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an e-mail address like name@example.org."),
        },
    )
    why = forms.CharField(
        label=_("Why you want to join, or what you would like to do"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": _("Write 1,000 characters at most.")},
    )
    agreed = forms.BooleanField(
        error_messages={"required": _("We need your agreement to keep what you write.")}
    )
    website = forms.CharField(required=False)

    def __init__(self, *args, wording: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = wording

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled it in."""
        return bool(self.data.get("website"))

    def clean_name(self) -> str:
        """Letters at least."""
        name = " ".join(self.cleaned_data["name"].split())
        if not fold(name):
            raise ValidationError(_("Write your name."))
        return name
