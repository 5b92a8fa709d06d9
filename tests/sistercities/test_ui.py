import datetime
from decimal import Decimal
from types import SimpleNamespace

import html5lib
import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import resolve
from django.utils import translation
from django.utils.html import escape

from sistercities.listing.facets import Facet, Value
from sistercities.partialdates import PartialDate
from sistercities.templatetags import ui

pytestmark = pytest.mark.urls("tests.sistercities.frame_urls")

OTHER = {"code": "en", "name": "English", "url": "/en/city-list/?q=a&sort=b"}


def draw(source: str, language: str = "en", path: str = "/en/", **context) -> str:
    """A template of one line, with the tags loaded and a request."""
    context.setdefault("request", RequestFactory().get(path))
    with translation.override(language):
        return Template("{% load i18n ui %}" + source).render(Context(context)).strip()


def page(number: int, pages: int, near: list[int]) -> SimpleNamespace:
    """A page of a list as views hand it over."""
    return SimpleNamespace(
        number=number,
        pages=pages,
        near=[(n, f"?page={n}", n == number) for n in near],
        first_url="?page=1",
        previous_url=f"?page={number - 1}" if number > 1 else "",
        next_url=f"?page={number + 1}" if number < pages else "",
        last_url=f"?page={pages}",
    )


class AskForm(forms.Form):
    city = forms.CharField(error_messages={"required": "Enter the name of the city"})
    note = forms.CharField(required=False)


# Numbers, distances, dates


@pytest.mark.parametrize("language", ["es", "en"])
def test_thousands_are_marked_in_both_languages(language):
    assert draw("{{ n|number }}", language, n=1234567) == "1,234,567"
    assert draw("{{ n|decimal }}", language, n=1643.25) == "1,643.2"


def test_a_distance_is_in_kilometres_in_spanish_and_in_miles_first_in_english():
    assert draw("{{ km|distance }}", "es", km=1643) == "1,643\xa0km"
    assert draw("{{ km|distance }}", "en", km=1643) == "1,021\xa0miles (1,643\xa0km)"
    assert draw("{{ km|distance_short }}", "es", km=1643) == "1,643\xa0km"
    assert draw("{{ km|distance_short }}", "en", km=1643) == "1,021\xa0mi"


@pytest.mark.parametrize(
    "name", ["number", "decimal", "distance", "distance_short", "long_date", "file_size"]
)
def test_what_is_unknown_is_shown_as_nothing(name):
    assert draw("{{ value|" + name + " }}", value=None) == ""


def test_money_names_its_currency_and_shows_cents_only_when_there_are_any():
    assert draw('{% money a "USD" %}', a=Decimal("18500.00")) == "18,500\xa0USD"
    assert draw('{% money a "MXN" %}', a=Decimal("1200.50")) == "1,200.50\xa0MXN"


def test_dates_are_in_words():
    day = datetime.date(2026, 11, 21)
    assert draw("{{ d|long_date }}", "es", d=day) == "21 de noviembre de 2026"
    assert draw("{{ d|long_date }}", "en", d=day) == "November 21, 2026"


def test_the_day_of_a_moment_is_the_one_that_it_was_here():
    evening = datetime.datetime(2026, 11, 22, 0, 5, tzinfo=datetime.UTC)
    assert draw("{{ d|long_date }}", "en", d=evening) == "November 21, 2026"


