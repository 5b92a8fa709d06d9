"""What changed of ties, exchanges and news, newest first, for feed readers.

A feed has its place in the registry: all of it, a list with its filters, a city, a committee.
At most one question for each kind of thing, whatever its size.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from committees.models import Committee, CommitteeCity, News
from relationships.addresses import here, page_of, tie_page
from relationships.listing import words
from relationships.listing.exchanges import public_exchanges
from relationships.models import Exchange, Tie
from relationships.pages.scope import single_tie_of, ties_of_city, ties_of_committee
from sistercities.atom import Entry, tag
from sistercities.bilingual import Text, choose
from sistercities.listing.columns import columns
from sistercities.partialdates import PartialDate
from sistercities.plaintext import shortened

MOST = 50
LONGEST = 1000
"""Characters of a text; the rest is on its page."""

TIE = ("pk", "slug", "kind", "status", "since", "created_at", "changed_at", "summary_es")
TIE += ("summary_en", "city_a__sort_name", "city_a_id", "city_a__name")
TIE += ("city_b__sort_name", "city_b_id", "city_b__name")
EXCHANGE = ("pk", "slug", "title_es", "title_en", "begins", "theme", "created_at", "changed_at")
EXCHANGE += ("summary_es", "summary_en", "tie__city_a__sort_name", "tie__city_a__name")
EXCHANGE += ("tie__city_b__sort_name", "tie__city_b__name")
NEWS = ("pk", "title_es", "title_en", "text_es", "text_en", "created_at", "changed_at")
NEWS += ("committee__slug", "committee__name")


def of_everything() -> list[Entry]:
    """The whole registry."""
    return newest(of_ties(Tie.objects.public()), of_exchanges(public_exchanges()), of_news(Q()))


def of_city(city: int) -> list[Entry]:
    """A city's ties, what it did in them, and the news of the committees that serve it."""
    serving = CommitteeCity.objects.filter(city=city, until=None).order_by().values("committee")
    return _around(ties_of_city(city), of_news(Q(committee__in=serving)))


def of_committee(committee: int, only_tie: int | None) -> list[Entry]:
    """A committee's news, its ties and what was done in them."""
    ties = single_tie_of(committee) if only_tie else ties_of_committee(committee)
    return _around(ties, of_news(Q(committee=committee)))


def _around(ties: QuerySet, news: list[Entry]) -> list[Entry]:
    done = Exchange.objects.visible().filter(tie__in=ties.order_by().values("pk"))
    return newest(of_ties(ties), of_exchanges(done), news)


def newest(*parts: Iterable[Entry]) -> list[Entry]:
    """The newest of several kinds."""
    entries = [one for part in parts for one in part]
    entries.sort(key=lambda one: (one.changed, one.id), reverse=True)
    return entries[:MOST]


def of_ties(ties: QuerySet) -> list[Entry]:
    """Ties by their last change."""
    language = here()
    kinds, statuses = words.said(words.KINDS), words.said(words.STATUSES)
    entries = []
    for row in columns(ties.order_by("-changed_at", "-pk"), *TIE)[:MOST]:
        pk, slug, kind, status, since, made, changed, es, en, *cities = row
        (*_a, first), (*_b, second) = sorted((cities[:3], cities[3:]))
        facts = [kinds[kind]]
        if since:
            facts.append(_since(since))
        facts.append(statuses[status])
        entries.append(
            Entry(
                id=tag("tie", pk),
                url=tie_page(slug, language),
                title=Text(f"{first} – {second}"),
                made=made,
                changed=changed,
                summary=_told(" · ".join(facts), choose(language, es=es, en=en)),
                kind="tie",
            )
        )
    return entries


def of_exchanges(exchanges: QuerySet) -> list[Entry]:
    """Exchanges by their last change."""
    language, themes = here(), words.said(words.THEMES)
    entries = []
    for row in columns(exchanges.order_by("-changed_at", "-pk"), *EXCHANGE)[:MOST]:
        pk, slug, title_es, title_en, begins, theme, made, changed, es, en, *cities = row
        (_a, first), (_b, second) = sorted((cities[:2], cities[2:]))
        facts = [f"{first} – {second}", themes[theme], begins.in_words(language)]
        entries.append(
            Entry(
                id=tag("exchange", pk),
                url=page_of("public:exchange", slug, language),
                title=choose(language, es=title_es, en=title_en) or Text(slug),
                made=made,
                changed=changed,
                summary=_told(" · ".join(facts), choose(language, es=es, en=en)),
                kind="exchange",
            )
        )
    return entries


def of_news(whose: Q) -> list[Entry]:
    """News that published committees show, by their last change."""
    language = here()
    published = Committee.Review.PUBLISHED
    shown = News.objects.shown().filter(whose, committee__review=published)
    entries = []
    for row in columns(shown.order_by("-changed_at", "-pk"), *NEWS)[:MOST]:
        pk, title_es, title_en, es, en, made, changed, slug, name = row
        text = choose(language, es=es, en=en)
        entries.append(
            Entry(
                id=tag("news", pk),
                url=f"{page_of('public:committee-news', slug, language)}{pk}/",
                title=choose(language, es=title_es, en=title_en) or Text(name),
                made=made,
                changed=changed,
                summary=Text(shortened(text.text, LONGEST), text.lang),
                kind="news",
                author=name,
            )
        )
    return entries


def _since(date: PartialDate) -> str:
    """ "since 1969", "since May 14, 1969": Spanish has an article before a day."""
    if date.day:
        return _("since %(day)s") % {"day": date.in_words()}
    return _("since %(when)s") % {"when": date.in_words()}


def _told(facts: str, text: Text) -> Text:
    """The facts, and what is told where that is in the reader's language."""
    if not text or text.lang:
        return Text(facts)
    return Text(f"{facts}\n\n{shortened(text.text, LONGEST)}")
