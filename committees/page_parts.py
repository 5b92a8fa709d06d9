"""The parts of a committee's page as its desk lists them, each with what is still missing.

Each floor registers functions that look at one thing and yield parts:

    @register(order=30)
    def sisters(committee):
        yield Part("sister-7", _("Gómez Palacio"), url, missing=[_("a text about the city")])

A function asks a fixed number of queries, whatever there is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.models import City, Committee, Document, Meeting, News, OfficeTerm, Photo
from sistercities.templatetags.ui import number


@dataclass(frozen=True)
class Part:
    """One line: what it is, where its form is, what it has and what is missing."""

    key: str
    label: str
    url: str
    missing: list[str] = field(default_factory=list)
    has: str = ""


Source = Callable[[Committee], Iterable[Part]]
_sources: list[tuple[int, Source]] = []


def register(order: int) -> Callable[[Source], Source]:
    """Decorator: ask `source(committee)` for parts; the order is that of the page."""

    def add(source: Source) -> Source:
        _sources.append((order, source))
        return source

    return add


def parts(committee: Committee) -> list[Part]:
    """All parts of a committee's page, from its top down."""
    in_order = sorted(_sources, key=lambda one: one[0])
    return [part for _order, source in in_order for part in source(committee)]


def page_url(committee: Committee, name: str, *arguments) -> str:
    """The address of one of the page's forms at the desk."""
    return reverse(f"desk:{name}", args=[committee.slug, *arguments])


def own_cities(committee: Committee):
    """The cities that a committee serves today, which are its own to describe."""
    return City.objects.filter(
        committee_links__committee=committee, committee_links__until=None
    ).order_by("sort_name", "pk")


def lacks(wanted: dict[str, object]) -> list[str]:
    """The names of what is empty."""
    return [name for name, value in wanted.items() if not value]


def both(thing, name: str, what: str) -> dict[str, object]:
    """A text that should be there in both languages: one gap, or one for the missing language."""
    spanish, english = getattr(thing, f"{name}_es"), getattr(thing, f"{name}_en")
    if not spanish and not english:
        return {what: ""}
    words = {
        _("%(text)s in Spanish") % {"text": what}: spanish,
        _("%(text)s in English") % {"text": what}: english,
    }
    return words


@register(order=10)
def association(committee: Committee) -> Iterable[Part]:
    """Its story."""
    wanted = {
        **both(committee, "mission", _("what it does")),
        **both(committee, "about", _("its story")),
        _("when it was founded"): committee.founded,
    }
    yield Part("about", _("Association"), page_url(committee, "page-about"), lacks(wanted))


@register(order=20)
def cities(committee: Committee) -> Iterable[Part]:
    """Its own cities."""
    for city in own_cities(committee):
        wanted = {
            **both(city, "about", _("a text about the city")),
            _("population"): city.population,
            _("official site"): city.official_site,
        }
        label = _("Our city: %(city)s") % {"city": city.name}
        yield Part(
            f"city-{city.pk}", label, page_url(committee, "page-city", city.pk), lacks(wanted)
        )


@register(order=40)
def contact(committee: Committee) -> Iterable[Part]:
    """The ways to reach it that everyone may see."""
    way = committee.public_email or committee.public_phone or committee.website
    wanted = {_("an e-mail address, a telephone or a web site"): way}
    yield Part("contact", _("Public contact"), page_url(committee, "page-contact"), lacks(wanted))


@register(order=50)
def meetings(committee: Committee) -> Iterable[Part]:
    """When guests may come."""
    coming = Meeting.objects.for_committee(committee).filter(
        date__gte=timezone.localdate(), is_called_off=False
    )
    count = coming.count()
    usual = committee.meetings_es or committee.meetings_en
    missing = [] if count or usual else [_("the next meeting")]
    has = ngettext("%(n)s to come", "%(n)s to come", count) % {"n": number(count)} if count else ""
    yield Part("meetings", _("Meetings"), page_url(committee, "page-meetings"), missing, has)


@register(order=60)
def board(committee: Committee) -> Iterable[Part]:
    """Who is in office."""
    count = OfficeTerm.objects.filter(committee=committee, office__on_board=True).current().count()
    has = ngettext("%(n)s in office", "%(n)s in office", count) % {"n": number(count)}
    missing = [] if count else [_("who is in office")]
    yield Part(
        "board", _("Board"), page_url(committee, "page-board"), missing, has if count else ""
    )


@register(order=70)
def news_photos_documents(committee: Committee) -> Iterable[Part]:
    """What grows."""
    shown = Count("pk", filter=Q(is_public=True))
    for key, label, url_name, model, gap in (
        ("news", _("News"), "page-news", News, _("the first news item")),
        ("photos", _("Photos"), "page-photos", Photo, _("the first photo")),
        ("documents", _("Documents"), "documents", Document, ""),
    ):
        counts = model.objects.for_committee(committee).aggregate(shown=shown, all=Count("pk"))
        has = ngettext("%(n)s public", "%(n)s public", counts["shown"]) % {
            "n": number(counts["shown"])
        }
        if counts["all"] > counts["shown"]:
            hidden = counts["all"] - counts["shown"]
            has += " · " + _("%(n)s not public") % {"n": number(hidden)}
        missing = [gap] if gap and not counts["all"] else []
        if not counts["all"]:
            has = _("none yet")
        yield Part(key, label, page_url(committee, url_name), missing, has)


@register(order=100)
def colour(committee: Committee) -> Iterable[Part]:
    """The colour of its page."""
    url = page_url(committee, "page-colour")
    yield Part("colour", _("Colour"), url, has=committee.get_colour_display())