@pytest.mark.parametrize(
    ("text", "spanish", "english"),
    [
        ("1969", "1969", "1969"),
        ("1969-05", "mayo de 1969", "May 1969"),
        ("1969-05-14", "14 de mayo de 1969", "May 14, 1969"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(text, spanish, english):
    day = PartialDate.parse(text)
    assert draw("{{ d|partial_date }}", "es", d=day) == spanish
    assert draw("{{ d|partial_date }}", "en", d=day) == english
    assert draw("{{ d|partial_date }}", "en", d=None) == ""


def test_a_file_size_is_in_kilobytes_or_megabytes():
    assert draw("{{ n|file_size }}", n=120) == "1\xa0kB"
    assert draw("{{ n|file_size }}", n=380_000) == "380\xa0kB"
    assert draw("{{ n|file_size }}", n=1_240_000) == "1.2\xa0MB"


# The frame of a page


@pytest.mark.parametrize(
    "text, dialled",
    [
        ("+52 33 5555 0160", "+523355550160"),
        ("(626) 555-0169", "6265550169"),
        ("626.555.0169", "6265550169"),
    ],
)
def test_a_telephone_number_is_a_link_that_dials(text, dialled):
    assert ui.telephone(text) == f'<a href="tel:{dialled}">{text}</a>'


@pytest.mark.parametrize(
    "text", ["555 0160 ext. 4", "555 0160, 555 0161", "<b>1</b>", "mornings", "+52"]
)
def test_what_is_no_single_number_is_no_link(text):
    assert ui.telephone(text) == escape(text)


def test_the_title_says_the_page_of_a_long_list():
    assert draw('{% page_title "Ties" page=p %}', p=page(2, 9, [1, 2, 3])) == "Ties (page 2 of 9)"
    assert draw('{% page_title "Ties" page=p %}', p=page(1, 1, [1])) == "Ties"


def test_the_title_begins_with_the_error_of_a_refused_form():
    title = '{% page_title "Ask" form=form %}'
    assert draw(title, form=AskForm({"city": ""})) == "Error: Ask"
    assert draw(title, form=AskForm({"city": "Sevilla"})) == "Ask"
    assert draw(title, form=AskForm()) == "Ask"


def test_the_language_switch_names_the_other_language_and_keeps_the_filters():
    assert draw("{% switch_language %}", "es", other_language=OTHER) == (
        '<a class="language" lang="en" hreflang="en" '
        'href="/en/city-list/?q=a&amp;sort=b">English</a>'
    )


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/en/", []),
        ("/en/city-list/", [("Cities", "page")]),
        ("/en/city-list/sevilla/", [("Cities", "true")]),
    ],
)
def test_the_navigation_marks_the_section_of_the_page(path, marked):
    html = draw("{% site_nav %}", path=path, other_language=OTHER)
    links = html5lib.parseFragment(html, namespaceHTMLElements=False).iter("a")
    assert [(a.text, a.get("aria-current")) for a in links if a.get("aria-current")] == marked


def test_breadcrumbs_lead_home_and_end_with_this_page_unlinked():
    html = draw('{% breadcrumbs "Cities" "/en/city-list/" "Sevilla & co" %}')
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    assert [(a.text, a.get("href")) for a in tree.iter("a")] == [
        ("Home", "/en/"),
        ("Cities", "/en/city-list/"),
    ]
    assert [s.text for s in tree.iter("span") if s.get("aria-current")] == ["Sevilla & co"]


# Parts


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("proposed", "Proposed"),
        ("active", "Active"),
        ("unconfirmed", "To be confirmed"),
        ("dormant", "Dormant"),
        ("ended", "Ended"),
    ],
)
def test_each_of_the_five_words_has_its_shape(code, word):
    assert draw("{% badge code %}", code=code) == f'<span class="tag tag-{code}">{word}</span>'


def test_another_badge_needs_a_label_and_has_no_shape():
    html = draw('{% badge "mutual" label %}', label="<both>")
    assert html == '<span class="tag tag-plain">&lt;both&gt;</span>'
    with pytest.raises(KeyError):
        ui.badge("mutual")


def test_a_notice_holds_its_block_and_escapes_what_people_wrote():
    html = draw('{% notice "due" title %}<p>{{ text }}</p>{% endnotice %}', title="<b>", text="<i>")
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    assert [(d.get("class"), d.get("role")) for d in tree.iter("div")] == [
        ("notice notice-due", None)
    ]
    assert ([h.text for h in tree.iter("h2")], [p.text for p in tree.iter("p")]) == (
        ["<b>"],
        ["<i>"],
    )


