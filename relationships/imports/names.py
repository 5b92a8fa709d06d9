"""The names under which a place written in a list may stand in the gazetteer."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from committees.models import City
from sistercities.folding import fold

Type = City.PlaceType

SETTLED = frozenset({Type.CITY, Type.TOWN, Type.MUNICIPALITY})
ANY_TOWN = SETTLED | {Type.BOROUGH}
"""A borough is often written without saying so ("Brooklyn"); a town of the name goes before it."""
_MUNICIPAL = (
    "municipality of;municipality;municipio de;municipio;comune di;comune;commune de;commune;"
    "gmina;gemeinde;stadt;stadtgemeinde;marktgemeinde;markt;city of;city;town of;town;ville de;"
    "ayuntamiento de;concello de;ciudad de;cidade de;kommune;kommun;kommuun;obec;mesto;"
    "opstina;opcina;prefeitura de;village of;village;township;urban municipality;metropolis"
)
_COUNTY = (
    "county of;county;landkreis;kreis;samtgemeinde;verbandsgemeinde;verwaltungsgemeinschaft;"
    "amt;powiat;condado de;judetul;provincia de;provincia di;provincia;"
    "province of;province;district of;district;distrito de;departement;departement de;"
    "department of;okres;raion;rayon;oblast;krai;prefecture;region;comarca de;mancomunidad de;"
    "communaute de communes;communaute de communes de;lk;sg;vg;vgem;rural gmina;gmina wiejska"
)
_BOROUGH = "borough of;borough;london borough of;stadtbezirk;stadtteil;arrondissement;barrio de"
_STATE = "state of;estado de;land;bundesland;governorate;canton of;canton;kanton"
_WORDS = {
    **dict.fromkeys(_COUNTY.split(";"), frozenset({Type.COUNTY})),
    **dict.fromkeys(_BOROUGH.split(";"), frozenset({Type.BOROUGH})),
    **dict.fromkeys(_STATE.split(";"), frozenset({Type.STATE})),
    **dict.fromkeys(_MUNICIPAL.split(";"), SETTLED),
}
_LONGEST_FIRST = sorted(_WORDS, key=len, reverse=True)

_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_MOJIBAKE = str.maketrans({"¢": "ø"})
_QUALIFIER = re.compile(r"\s*[,;]\s*")

# What is shortened in lists, and how the gazetteer writes it out.
_PLAIN_SHORT = {
    re.compile(rf"\b{short}\b"): words
    for short, words in {
        **{"a d": "an der", "i d": "in der", "v d": "vor der", "o d": "ob der"},
        **{"ft": "fort", "mt": "mount", "ste": "sainte", "sta": "santa", "sto": "santo"},
    }.items()
}
_OPEN_SHORT = (
    (re.compile(r"(?<=\w )a\b(?! d\b)"), ("am", "an der", "an")),
    (re.compile(r"(?<=\w )i\b(?! d\b)"), ("im", "in")),
    (re.compile(r"(?<=\w )b\b"), ("bei",)),
    (re.compile(r"\bst\b"), ("saint", "sankt", "sint", "szent")),
    (re.compile(r"\b(?:saint|sankt)\b"), ("st",)),
)

_TAIL = re.compile(r" (?:de|del|of|y|beach)\b.*")
SHORTEST_HEAD = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name. `strength`: 0 as written, 1 without its qualifier or kind of place,
    2 a part or a second name, which other facts must confirm, 3 without its tail ("Zihuatanejo de
    Azueta"), for a town that has no namesake, 4 what stands in brackets: it may be a second name or
    the city around, so it only confirms."""

    folded: str
    strength: int
    hint: str = ""
    types: frozenset = field(default=ANY_TOWN)


@lru_cache(maxsize=4096)
def readings(name: str) -> tuple[Reading, ...]:
    """All readings of a name, the most literal first; none for an empty name."""
    found: dict[str, Reading] = {}

    def add(text: str, strength: int, hint: str = "", types: frozenset | None = None) -> None:
        folded = fold(text)[:200]
        bare, kinds = without_kind(folded)
        if folded:  # "Amt Neuhaus" is a town that is called so
            whole = types or ANY_TOWN | kinds
            found.setdefault(folded, Reading(folded, strength, hint, whole))
        if bare and bare != folded:
            found.setdefault(bare, Reading(bare, max(strength, 1), hint, types or kinds))
        for spelt in written_out(folded):
            found.setdefault(spelt, Reading(spelt, strength, hint, types or ANY_TOWN))

    name = name.translate(_MOJIBAKE)
    inside = [part for part in _BRACKETS.findall(name) if part.strip()]
    bare = _BRACKETS.sub(" ", name).strip(" )")
    said = [_WORDS[fold(part)] for part in inside if _is_kind(part)]  # "Rügen (district)"
    if any(kinds != SETTLED for kinds in said):
        kinds = next(kinds for kinds in said if kinds != SETTLED)
        add(name, 0, "", kinds)
        add(bare, 1, "", kinds)
        return tuple(found.values())
    add(name, 0)
    if inside and bare:
        add(bare, 1, "" if _is_kind(inside[0]) else inside[0])
    before, *after = _QUALIFIER.split(bare)
    if after and before and not _is_kind(before):
        add(before, 1, after[-1])
    if "/" in bare:
        parts = [part.strip() for part in bare.split("/") if part.strip()]
        for part in parts:
            add(part, 2, " ".join(other for other in parts if other != part))
    if " – " in bare or " - " in bare:  # "Berlin – Neukölln", "Joniškis – Žagarė"
        whole, part = re.split(r" [–-] ", bare, maxsplit=1)
        add(part, 2, whole)
    for part in inside:
        for one in part.split("/"):
            if not _is_kind(one):
                add(one, 4)
    tail = _TAIL.search(fold(bare))
    if tail and tail.start() >= SHORTEST_HEAD:
        head = fold(bare)[: tail.start()]
        found.setdefault(head, Reading(head, 3, fold(bare)))
    return tuple(found.values())


def written_out(folded: str) -> list[str]:
    """A folded name with its abbreviations in full, in every way that they may mean."""
    plain = folded
    for pattern, words in _PLAIN_SHORT.items():
        plain = pattern.sub(words, plain)
    found = [] if plain == folded else [plain]
    for pattern, longer in _OPEN_SHORT:
        for name in [plain, *found[1:]] if pattern.search(plain) else ():
            found += [pattern.sub(words, name) for words in longer]
    return list(dict.fromkeys(found))[:12]


def _is_kind(text: str) -> bool:
    return fold(text) in _WORDS


@lru_cache(maxsize=4096)
def without_kind(folded: str) -> tuple[str, frozenset]:
    """A folded name without "landkreis", "municipality of" and the like, and what it then is."""
    for words in _LONGEST_FIRST:
        if folded.startswith(f"{words} "):
            return folded[len(words) + 1 :], _WORDS[words]
        if folded.endswith(f" {words}") and not words.endswith((" of", " de", " di")):
            return folded[: -len(words) - 1], _WORDS[words]
    return folded, SETTLED
