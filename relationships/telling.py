"""Telling the other side of a tie, by mail, what one side did at its desk."""

from django.utils import timezone
from django.utils.translation import override

from committees.models import Committee
from committees.recipients import recipients_of
from relationships.campaign import sides_of
from relationships.models import Tie, TieEvent
from relationships.models.tie import Side
from sistercities.context import absolute
from sistercities.mail import LANGUAGES, letter


def tell_the_other_side(
    event: TieEvent, side: str, committee: Committee, purpose: str, *, facts: dict, words: dict
) -> None:
    """One mail about an event to each reader of the other side, in their language: the letter is
    named like its purpose. `words`: by language, what is said beside the link to the tie."""
    other = Side.B.value if side == Side.A else Side.A.value
    tie = Tie.objects.with_cities().get(pk=event.tie_id)
    said = {}
    for code in LANGUAGES:
        with override(code):
            said[code] = {"link": absolute(tie.get_absolute_url())} | words.get(code, {})
    facts = {"tie": tie, "committee": committee.name} | facts
    own = {reader.address for reader in recipients_of([committee])[committee.pk]}
    for reader in sides_of([tie], timezone.localdate())[tie.pk, other]:
        if reader.address in own:  # a committee of both cities knows
            continue
        reader.write(
            letter(purpose, reader.language, facts, said),
            purpose=purpose,
            about=f"tie-{tie.pk}-event-{event.pk}",
        )
