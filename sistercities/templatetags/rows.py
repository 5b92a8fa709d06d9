"""A quick `for` for tables and long lists of links: `{% load rows %}`.

    {% rows page.ties as row %}
      <li><a href="{{ row.url }}">{{ row.name }}</a>{% if row.note %} {{ row.note }}{% endif %}</li>
    {% endrows %}

Its body is worked out once into a pattern with places for values, so that a row costs an escape for
each value and little else (docs/decisions/0008-quick-rows.md). In return it takes only text,
`{{ row.name }}` with filters that have no argument, `{% if row.name %}` with `else`, and what is
the same in every row and so is asked once: other variables, `{% translate %}`. Attributes are read
as they are: no calls, no keys of dictionaries. What it cannot take is an error when the template
is loaded.
"""

from collections.abc import Callable, Iterable
from html import escape
from operator import attrgetter
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, TextNode, VariableNode
from django.template.defaulttags import IfNode, TemplateLiteral
from django.templatetags.i18n import TranslateNode
from django.utils.formats import localize
from django.utils.html import conditional_escape

register = template.Library()

SAME = (VariableNode, TranslateNode)
"""Nodes that say the same in every row."""

Said = Callable[[Any], str]
"""What a part of the pattern says of a row."""


@register.tag
def rows(parser: template.base.Parser, token: template.base.Token) -> Node:
    """`{% rows LIST as NAME %}…{% endrows %}`: the body for each of the list."""
    words = token.split_contents()
    if len(words) != 4 or words[2] != "as":
        raise template.TemplateSyntaxError("Write {% rows LIST as NAME %}.")
    body = parser.parse(("endrows",))
    parser.delete_first_token()
    return RowsNode(parser.compile_filter(words[1]), words[3], body)


class RowsNode(Node):
    """The list, and the pattern of one row."""

    def __init__(self, listed: FilterExpression, name: str, body: NodeList) -> None:
        self.listed, self.name = listed, name
        self.pattern = Pattern(body, name)

    def render(self, context: template.Context) -> str:
        """All rows, one after the other."""
        listed: Iterable = self.listed.resolve(context, ignore_failures=True) or ()
        return "".join(map(self.pattern.sayer(context), listed))


class Pattern:
    """Text between values, which are told by the row or, once, by the page."""

    def __init__(self, body: NodeList, name: str) -> None:
        self.pieces = [self._piece(node, name) for node in body]

    @staticmethod
    def _piece(node: Node, name: str) -> "str | Node | Choice | Said":
        if isinstance(node, TextNode):
            return node.s
        if isinstance(node, IfNode):
            return Choice(node, name)
        if isinstance(node, VariableNode):
            of_row = reader(node.filter_expression, name)
            return escaped(of_row) if of_row else node
        if isinstance(node, TranslateNode):
            return node
        raise template.TemplateSyntaxError(
            f"{{% rows %}} cannot take {type(node).__name__}; use {{% for %}}."
        )

    def sayer(self, context: template.Context) -> Said:
        """The function of a row that says it, for one rendering."""
        pattern, of_row = "", []
        for piece in self.pieces:
            said = piece.render(context) if isinstance(piece, SAME) else piece
            if isinstance(said, str):
                pattern += said.replace("%", "%%")
            else:
                pattern += "%s"
                of_row.append(said.sayer(context) if isinstance(said, Choice) else said)
        return lambda row: pattern % tuple([say(row) for say in of_row])


class Choice:
    """`{% if row.name %}…{% else %}…{% endif %}`."""

    def __init__(self, node: IfNode, name: str) -> None:
        (condition, body), *others = node.conditions_nodelists
        if not isinstance(condition, TemplateLiteral) or len(others) > 1:
            raise template.TemplateSyntaxError("{% rows %} takes only {% if row.name %}.")
        self.condition = reader(condition.value, name)
        if self.condition is None or (others and others[0][0] is not None):
            raise template.TemplateSyntaxError("{% rows %} takes only {% if row.name %}.")
        self.then = Pattern(body, name)
        self.otherwise = Pattern(others[0][1], name) if others else None

    def sayer(self, context: template.Context) -> Said:
        """The function of a row that says one or the other."""
        holds, then = self.condition, self.then.sayer(context)
        if self.otherwise is None:
            return lambda row: then(row) if holds(row) else ""
        otherwise = self.otherwise.sayer(context)
        return lambda row: then(row) if holds(row) else otherwise(row)


def reader(expression: FilterExpression, name: str) -> Callable[[Any], Any] | None:
    """How to read an expression off a row; None when it does not speak of the row."""
    lookups = getattr(expression.var, "lookups", None) or ("",)
    if lookups[0] == "forloop":
        raise template.TemplateSyntaxError("{% rows %} does not count; use {% for %}.")
    if lookups[0] != name:
        return None
    get = attrgetter(".".join(lookups[1:])) if lookups[1:] else lambda row: row
    for filter_, arguments in expression.filters:
        if arguments:
            raise template.TemplateSyntaxError("{% rows %} takes filters without an argument.")
        get = _then(get, filter_)
    return get


def _then(get: Callable[[Any], Any], filter_: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda row: filter_(get(row))


def escaped(get: Callable[[Any], Any]) -> Said:
    """What a reader finds, safe to stand in a page or in an attribute's quotes."""

    def say(row: Any) -> str:
        value = get(row)
        return escape(value) if value.__class__ is str else conditional_escape(localize(value))

    return say
