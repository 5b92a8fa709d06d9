"""Names that can be searched, with the columns by which a search finds them.

Two plain tables instead of the databases' own trigram indexes: every question is an equality or
a short range on a B-tree, so it costs the same with ten times the names and gives the same answer
on SQLite and PostgreSQL (docs/decisions/0003-search.md). They are filled in
`sistercities.search`; what a hit means is known to the app that wrote it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sistercities.folding import SPELLING_LENGTH
from sistercities.models.fields import FoldedField


class SearchName(models.Model):
    """One name of one object. `weight` ranks equals: the larger, the sooner shown; `sound` is what
    the name shares with its misspellings (`folding.collapse`)."""

    subject = models.CharField(_("kind of object"), max_length=12)
    object_id = models.BigIntegerField(_("number of the object"))
    text = models.CharField(_("name"), max_length=200)
    folded = FoldedField(max_length=200)
    sound = FoldedField(max_length=SPELLING_LENGTH)
    weight = models.BigIntegerField(_("weight"), default=0)

    class Meta:
        verbose_name = _("search name")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "object_id", "folded"], name="one_search_name_per_object"
            )
        ]
        indexes = [
            models.Index(fields=["folded", "-weight"], name="search_name_folded"),
            models.Index(fields=["sound"], name="search_name_sound"),
        ]

    def __str__(self) -> str:
        return self.text


class SearchTail(models.Model):
    """A name from one of its words on, for the search by the beginning of any word.

    Only `sistercities.search` writes it, and always after its name: no constraint checks that.
    """

    name = models.ForeignKey(SearchName, models.CASCADE, related_name="tails", db_constraint=False)
    tail = FoldedField(max_length=200)
    lead = FoldedField(max_length=3)
    weight = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["tail"], name="search_tail"),
            models.Index(fields=["lead", "-weight"], name="search_tail_lead"),
        ]

    def __str__(self) -> str:
        return self.tail
