"""Invitations to committees' desks, also from the national office."""

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from committees.invitations import CannotInvite, invite
from committees.models import Committee, Invitation, Person
from committees.rights import entered_terms
from sistercities.admin import ReadOnlyAdmin

INVITED_AT_ONCE = 50


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    """Who was invited where, by whom, and whether they came."""

    list_display = ("person", "committee", "email", "invited_by", "created_at", "accepted_at")
    list_filter = (
        ("accepted_at", admin.EmptyFieldListFilter),
        ("withdrawn_at", admin.EmptyFieldListFilter),
    )
    row_relations = ("person", "committee", "invited_by")
    search_fields = ("email", "committee__sort_name")
    read_columns = ("person__name",)
    date_hierarchy = "created_at"


class InvitesPeople:
    """Mixin for the page of people: invite those who hold or will hold an office."""

    actions = ("invite",)

    @admin.action(
        description=gettext_lazy("Invite to the committee's desk"), permissions=["change"]
    )
    def invite(self, request: HttpRequest, queryset: QuerySet[Person]) -> None:
        """Write to the chosen people; say whom not, and why."""
        people = list(queryset[:INVITED_AT_ONCE])
        committees: dict[int, Committee] = {}
        terms = entered_terms(timezone.localdate()).filter(person__in=people)
        for term in terms.select_related("committee").order_by("-office__rank"):
            committees[term.person_id] = term.committee
        invited = 0
        for person in people:
            try:
                if person.pk not in committees:
                    raise CannotInvite(
                        _("%(person)s holds no office: enter the term first.")
                        % {"person": person.name}
                    )
                with transaction.atomic():
                    invite(person, committees[person.pk], request.user)
                invited += 1
            except CannotInvite as why:
                self.message_user(request, str(why), messages.WARNING)
        if invited:
            text = ngettext("%(count)s was invited.", "%(count)s were invited.", invited)
            self.message_user(request, text % {"count": invited}, messages.SUCCESS)
