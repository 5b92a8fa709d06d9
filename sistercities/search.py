"""Search by any name: exact, without accents, by the beginning of any word, with a typo.

All three ways are short questions to B-trees (see `models.search`), asked in that order, each only
while the ones before found too little. What is found is the same on SQLite and PostgreSQL.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from sistercities.bulk import batches, insert_rows, update_rows
from sistercities.folding import collapse, fold, similarity, sounds_near, word_tails
from sistercities.models.search import SearchName, SearchTail
from sistercities.pouring import new_keys

CANDIDATES = 400
LIKE_ENOUGH = 0.3
AFTER_ANY = "\U0010ffff"


@dataclass(frozen=True)
class Hit:
    """One object found: by which of its names, and how ("exact", "prefix" or "spelling")."""

    subject: str
    object_id: int
    text: str
    how: str
    score: float


def find(text: str, *, subjects: Iterable[str] = (), limit: int = 50) -> list[Hit]:
    """The best objects for a typed text, best first, each once. At most three queries."""
    wanted = fold(text[:200])[:100]
    if not wanted:
        return []
    names = SearchName.objects.all()
    subjects = frozenset(subjects)
    if subjects:
        names = names.filter(subject__in=subjects)
    hits: dict[tuple[str, int], Hit] = {}
    _add(hits, "exact", names.filter(folded=wanted).order_by("-weight", "pk")[:limit], wanted)
    if len(hits) < limit:
        _add(hits, "prefix", _among(subjects, _by_prefix(wanted, limit)), wanted)
    if not hits and len(wanted) > 3:
        alike = names.filter(sound__in=sounds_near(wanted)).order_by("-weight", "pk")
        _add(hits, "spelling", alike[:CANDIDATES], wanted)
    order = {"exact": 0, "prefix": 1, "spelling": 2}
    return sorted(hits.values(), key=lambda h: (order[h.how], -h.score, h.text, h.object_id))[
        :limit
    ]


def _among(subjects: frozenset[str], tails) -> list[SearchName]:
    """The names that tails belong to, each once, of the wanted subjects; all when no subject is
    named."""
    names = {tail.name_id: tail.name for tail in tails.select_related("name")}
    wanted = [name for name in names.values() if not subjects or name.subject in subjects]
    return sorted(wanted, key=lambda name: name.pk)


def _by_prefix(wanted: str, limit: int):
    """Tails that begin so. Three letters have an index by weight of their own, so that "san" gives
    the largest ones; longer beginnings are a range, cut at CANDIDATES."""
    tails = SearchTail.objects.all()
    if len(wanted) == 3:
        return tails.filter(lead=wanted).order_by("-weight")[: 3 * limit]
    if len(wanted) > 3 or not wanted.isascii():
        begun = tails.filter(tail__gte=wanted, tail__lt=wanted + AFTER_ANY)
        return begun.order_by("tail")[:CANDIDATES]
    return tails.none()


def _add(hits: dict[tuple[str, int], Hit], how: str, rows, wanted: str) -> None:
    """Score rows and keep the best name of each object that is not yet found."""
    best: dict[tuple[str, int], Hit] = {}
    for row in rows:
        key = (row.subject, row.object_id)
        if key in hits:
            continue
        likeness = similarity(wanted, row.folded)
        if how == "spelling":
            likeness = max(likeness, similarity(collapse(wanted), collapse(row.folded)))
            if likeness < LIKE_ENOUGH:
                continue
            score = likeness
        else:
            score = row.weight
        if key not in best or score > best[key].score:
            best[key] = Hit(row.subject, row.object_id, row.text, how, score)
    hits.update(best)


def put_names(subject: str, objects: Mapping[int, tuple[int, list[str]]]) -> None:
    """Make objects findable: {number: (weight, names)}. What they had before is replaced; an
    object without names is forgotten."""
    # No savepoints inside a larger transaction: SQLite keeps all pages that each one changes.
    for batch in batches(objects.items(), 500):
        with transaction.atomic(savepoint=False):
            _put(subject, dict(batch))


def _put(subject: str, objects: dict[int, tuple[int, list[str]]]) -> None:
    known: dict[int, dict[str, tuple[int, int, str]]] = {}
    rows = SearchName.objects.filter(subject=subject, object_id__in=objects)
    for pk, number, folded, weight, text in rows.values_list(
        "pk", "object_id", "folded", "weight", "text"
    ):
        known.setdefault(number, {})[folded] = (pk, weight, text)
    gone: list[int] = []
    moved: dict[int, int] = {}
    new: list[tuple[int, str, str, int]] = []
    for number, (weight, names) in objects.items():
        wanted: dict[str, str] = {}
        for name in names:
            if folded := fold(name)[:200]:
                wanted.setdefault(folded, name[:200])
        for folded, (pk, old_weight, text) in known.get(number, {}).items():
            if wanted.get(folded) != text:
                gone.append(pk)
                continue
            del wanted[folded]
            if old_weight != weight:
                moved[pk] = weight
        new += [(number, text, folded, weight) for folded, text in wanted.items()]
    _forget(gone)
    _weigh(moved)
    _insert(subject, new)


def _forget(names: list[int]) -> None:
    if names:
        SearchTail.objects.filter(name__in=names)._raw_delete("default")
        SearchName.objects.filter(pk__in=names)._raw_delete("default")


def _weigh(names: dict[int, int]) -> None:
    """Give names, by their numbers, other weights."""
    if names:
        tails = SearchTail.objects.filter(name__in=names).values_list("name_id", "pk")
        update_rows(SearchTail, ["weight"], [(names[name], pk) for name, pk in tails])
        update_rows(SearchName, ["weight"], [(weight, pk) for pk, weight in names.items()])


def _insert(subject: str, names: list[tuple[int, str, str, int]]) -> None:
    """Rows of the object's number, the name, its folded form and weight."""
    if not names:
        return
    keyed = list(zip(new_keys(SearchName, len(names)), names, strict=True))
    insert_rows(
        SearchName,
        ("id", "subject", "object_id", "text", "folded", "weight", "sound"),
        ((key, subject, *name, collapse(name[2])) for key, name in keyed),
    )
    insert_rows(
        SearchTail,
        ("name_id", "tail", "lead", "weight"),
        (
            (key, tail, tail[:3], weight)
            for key, (_number, _text, folded, weight) in keyed
            for tail in word_tails(folded)
        ),
    )
