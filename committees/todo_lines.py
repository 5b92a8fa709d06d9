"""Lines of the to-do list that follow from the committee itself: its board and its page."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.deciding import said_by_the_office
from committees.desk import section_url
from committees.models import Committee, Membership, OfficeTerm, Photo
from committees.rights import Role
from committees.todo import Todo, register

WARNED_DAYS = 90
"""So long before a term ends its line appears; a month before, it moves up by its date."""


@register
def changes_that_the_office_asks_for(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """Of the committee itself; with the office's words."""
    if committee.review == Committee.Review.CHANGES_REQUESTED:
        words = {"reason": said_by_the_office(committee)}
        yield Todo(
            _("Change what the association asks for, and send it again: “%(reason)s”") % words,
            reverse("desk:send-again", args=[committee.slug]),
            due=today,
        )


@register
def terms_that_end(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """Somebody should follow; nothing is said once the next holder stands in the list."""
    horizon = today + datetime.timedelta(days=WARNED_DAYS)
    terms = OfficeTerm.objects.filter(committee=committee).select_related("office", "person")
    terms = [one for one in terms if one.ends is None or one.ends >= today]
    url = section_url("people", committee)
    for term in terms:
        if term.begins > today or term.ends is None or term.ends > horizon:
            continue
        follows = (one for one in terms if one.office_id == term.office_id and one != term)
        if any(one.ends is None or one.ends > term.ends for one in follows):
            continue
        yield Todo(
            _("Enter who follows %(person)s as %(office)s")
            % {"person": term.person.name, "office": term.office},
            url,
            due=term.ends,
            role=Role.COORDINATOR,
        )
    coordinators = [one for one in terms if one.office.role == Role.COORDINATOR]
    yield from without_coordinator(coordinators, today, horizon, url)


def without_coordinator(
    terms: list[OfficeTerm], today: datetime.date, horizon: datetime.date, url: str
) -> Iterator[Todo]:
    """The first day within sight on which nobody coordinates the committee."""
    covered = today - datetime.timedelta(days=1)
    for term in sorted(terms, key=lambda one: one.begins):
        if term.begins > covered + datetime.timedelta(days=1):
            break
        if term.ends is None:
            return
        covered = max(covered, term.ends)
    if covered < today:
        yield Todo(
            _("Ask the national office to enter a coordinator: the committee has none"),
            url,
            due=today,
            role=Role.VIEWER,
        )
    elif covered <= horizon:
        yield Todo(
            _("Say who coordinates the committee next, and hand it over"),
            url,
            due=covered,
            role=Role.COORDINATOR,
        )


@register
def dues_that_are_over(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """Members of today who paid once and not for now. It has no day of its own."""
    owing = Membership.objects.for_committee(committee).current(today).owing(today).count()
    if owing:
        text = ngettext(
            "Ask %(number)s member for this period's dues",
            "Ask %(number)s members for this period's dues",
            owing,
        )
        yield Todo(text % {"number": owing}, f"{section_url('people', committee)}?show=dues")


@register
def gaps_of_the_page(committee: Committee, today: datetime.date) -> Iterator[Todo]:
    """What visitors look for first."""
    about = reverse("desk:page-about", args=[committee.slug])
    if not (committee.about_es or committee.about_en):
        yield Todo(_("Write what the committee is about"), about)
    if not (committee.public_email or committee.public_phone or committee.website):
        yield Todo(
            _("Add a public contact: an e-mail address, a telephone or a web site"),
            reverse("desk:page-contact", args=[committee.slug]),
        )
    if not committee.founded:
        yield Todo(_("Say when the committee was founded; a year is enough"), about)
    if not Photo.objects.for_committee(committee).exists():
        yield Todo(
            _("Add a first photo to your page"),
            reverse("desk:page-photo-add", args=[committee.slug]),
        )
