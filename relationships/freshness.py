"""In one sentence: who confirmed a tie, and when; it expires with time."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from relationships.axes import months_before
from relationships.models import Confirmation, Tie
from relationships.vitality import limits
from sistercities.partialdates import PartialDate

Answer = Confirmation.Answer


def month_of(day: date) -> str:
    """ "March 2026" in the reader's language."""
    return PartialDate(day.year, day.month).in_words()


def latest_answers(answers: Iterable[Confirmation]) -> dict[str, Confirmation]:
    """The last word of each side that ever answered."""
    latest: dict[str, Confirmation] = {}
    for answer in answers:
        known = latest.get(answer.side)
        if known is None or answer.answered_on >= known.answered_on:
            latest[answer.side] = answer
    return latest


def freshness(tie: Tie, answers: Iterable[Confirmation], today: date) -> str:
    """The sentence under the names. An answer counts as recent as long as it keeps a tie active."""
    if tie.has_ended:
        if tie.ended:
            return _("Ended in %(year)s. We keep it as part of the record.") % {
                "year": tie.ended.year
            }
        return _("It has ended. We keep it as part of the record.")
    latest = latest_answers(answers)
    names = {"a": tie.city_a.name, "b": tie.city_b.name}
    unfriendly = [one for one in latest.values() if one.answer != Answer.ALIVE]
    if unfriendly:
        last = max(unfriendly, key=lambda one: one.answered_on)
        return _WORDS[last.answer]() % {
            "city": names[last.side],
            "when": month_of(last.answered_on),
        }
    if not latest:
        return _("Nobody has confirmed it yet.")
    oldest, newest = sorted(
        (latest.get(side) for side in ("a", "b")),
        key=lambda one: one.answered_on if one else date.min,
    )
    recent = months_before(today, limits().active)
    if newest.answered_on < recent:
        return _("Nobody has confirmed this tie since %(year)s.") % {
            "year": newest.answered_on.year
        }
    if oldest and oldest.answered_on >= recent:
        return _("Confirmed by both sides, %(when)s.") % {"when": month_of(newest.answered_on)}
    facts = {
        "city": names[newest.side],
        "other": names["b" if newest.side == "a" else "a"],
        "when": month_of(newest.answered_on),
    }
    if oldest:
        facts["year"] = oldest.answered_on.year
        return (
            _("Confirmed by %(city)s, %(when)s. %(other)s has not confirmed it since %(year)s.")
            % facts
        )
    return _("Confirmed by %(city)s, %(when)s. %(other)s has not confirmed it yet.") % facts


_WORDS = {
    Answer.DORMANT: lambda: _("%(city)s answered that the tie sleeps (%(when)s)."),
    Answer.ENDED: lambda: _("%(city)s answered that the tie has ended (%(when)s)."),
    Answer.UNKNOWN_TO_US: lambda: _("%(city)s answered that it does not know this tie (%(when)s)."),
}


def reciprocity_in_words(tie: Tie, answers: Iterable[Confirmation] = ()) -> str:
    """Which city says that the tie exists, by name."""
    names = {"a": tie.city_a.name, "b": tie.city_b.name}
    match tie.reciprocity:
        case Tie.Reciprocity.MUTUAL:
            return _("Stated by both cities")
        case Tie.Reciprocity.ONE_SIDED_A:
            return _("Stated by %(city)s only") % {"city": names["a"]}
        case Tie.Reciprocity.ONE_SIDED_B:
            return _("Stated by %(city)s only") % {"city": names["b"]}
        case Tie.Reciprocity.DISPUTED:
            latest = latest_answers(answers)
            deniers = [
                names[side] for side, one in latest.items() if one.answer == Answer.UNKNOWN_TO_US
            ]
            if len(deniers) == 1:
                return _("Disputed: %(city)s does not know it") % {"city": deniers[0]}
            return _("Disputed")
        case _unclaimed:
            return _("Stated by neither city, known from other sources")
