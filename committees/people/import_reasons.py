"""Why a row of a list of members got its verdict: kept as a code, said in the reader's language."""

from django.utils.translation import gettext_lazy

from committees.models import MemberImportRow, Membership, Person

CHANGED = "changed"
"""Says which columns: they stand in the row's plan."""
SENTENCES = {
    "twice": gettext_lazy("The same person stands in row %(row)d."),
    "email-of-another": gettext_lazy("Another person has this e-mail address."),
    "several": gettext_lazy("Several people have this name."),
    "other-email": gettext_lazy("A person of this name has another e-mail address."),
    "backwards": gettext_lazy("A membership cannot end before it began."),
    "long-cell": gettext_lazy("A cell has more than 10,000 characters."),
    "no-name": gettext_lazy("The name is missing."),
    "no-email": gettext_lazy("This is no e-mail address."),
    "long-text": gettext_lazy("A text is too long: %(most)d characters at most."),
    "category": gettext_lazy("We do not know the category “%(name)s”."),
    "no-date": gettext_lazy("“%(text)s” is no date. Write it as 2026-05-14."),
    "ended": gettext_lazy("This membership ended. Enter a new one by hand if the person is back."),
    "officer": gettext_lazy(
        "This person holds an office: only a coordinator enters their e-mail address."
    ),
}


def in_words(row: MemberImportRow) -> str:
    """The sentence; of a list that was planned before there were codes, what was written then."""
    if row.reason == CHANGED:
        return ", ".join(_changed(row.plan))
    sentence = SENTENCES.get(row.reason)
    if sentence is None:
        return row.reason
    return sentence % row.facts if row.facts else str(sentence)


def _changed(plan: dict) -> list[str]:
    """The names of the columns that a row changes."""
    models = ((Person, plan.get("person", {})), (Membership, plan.get("membership", {})))
    return [
        str(model._meta.get_field(name).verbose_name) for model, values in models for name in values
    ]