@pytest.mark.parametrize(
    ("path", "direction", "url"),
    [
        ("/en/?q=a%26b&page=3", None, "?q=a%26b&sort=name"),
        ("/en/?sort=name", "ascending", "?sort=-name"),
        ("/en/?sort=-name", "descending", "?sort=name"),
        ("/en/?sort=since&kind=x&kind=y", None, "?sort=name&kind=x&kind=y"),
    ],
)
def test_a_heading_sorts_keeps_the_filters_and_begins_at_the_first_page(path, direction, url):
    html = draw('<table><tr>{% sort_header "name" "Name" %}</tr></table>', path=path)
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    heading, link = next(tree.iter("th")), next(tree.iter("a"))
    assert (heading.get("scope"), heading.get("aria-sort")) == ("col", direction)
    assert (link.get("href"), link.text) == (url, "Name")


def test_a_heading_may_sort_downwards_first_and_obeys_the_view():
    source = '<table><tr>{% sort_header "since" "Since" numeric=True down=True %}</tr></table>'
    first = html5lib.parseFragment(draw(source), namespaceHTMLElements=False)
    assert next(first.iter("a")).get("href") == "?sort=-since"
    assert next(first.iter("th")).get("class") == "n"
    told = html5lib.parseFragment(draw(source, sort="-since"), namespaceHTMLElements=False)
    assert next(told.iter("th")).get("aria-sort") == "descending"


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (page(1, 1, [1]), []),
        (page(1, 2, [1, 2]), ["1", "2", "Next"]),
        (page(3, 3, [1, 2, 3]), ["Previous", "1", "2", "3"]),
        (page(2, 5, [1, 2, 3]), ["Previous", "1", "2", "3", "…", "5", "Next"]),
        (page(5, 20, [4, 5, 6]), ["Previous", "1", "…", "4", "5", "6", "…", "20", "Next"]),
        (page(4, 6, [2, 3, 4, 5]), ["Previous", "1", "2", "3", "4", "5", "6", "Next"]),
        (page(999, 1072, [999]), ["Previous", "1", "…", "999", "…", "1,072", "Next"]),
    ],
)
def test_pages_are_numbered_and_every_gap_is_shown(shown, words):
    with translation.override("en"):
        html = render_to_string("includes/_pagination.html", {"page": shown})
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    labels = ["".join(li.itertext()).replace("Page ", "").strip() for li in tree.iter("li")]
    assert labels == words
    current = [e for e in tree.iter("span") if e.get("aria-current") == "page"]
    assert len(current) == (1 if words else 0)


def test_facets_count_mark_what_is_chosen_and_leave_out_what_is_empty():
    values = [
        Value("Mexico", 1287, "?country=MX"),
        Value("Japan", 3, "?", selected=True),
    ]
    more = [Value("Peru", 1, "?country=PE")]
    facets = [Facet("country", "Country", values, more), Facet("kind", "Kind")]
    with translation.override("en"):
        html = render_to_string("includes/_facets.html", {"facets": facets})
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    assert [
        (["".join(s.itertext()) for s in a.iter("span")], a.get("href"), a.get("aria-current"))
        for a in tree.iter("a")
    ] == [
        (["Mexico", "1,287"], "?country=MX", None),
        (["Japan", "3"], "?", "true"),
        (["Peru", "1"], "?country=PE", None),
    ]
    assert [h.text for h in tree.iter("h2")] == ["Country"]


def test_the_plaque_reads_as_two_names_a_year_and_a_distance():
    with translation.override("en"):
        html = render_to_string(
            "includes/_sign.html",
            {"first": "South El Monte", "second": "Gómez Palacio", "year": "1969", "km": 1643},
        )
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    texts = [" ".join("".join(p.itertext()).split()) for p in tree.iter("p")]
    assert texts == ["South El Monte and Gómez Palacio", "1969", "1,021 mi"]
    assert [*tree.iter("h1")] == []


