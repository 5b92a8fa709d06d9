"""The quick `for` of tables says what Django's `for` says."""

from dataclasses import dataclass, field

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import mark_safe
from django.utils.translation import override


@dataclass
class City:
    """What a row knows of a city."""

    name: str


@dataclass
class Row:
    """A row with values of every sort."""

    name: str
    partner: City = field(default_factory=lambda: City("Łódź & <Co>"))
    ties: int | None = 3
    share: float = 1.5
    note: str = ""
    markup: str = mark_safe("<b>safe</b>")

    @property
    def shouted(self) -> str:
        """Properties are attributes too."""
        return self.name.upper()


BODIES = [
    "nothing of the row, 100 %; ",
    "{{ row.name }} {{ row.partner.name }} %s %(x)s; ",
    "<a href=\"{{ row.name }}\" title='{{ row.partner.name }}'>{{ row.shouted }}</a>",
    "{{ row.ties }} {{ row.share }} {{ row.markup }}",
    "{{ row.name|upper }} {{ row.name|lower|title }}",
    "{% if row.note %}({{ row.note }}){% endif %}",
    "{% if row.note %}({{ row.note }}){% else %}none of {{ row.name }}, {{ other }}{% endif %}",
    "{% if row.name %}{% if row.note %}1{% else %}2{% endif %}{% endif %}",
    "{{ other }} {{ unknown }} {% translate 'Kind' %} {{ row.ties }}",
]
ROWS = [Row("Guadalajara"), Row('"><script>', note="100 % d'accord", ties=None), Row("")]


def said(source: str, **context) -> str:
    return Template("{% load i18n rows %}" + source).render(
        Context({"other": "<i>50 %</i>", **context})
    )


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_list_says_the_same_as_with_for(body, language):
    with override(language):
        quick = said("{% rows listed as row %}" + body + "{% endrows %}", listed=ROWS)
        plain = said("{% for row in listed %}" + body + "{% endfor %}", listed=ROWS)
    assert quick == plain


def test_an_empty_or_unknown_list_says_nothing():
    assert said("[{% rows listed as row %}{{ row.name }}{% endrows %}]", listed=[]) == "[]"
    assert said("[{% rows nowhere as row %}{{ row.name }}{% endrows %}]") == "[]"


def test_the_values_may_be_the_rows_themselves():
    assert said("{% rows listed as one %}{{ one }},{% endrows %}", listed=["a", "<"]) == "a,&lt;,"


@pytest.mark.parametrize(
    "source",
    [
        "{% rows listed %}{% endrows %}",
        "{% rows row in listed %}{% endrows %}",
        "{% rows listed as row %}{% for x in row.names %}{{ x }}{% endfor %}{% endrows %}",
        "{% rows listed as row %}{{ forloop.counter }}{% endrows %}",
        "{% rows listed as row %}{{ row.name|default:'x' }}{% endrows %}",
        "{% rows listed as row %}{% if other %}x{% endif %}{% endrows %}",
        "{% rows listed as row %}{% if row.a == 1 %}x{% endif %}{% endrows %}",
        "{% rows listed as row %}{% if row.a %}x{% elif row.b %}y{% endif %}{% endrows %}",
        "{% rows listed as row %}{{ row.name }}",
    ],
)
def test_what_it_cannot_take_is_refused_when_the_template_is_loaded(source):
    with pytest.raises(TemplateSyntaxError):
        said(source, listed=ROWS)
