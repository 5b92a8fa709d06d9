"""One number for all that the registry publishes of ties: equal content, equal hash.

No database number and no date of derivation goes in, so the hash is the same on SQLite and
PostgreSQL, after any order of imports, and before and after an import that was undone.
"""

import hashlib
import json

from relationships.models import Statement, Tie
from sistercities.bulk import batches

TIES_AT_ONCE = 2000
_TURNED = {"a": "b", "b": "a", "one_sided_a": "one_sided_b", "one_sided_b": "one_sided_a"}


def registry_hash() -> str:
    """SHA-256 over a sorted, canonical text of all published ties and their statements."""
    lines = []
    published = Tie.objects.public().order_by("pk").values_list("pk", flat=True)
    for numbers in batches(published.iterator(5000), TIES_AT_ONCE):
        said: dict[int, list[tuple[str, str]]] = {}
        statements = Statement.objects.filter(tie__in=numbers).order_by()
        for tie, fingerprint, side in statements.values_list("tie_id", "fingerprint", "said_by"):
            said.setdefault(tie, []).append((fingerprint, side))
        ties = Tie.objects.filter(pk__in=numbers).select_related("city_a", "city_b")
        lines += [_line(tie, said.get(tie.pk, [])) for tie in ties]
    digest = hashlib.sha256()
    for line in sorted(lines):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def _line(tie: Tie, statements: list[tuple[str, str]]) -> str:
    one, other = ([c.country, c.name, c.geonames_id or 0] for c in (tie.city_a, tie.city_b))
    turned = other < one
    reciprocity = tie.reciprocity
    if turned:
        one, other = other, one
        reciprocity = _TURNED.get(reciprocity, reciprocity)
        statements = [(print_, _TURNED.get(side, side)) for print_, side in statements]
    facts = [tie.kind, str(tie.since or ""), str(tie.ended or ""), tie.stage, reciprocity]
    return json.dumps([one, other, facts, sorted(statements)], ensure_ascii=False)
