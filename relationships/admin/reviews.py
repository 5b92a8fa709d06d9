"""What a reviewer reads of a tie, a report or a committee beside its own columns."""

from django.db.models import F, Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from committees.deciding import tell_committees
from committees.models import City, Committee
from relationships import deciding
from relationships.addresses import here
from relationships.models import Donation, Evidence, Exchange, Tie, TieEvent
from relationships.pages.committee import CommitteePage
from relationships.pages.exchange import ExchangePage
from relationships.pages.tie import TiePage
from relationships.reporting.acknowledging import Report, teller_of
from relationships.witnessing import event_in_words
from sistercities.admin.comparing import Fact, Line, Section
from sistercities.admin.reviewing import ReviewPages

MOST = 10
"""Likely duplicates, and rows of a kind, that are listed."""


def when(moment) -> str:
    """A moment, as people read it."""
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


def namesakes(city: City) -> QuerySet[City]:
    """Other places of the same name and country."""
    found = City.objects.filter(sort_name=city.sort_name, country=city.country)
    return found.exclude(pk=city.pk)


class TieReview(ReviewPages):
    """A tie: its story, its proof, who proposed it, ties of the cities' namesakes."""

    review_related = ((TieEvent, "tie_id"), (Evidence, "tie_id"))
    review_has_preview = True

    def review_sections(self, obj: Tie) -> list[Section]:
        """What happened, what proves it, who says so."""
        events = [
            Line(" · ".join(filter(None, [event_in_words(one), one.place, one.note])))
            for one in obj.events.order_by("date", "pk")
        ]
        return [
            Section(_("What happened"), events, _("Nothing was said yet.")),
            Section(
                _("What proves it"),
                [proof(one) for one in obj.evidence.order_by("pk")],
                _("No evidence yet."),
            ),
            Section(
                _("Who says so"),
                [Line(said(one, obj)) for one in obj.statements.order_by("pk")[:MOST]],
                _("Nobody yet."),
            ),
        ]

    def review_sender(self, obj: Tie) -> list[Fact]:
        """The proposal, with the private contact of the other side."""
        proposal = getattr(obj, "proposal", None)
        if proposal is None:
            return []
        return sent_by(proposal) + [
            Fact(_("Contact on the other side"), text)
            for text in (proposal.contact, *self._contacts(obj))
            if text
        ]

    def _contacts(self, tie: Tie) -> list[str]:
        return [one.email for one in tie.side_contacts.filter(stopped_on=None)[:MOST]]

    def review_alike(self, obj: Tie) -> list[Model]:
        """Ties of places named alike, and such places themselves."""
        a, b = obj.city_a, obj.city_b
        like_a, like_b = ([one, *namesakes(one)[:MOST]] for one in (a, b))
        pairs = Q(city_a__in=like_a, city_b__in=like_b) | Q(city_a__in=like_b, city_b__in=like_a)
        ties = Tie.objects.with_cities().filter(pairs).exclude(pk=obj.pk)[:MOST]
        return [*ties, *like_a[1:], *like_b[1:]]

    def review_preview(self, obj: Tie) -> tuple[str, dict]:
        """The public page."""
        tie = Tie.objects.with_cities().get(pk=obj.pk)
        page = TiePage(tie, language=here(), today=timezone.localdate())
        return "relationships/tie.html", {"page": page, "tie": tie}

    def tell(self, objects: list) -> None:
        """Those who proposed them."""
        deciding.tell_decisions(tie.pk for tie in objects)


