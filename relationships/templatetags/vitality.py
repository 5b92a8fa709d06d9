"""{% load vitality %}: the limits of vitality for texts that name them."""

from django import template

from relationships.models import Limits
from relationships.vitality import limits

register = template.Library()


@register.simple_tag
def vitality_limits() -> Limits:
    """{% vitality_limits as limits %}: `limits.active` and `limits.unconfirmed`, in months."""
    return limits()
