"""The few parts that every page shares. `{% load ui %}`.

Tags: page_title, site_nav, switch_language, breadcrumbs, notice, badge, sort_header, money,
control.
Filters: number, decimal, distance, distance_short, long_date, ago, partial_date, month_name,
file_size, telephone.
"""

import datetime
import re
from functools import lru_cache
from typing import Any

from babel import dates, numbers
from django import forms, template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from sistercities.linked import breadcrumb_list
from sistercities.partialdates import PartialDate

register = template.Library()

# Both national audiences write 1,643.5; plain "es" would write 1643,5.
LOCALES = {"es": "es_MX", "en": "en_US"}
MILES_PER_KM = 0.621371
NBSP = "\N{NO-BREAK SPACE}"

STATUS_WORDS = {
    "proposed": _("Proposed"),
    "active": _("Active"),
    "unconfirmed": _("To be confirmed"),
    "dormant": _("Dormant"),
    "ended": _("Ended"),
}
NAVIGATION = [
    ("public:city-list", _("Cities")),
    ("public:tie-list", _("Ties")),
    ("public:committee-list", _("Committees")),
    ("public:map", _("Map")),
    ("public:statistics", _("Figures")),
]


def language() -> str:
    """The language of this page, "es" or "en"."""
    return (get_language() or "es").partition("-")[0]


def locale() -> str:
    """The Babel locale of this page."""
    return LOCALES.get(language(), "en_US")


# Numbers, distances, dates


@register.filter
def number(value: float | None) -> str:
    """A whole number with thousands marked; empty for None."""
    if value is None:
        return ""
    whole = round(value)
    return str(whole) if -1000 < whole < 1000 else f"{whole:,}".replace(",", _thousands(locale()))


@lru_cache(maxsize=8)
def _thousands(name: str) -> str:
    """What a locale puts between thousands; asked once, since a list has hundreds of numbers."""
    return numbers.get_group_symbol(name)


@register.filter
def decimal(value: float | None, places: int = 1) -> str:
    """A number with exactly so many decimals; empty for None."""
    if value is None:
        return ""
    pattern = "#,##0." + "0" * places if places else "#,##0"
    return numbers.format_decimal(value, format=pattern, locale=locale())


@register.simple_tag
def money(amount: Any, currency: str) -> str:
    """An amount with its currency's code, since "$" means two currencies here: "1,200.50 USD"."""
    if amount is None:
        return ""
    pattern = "#,##0" if amount == int(amount) else "#,##0.00"
    return numbers.format_decimal(amount, format=pattern, locale=locale()) + NBSP + currency


@register.filter
def distance(km: float | None) -> str:
    """Kilometres in Spanish; in English miles first: "1,021 miles (1,643 km)"."""
    if km is None:
        return ""
    metric = number(km) + NBSP + "km"
    if language() == "es":
        return metric
    return f"{number(km * MILES_PER_KM)}{NBSP}miles ({metric})"


@register.filter
def distance_short(km: float | None) -> str:
    """For the plaque: "1,643 km" in Spanish, "1,021 mi" in English."""
    if km is None:
        return ""
    if language() == "es":
        return number(km) + NBSP + "km"
    return number(km * MILES_PER_KM) + NBSP + "mi"


@register.filter
def long_date(day: Any) -> str:
    """A full date in words: "21 de noviembre de 2026", "November 21, 2026"; empty for None. Of a
    moment, the day that it was here."""
    if isinstance(day, datetime.datetime) and timezone.is_aware(day):
        day = timezone.localtime(day)
    return dates.format_date(day, format="long", locale=locale()) if day else ""


@register.filter
def ago(moment: datetime.datetime | None) -> str:
    """How long ago: "hace 4 minutos", "4 minutes ago"; empty for None."""
    if moment is None:
        return ""
    since = min(moment - timezone.now(), datetime.timedelta(seconds=-1))
    return dates.format_timedelta(since, add_direction=True, locale=locale())


@register.filter
def partial_date(value: PartialDate | None) -> str:
    """A date as precise as it is known: "1969", "mayo de 1969"; empty when unknown."""
    return value.in_words(language()) if value else ""


@register.filter
def month_name(month: int | None) -> str:
    """The name of a month by its number, capital first: "Marzo", "March"; empty for None."""
    if not month:
        return ""
    name = dates.get_month_names(locale=locale())[month]
    return name[:1].upper() + name[1:]


@register.filter
def file_size(octets: int | None) -> str:
    """The size of a file: "380 kB", "1.2 MB"."""
    if octets is None:
        return ""
    if octets < 1_000_000:
        return number(max(1, octets / 1000)) + NBSP + "kB"
    return decimal(octets / 1_000_000) + NBSP + "MB"


@register.filter
def telephone(number: str) -> str:
    """A link that dials; the plain text where it holds more than one number can."""
    if not re.fullmatch(r"[+(]?[0-9][0-9 ().-]{5,24}", number):
        return conditional_escape(number)
    dialled = re.sub(r"[^0-9+]", "", number)
    return format_html('<a href="tel:{}">{}</a>', dialled, number)


