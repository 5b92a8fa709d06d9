"""Members of a committee at its desk: the list, one member, adding, changing, ending."""

from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from committees.forms.people import EndMembershipForm, MemberForm
from committees.models import Consent, JoinRequest, Membership, OfficeTerm, Person
from committees.people.memberships import may_change_address, members, with_office
from committees.rights import Role
from committees.views.desk import DeskView
from sistercities.editing.views import ActView, CreateView, EditView
from sistercities.listing.numbered import numbered

ACTS = {
    "office": ("desk:term-add", _("Who begins a term of office?")),
    "access": ("desk:access-add", _("Who gets access to the desk?")),
    "consent": ("desk:consent-add", _("Who agreed?")),
    "delegate": ("desk:delegate-add", _("Whom does the letter name?")),
}
"""What can be done with a person who was chosen: the page of the act, and the question."""
MOST_CHOICES = 50


class PeoplePage(DeskView, TemplateView):
    """Base of the pages that show something."""

    section = "people"


class PeopleForm(DeskView):
    """Base of every form about people; set it before CreateView, EditView or ActView."""

    role = Role.EDITOR
    section = "people"
    base_template = "desk/base.html"
    back_name = "people"

    def url(self, name: str, *numbers: int) -> str:
        """A page of this desk."""
        return reverse(f"desk:{name}", args=[self.committee.slug, *numbers])

    def get_back_url(self) -> str:
        """The list that the form belongs to."""
        return self.url(self.back_name)

    def get_success_url(self) -> str:
        """The same list."""
        return self.get_back_url()


def memberships_of(committee) -> QuerySet[Membership]:
    """What a desk may touch, each with its person and whether they hold an office."""
    return with_office(Membership.objects.for_committee(committee)).select_related("person")


def person_of(committee, number: int) -> Person:
    """A person of this committee, 404 for anybody else."""
    people = Person.objects.for_committee(committee).select_related("user")
    return get_object_or_404(people, pk=number)


class People(PeoplePage):
    """The members of today, by name; only those whose dues are over; or those who left."""

    template_name = "desk/people.html"

    def get_context_data(self, **kwargs) -> dict:
        """One page of them, and how many requests wait."""
        shown = self.request.GET.get("show")
        former, owing = shown == "former", shown == "dues"
        words = self.request.GET.get("q", "").strip()[:100]
        found = with_office(members(self.committee, former=former, owing=owing, words=words))
        waiting = JoinRequest.objects.for_committee(self.committee).waiting()
        return super().get_context_data(**kwargs) | {
            "page": numbered(found, self.request, ("show", "q")),
            "former": former,
            "owing": owing,
            "words": words,
            "waiting": waiting.count() if self.may(Role.COORDINATOR) else 0,
            "today": timezone.localdate(),
        }


class Member(PeoplePage):
    """One member with offices and consents."""

    template_name = "desk/people_member.html"

    def get_context_data(self, **kwargs) -> dict:
        """The membership, and what else this committee knows of the person."""
        member = get_object_or_404(memberships_of(self.committee), pk=self.kwargs["pk"])
        own = {"person": member.person}
        return super().get_context_data(**kwargs) | {
            "member": member,
            "terms": OfficeTerm.objects.for_committee(self.committee)
            .filter(**own)
            .select_related("office")
            .order_by("-begins"),
            "consents": Consent.objects.for_committee(self.committee).filter(**own),
            "others": Membership.objects.for_committee(self.committee)
            .filter(**own)
            .exclude(pk=member.pk)
            .order_by("-since"),
            "today": timezone.localdate(),
        }


class AddMember(PeopleForm, CreateView):
    """A new member; nobody is looked for outside of the committee."""

    title = _("Add a member")
    form_class = MemberForm
    message = _("Added.")

    def new_object(self) -> Membership:
        """A membership of this committee."""
        return Membership(committee=self.committee)

    def get_success_url(self) -> str:
        """The new member."""
        return self.url("member", self.object.pk)


class EditMember(PeopleForm, EditView):
    """Changes a person and the membership."""

    form_class = MemberForm
    message = _("Saved.")

    def get_queryset(self) -> QuerySet[Membership]:
        """Those of this committee."""
        return memberships_of(self.committee)

    def get_form_kwargs(self) -> dict:
        """Who may change name and address."""
        may_name = may_change_address(self.object.person, self.committee, self.held)
        return super().get_form_kwargs() | {"may_name": may_name}

    def get_title(self) -> str:
        """The person's name."""
        return self.object.person.name

    def get_back_url(self) -> str:
        """The member."""
        return self.url("member", self.object.pk)


class EndMember(PeopleForm, ActView):
    """Ends a membership on a day."""

    form_class = EndMembershipForm
    button = _("End the membership")
    is_dangerous = True
    message = _("The membership ends on that day. Its history stays.")

    @cached_property
    def found(self) -> Membership:
        """The membership of this address, still open."""
        rows = memberships_of(self.committee).filter(until=None)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_title(self) -> str:
        """Whose."""
        name = self.found.person.name
        return gettext("End the membership of %(person)s") % {"person": name}

    def get_initial(self) -> dict:
        """Today."""
        return {"until": timezone.localdate()}

    def do(self, form) -> str:
        """Write the day."""
        number = self.found.pk
        member = Membership.objects.select_for_update().get(pk=number)
        if form.cleaned_data["until"] < member.since:
            form.add_error("until", gettext("A membership cannot end before it began."))
            return ""
        member.until = form.cleaned_data["until"]
        member._change_reason = form.cleaned_data["reason"] or None
        member.save()
        return self.url("member", member.pk)

    def get_back_url(self) -> str:
        """The member."""
        return self.url("member", self.kwargs["pk"])


class Choose(PeoplePage):
    """Finds the person for an act: those in office first, then members by name."""

    role = Role.COORDINATOR
    template_name = "desk/people_choose.html"

    def get_context_data(self, **kwargs) -> dict:
        """The people found, each with the address of the act."""
        act = self.request.GET.get("for", "")
        if act not in ACTS:
            raise Http404
        page, question = ACTS[act]
        words = self.request.GET.get("q", "").strip()[:100]
        found = members(self.committee, words=words)
        people = Person.objects.filter(pk__in=found.order_by().values("person"))
        if not words:
            terms = OfficeTerm.objects.for_committee(self.committee).lasting()
            people = people | Person.objects.filter(pk__in=terms.values("person"), erased_at=None)
        people = people.order_by("sort_name", "pk")[: MOST_CHOICES + 1]
        return super().get_context_data(**kwargs) | {
            "act": act,
            "question": question,
            "words": words,
            "has_more": len(people) > MOST_CHOICES,
            "people": [
                (one, reverse(page, args=[self.committee.slug, one.pk]))
                for one in people[:MOST_CHOICES]
            ],
        }