class ReportReview(ReviewPages):
    """An exchange or a donation: its tie, the side that reported, reports of the same time."""

    def review_sections(self, obj: Report) -> list[Section]:
        """Its tie, and what the other side says against it."""
        url = reverse("admin:relationships_tie_change", args=[obj.tie_id])
        objections = [Line(one.text) for one in obj.objections.open()[:MOST]]
        return [
            Section(_("Its tie"), [Line(str(obj.tie), url)]),
            Section(_("What the other side says against it"), objections, _("Nothing.")),
        ]

    def review_sender(self, obj: Report) -> list[Fact]:
        """The side that reported."""
        cities = {"a": obj.tie.city_a, "b": obj.tie.city_b}
        city = cities.get(teller_of(obj))
        return [Fact(_("Reported by"), str(city))] if city else []

    def review_alike(self, obj: Report) -> list[Model]:
        """Others of the tie in the same year."""
        others = type(obj).objects.filter(tie=obj.tie_id).exclude(pk=obj.pk)
        column = "date" if isinstance(obj, Donation) else "begins"
        year = getattr(obj, column).year
        same = {f"{column}__gte": str(year), f"{column}__lt": str(year + 1)}
        return list(others.filter(**same)[:MOST])

    def review_preview(self, obj: Report) -> tuple[str, dict] | None:
        """Exchanges have a page."""
        if not isinstance(obj, Exchange):
            return None
        found = Exchange.objects.select_related("tie__city_a__region", "tie__city_b__region").get(
            pk=obj.pk
        )
        page = ExchangePage(found, language=here(), today=timezone.localdate())
        return "relationships/exchange.html", {"page": page, "exchange": found}

    def tell(self, objects: list) -> None:
        """The desks of the side that reported."""
        deciding.tell_reports(objects)


class CommitteeReview(ReviewPages):
    """A committee: its cities, and committees of the same name or city."""

    review_has_preview = True

    def review_sections(self, obj: Committee) -> list[Section]:
        """Where it works, and who speaks for it."""
        cities = [Line(str(one.city)) for one in obj.city_links.select_related("city__region")]
        terms = obj.terms.current().select_related("office", "person")[:MOST]
        people = [Line(f"{one.office}: {one.person}") for one in terms]
        return [
            Section(_("Its cities"), cities, _("None yet.")),
            Section(_("In office today"), people, _("Nobody yet.")),
        ]

    def review_alike(self, obj: Committee) -> list[Model]:
        """Of the same name, or for one of its cities."""
        served = obj.city_links.values("city")
        alike = Q(sort_name=obj.sort_name) | Q(city_links__city__in=served)
        found = Committee.objects.filter(alike).exclude(pk=obj.pk)
        return list(found.exclude(state=Committee.State.DISSOLVED).distinct()[:MOST])

    def review_preview(self, obj: Committee) -> tuple[str, dict]:
        """The public page."""
        found = Committee.objects.annotate(only_tie=F("single_tie__tie")).get(pk=obj.pk)
        page = CommitteePage(found, language=here(), today=timezone.localdate())
        return "relationships/committee.html", {"page": page, "committee": found}

    def tell(self, objects: list) -> None:
        """Those in office there."""
        tell_committees(objects)


def sent_by(sent) -> list[Fact]:
    """Committee, person and day of a proposal or an edit."""
    facts = [(_("Committee"), str(sent.committee or _("The office, after a visitor's report")))]
    if sent.sent_by:
        facts.append((_("Sent by"), str(sent.sent_by)))
    facts.append((_("Sent on"), when(sent.sent_at)))
    return [Fact(label, text) for label, text in facts]


def proof(evidence: Evidence) -> Line:
    """A piece of evidence with its file or its address."""
    words = [evidence.get_kind_display(), evidence.title]
    if evidence.date:
        words.append(evidence.date.in_words())
    if evidence.file:
        words.append(_("everyone may see it") if evidence.is_public else _("private file"))
        url = reverse("public:evidence-file", args=[evidence.pk])
    else:
        url = evidence.url
    return Line(" · ".join(words), url)


def said(statement, tie: Tie) -> str:
    """Who says what of a tie."""
    city = {"a": tie.city_a.name, "b": tie.city_b.name}.get(statement.said_by, "")
    words = [statement.source, city, statement.kind_text, statement.date_text]
    return " · ".join(filter(None, words))
