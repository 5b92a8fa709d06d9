"""What waits for the national office, for the index of the admin."""

from django import template

from sistercities.admin.queues import Waiting, seen_by

register = template.Library()


@register.simple_tag(takes_context=True)
def queues(context: template.Context) -> list[Waiting]:
    """A line for every queue that the reader may see; one query each."""
    return [queue.waiting() for queue in seen_by(context["request"].user)]