# The frame of a page


@register.simple_tag
def page_title(title: str, form: forms.BaseForm | None = None, page: Any = None) -> str:
    """The title of the window: "Error: " first when a form was refused, the page number of lists.

    {% block title %}{% page_title _("Cities") form=form page=page %}{% endblock title %}
    """
    text = str(title)
    if page and page.pages > 1:
        text = gettext("%(title)s (page %(number)s of %(pages)s)") % {
            "title": text,
            "number": number(page.number),
            "pages": number(page.pages),
        }
    if form and form.is_bound and form.errors:
        text = gettext("Error: %(title)s") % {"title": text}
    return text


@register.inclusion_tag("includes/_site_nav.html", takes_context=True)
def site_nav(context: template.Context) -> dict:
    """The main navigation and the language switch; the section of this page is marked."""
    path = getattr(context.get("request"), "path", "")
    links = []
    for name, label in NAVIGATION:
        url = reverse(name)
        current = "page" if path == url else "true" if path.startswith(url) else ""
        links.append({"label": label, "url": url, "current": current})
    return {"links": links, "other_language": context["other_language"]}


@register.simple_tag(takes_context=True)
def switch_language(context: template.Context) -> SafeString:
    """One link to this page, filters kept, in the other language, named in that language."""
    return format_html(
        '<a class="language" lang="{code}" hreflang="{code}" href="{url}">{name}</a>',
        **{key: context["other_language"][key] for key in ("code", "url", "name")},
    )


@register.inclusion_tag("includes/_breadcrumbs.html", takes_context=True)
def breadcrumbs(context: template.Context, *labels_and_urls: str) -> dict:
    """The way here from the home page: label, url, label, url … and this page's label at the end.
    A public page says it to machines as well.

    {% breadcrumbs _("Cities") cities_url city.name %}
    """
    *steps, here = labels_and_urls
    crumbs = [
        {"label": label, "url": url} for label, url in zip(steps[::2], steps[1::2], strict=True)
    ]
    crumbs.append({"label": here, "url": ""})
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None or "public" not in match.namespaces:
        return {"crumbs": crumbs}
    home = (gettext("Home"), reverse("public:home"))
    told = breadcrumb_list([home, *((one["label"], one["url"]) for one in crumbs)])
    return {"crumbs": crumbs, "linked": told}


# Parts


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> str:
    """A banner that stays. Kinds: info, success, due (something is expected), error.

    {% notice "success" _("Sent") %}<p>The association answers …</p>{% endnotice %}
    """
    return render_to_string(
        "includes/_notice.html", {"content": content, "kind": kind, "title": title}
    )


@register.inclusion_tag("includes/_badge.html")
def badge(code: str, label: str = "") -> dict:
    """A status as word and shape. A code beyond the five words needs a label and has no shape."""
    known = code in STATUS_WORDS
    return {"shape": code if known else "plain", "label": label or STATUS_WORDS[code]}


@register.inclusion_tag("includes/_sort_header.html", takes_context=True)
def sort_header(
    context: template.Context, key: str, label: str, numeric: bool = False, down: bool = False
) -> dict:
    """A column heading that sorts: a link that keeps the filters, and aria-sort.

    `sort` in the context (the view's own reading) or in the query: "name" up, "-name" down.
    `down`: the first press sorts downwards, as for years and counts.
    """
    request = context["request"]
    sort = context.get("sort", request.GET.get("sort", ""))
    direction = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
    wanted = {"ascending": f"-{key}", "descending": key}.get(direction, f"-{key}" if down else key)
    query = request.GET.copy()
    query.pop("page", None)
    query["sort"] = wanted
    return {
        "label": label,
        "url": f"?{query.urlencode()}",
        "direction": direction,
        "numeric": numeric,
    }


# Forms (templates/registry, the crispy template pack)

CONTROL_CLASSES = [
    (forms.CheckboxInput, "form-check-input"),
    ((forms.RadioSelect, forms.CheckboxSelectMultiple), "form-checks"),
    (forms.Select, "form-select"),
]


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The input of a field with the stylesheet's classes and never the `required` attribute.

    Browsers' own bubbles come before ours, vanish, and speak the browser's language.
    """
    field.form.use_required_attribute = False
    widget = field.field.widget
    names = next((name for kind, name in CONTROL_CLASSES if isinstance(widget, kind)), None)
    classes = [widget.attrs.get("class", ""), names or "form-control"]
    if field.errors:
        classes.append("is-invalid")
    return field.as_widget(attrs={"class": " ".join(filter(None, classes))})


@register.filter
def marks_optional(field: BoundField) -> bool:
    """True for an optional field among required ones; a filter, all optional, marks none."""
    return not field.field.required and any(f.required for f in field.form.fields.values())


@register.filter
def field_kind(field: BoundField) -> str:
    """How the pack draws the field: "check", "choices", "group" (several inputs) or "line"."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "group" if widget.use_fieldset else "line"


@register.filter
def summary_target(field: BoundField) -> str:
    """The id that a line of the error summary leads to: the first input of the field."""
    if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id