def test_the_plaque_may_be_the_heading_of_its_page():
    context = {"first": "Downey", "second": "Guadalajara", "heading": True}
    tree = html5lib.parseFragment(
        render_to_string("includes/_sign.html", context), namespaceHTMLElements=False
    )
    assert [h.get("class") for h in tree.iter("h1")] == ["sign-names"]


# Whole pages


def whole_page(template: str, path: str, language: str, **extra) -> str:
    """A page with the frame around it, as a visitor gets it."""
    request = RequestFactory().get(path)
    with translation.override(language):
        request.resolver_match = resolve(path.partition("?")[0])
        return render_to_string(template, extra, request=request)


def parse(html: str):
    """The tree of a whole page; an error where HTML is not well formed."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(html.strip())


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["es", "en"])
def test_the_frame_is_well_formed_and_speaks_one_language(language):
    tree = parse(whole_page("base.html", f"/{language}/city-list/?q=a&page=2", language))
    assert tree.get("lang") == language
    alternates = {
        link.get("hreflang"): link.get("href")
        for link in tree.iter("link")
        if link.get("rel") == "alternate"
    }
    assert alternates == {
        "es": "http://testserver/es/city-list/?page=2",
        "en": "http://testserver/en/city-list/?page=2",
        "x-default": "http://testserver/es/city-list/?page=2",
    }
    canonical = [e.get("href") for e in tree.iter("link") if e.get("rel") == "canonical"]
    assert canonical == [f"http://testserver/{language}/city-list/?page=2"]
    switch = [a.get("href") for a in tree.iter("a") if a.get("class") == "language"]
    other = "en" if language == "es" else "es"
    assert switch == [f"/{other}/city-list/?q=a&page=2"]


@pytest.mark.django_db
def test_the_frame_holds_no_script_no_style_and_no_other_host():
    tree = parse(whole_page("base.html", "/en/", "en"))
    assert [*tree.iter("script"), *tree.iter("style")] == []
    assert [e for e in tree.iter() if e.get("style") or e.get("onclick")] == []
    sources = [e.get("href") for e in tree.iter("link") if e.get("rel") not in {"alternate"}]
    assert [s for s in sources if not s.startswith(("/static/", "http://testserver/"))] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cookie", "attribute"),
    [("dark", "dark"), ("light", "light"), ("auto", None), ("<b>", None), ("", None)],
)
def test_the_theme_of_the_cookie_is_written_by_the_server(cookie, attribute):
    request = RequestFactory().get("/en/")
    request.COOKIES["theme"] = cookie
    with translation.override("en"):
        request.resolver_match = resolve("/en/")
        tree = parse(render_to_string("base.html", request=request))
    assert tree.get("data-bs-theme") == attribute


@pytest.mark.django_db
def test_a_page_that_is_not_there_offers_the_search_and_neither_breadcrumbs_nor_numbers():
    request = RequestFactory().get("/en/nowhere/")
    request.resolver_match = None
    with translation.override("en"):
        html = render_to_string("404.html", request=request)
    tree = parse(html)
    assert [h.text for h in tree.iter("h1")] == ["We cannot find this page"]
    assert [i.get("name") for i in tree.iter("input") if i.get("type") == "search"] == ["q"]
    assert [n.get("class") for n in tree.iter("nav")] == ["site-nav"]
    assert "404" not in html
    assert [e for e in tree.iter("link") if e.get("rel") in {"canonical", "alternate"}] == []
    assert [a.get("href") for a in tree.iter("a") if a.get("class") == "language"] == ["/es/"]


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_pages_of_failure_need_neither_context_nor_database(name):
    tree = parse(render_to_string(name))
    assert [tree.get("lang"), *(s.get("lang") for s in tree.iter("section"))] == ["es", None, "en"]
    assert [a.get("href") for a in tree.iter("a")] == ["/es/", "/en/"]


def test_the_page_of_maintenance_is_a_file_in_both_languages(settings):
    path = settings.BASE_DIR / "static" / "503.html"
    tree = parse(path.read_text(encoding="utf-8"))
    assert [tree.get("lang"), *(s.get("lang") for s in tree.iter("section"))] == ["es", None, "en"]
