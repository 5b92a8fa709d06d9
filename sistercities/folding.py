"""Names as people mean them: without accents, case, punctuation, script tricks or small typos.

Everything that is searched or matched goes through :func:`fold` once, when it is stored and when
it is asked for; both databases then compare the same plain strings. Nothing here touches Django.
"""

import re
import unicodedata
from functools import lru_cache

SPELLING_LENGTH = 24
"""Only this many letters of a name take part in the search by sound."""

WORD_TAILS = 6
"""The most words of one name from which a prefix search may start."""

_APOSTROPHES = "'`´‘’‛ʹʺʻʼʽʾʿˈˮ′＇"
_SILENT = "·"  # the Catalan middle dot of "l·l"

# Letters that carry a stroke, hook or ligature no Unicode decomposition takes apart.
_UNDECOMPOSED = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ħ": "h",
    "ŋ": "n",
    "ß": "ss",
    "ŧ": "t",
    "ɨ": "i",
    "ʉ": "u",
    "ə": "e",
    "ǝ": "e",
    "ɓ": "b",
    "ɗ": "d",
    "ƙ": "k",
    "ƴ": "y",
    "ƶ": "z",
    "ĸ": "k",
}

# Cyrillic letters that look like a Latin one in upper or lower case, as they stand casefolded.
_LOOKALIKES = str.maketrans("авекмнорстухіјѕһԁԛԝ", "abekmhopctyxijshdqw")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[a-z]")

# Vowel signs, viramas and the like are letters of their scripts, not accents: they have these
# combining classes, while accents have 1 (overlays), 10-35 (Hebrew, Arabic) and 200-240 (the rest).
_ACCENT_CLASSES = frozenset([1, *range(10, 36), *range(200, 241)])
_INVISIBLE_MARKS = frozenset(
    [0x034F, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]
)


class _Folded(dict):
    """A ``str.translate`` table that works out each character the first time it is met."""

    def __missing__(self, codepoint: int) -> str:
        character = chr(codepoint)
        folded = self._of(character)
        # A fixed point, so that folding what is folded changes nothing.
        while (again := "".join(self._of(one) for one in folded)) != folded:
            folded = again
        self[codepoint] = folded
        return folded

    @staticmethod
    def _of(character: str) -> str:
        if character in _APOSTROPHES or character in _SILENT:
            return ""
        pieces = []
        for piece in unicodedata.normalize("NFKD", character).casefold():
            category = unicodedata.category(piece)
            if piece in _UNDECOMPOSED:
                pieces.append(_UNDECOMPOSED[piece])
            elif piece in _APOSTROPHES or piece in _SILENT:
                continue
            elif category[0] == "M":
                accent = category == "Me" or unicodedata.combining(piece) in _ACCENT_CLASSES
                if not accent and ord(piece) not in _INVISIBLE_MARKS:
                    pieces.append(piece)
            elif piece.isspace() or category[0] in "PSZ":
                pieces.append(" ")
            elif category[0] != "C":
                pieces.append(piece)
        return "".join(pieces)


_FOLDED = _Folded()


def fold(text: str) -> str:
    """The plain form of a name, equal for all its ordinary ways of being written.

    Compatibility-decomposed, accents dropped, casefolded; letters that do not decompose are
    replaced (ø→o, þ→th, ß→ss …); apostrophes and okinas vanish ("Oʻahu" → "oahu"); other
    punctuation and symbols become one space; invisible and control characters vanish; Cyrillic
    look-alikes inside a Latin word become Latin. Other scripts stay themselves.
    ``fold(fold(x)) == fold(x)``.
    """
    if text.isascii():
        return " ".join(text.translate(_FOLDED).split())
    folded = text.translate(_FOLDED)
    if not folded.isascii():
        if _CYRILLIC.search(folded):
            folded = " ".join(map(_unmasked, folded.split()))
        folded = unicodedata.normalize("NFC", folded)  # Hangul and kana back in one piece
    return " ".join(folded.split())


def _unmasked(word: str) -> str:
    """A Latin word freed of Cyrillic look-alikes; any other word as it is."""
    if not _LATIN.search(word):
        return word
    plain = word.translate(_LOOKALIKES)
    return word if _CYRILLIC.search(plain) else plain


_TYPED = "abcdefghijklmnopqrstuwyz"  # v and x always sound as b and j
_DOUBLED = re.compile(r"(.)\1+")

# In this order; capitals stand for sounds already settled (folded text has none of its own).
_SOUNDS = (
    (" ", ""),
    ("sch", "s"),
    ("ch", "C"),
    ("ph", "f"),
    ("h", ""),
    ("gue", "Ge"),
    ("gui", "Gi"),
    ("ge", "je"),
    ("gi", "ji"),
    ("G", "g"),
    ("que", "ke"),
    ("qui", "ki"),
    ("q", "k"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("c", "k"),
    ("z", "s"),
    ("x", "j"),
    ("v", "b"),
    ("y", "i"),
)


def collapse(folded: str) -> str:
    """How a folded name roughly sounds to Spanish and English ears, cut to 24 letters.

    Spaces go (newyork); sch→s; ph→f; h is silent except in ch; gu before e/i→g, g before e/i→j;
    qu before e/i and q→k; c before e/i/y→s, else k; z→s; x→j (Xalapa, Méjico); v→b; y→i; then
    every run of one letter becomes that letter (Medelin, Misisipi). Other scripts pass unchanged.
    """
    return _heard(folded)[:SPELLING_LENGTH]


def _heard(text: str) -> str:
    """The sound of one text, or of several on lines of their own: no rule spans two lines."""
    for written, heard in _SOUNDS:
        text = text.replace(written, heard)
    return _DOUBLED.sub(r"\1", text)


def sounds_near(folded: str) -> set[str]:
    """How everything sounds (:func:`collapse`) that is at most one typo away from a folded text.

    A typo is one inserted, missing, wrong or swapped letter among the first 24; spaces do not
    count. Some twenty sounds for each letter of the text.
    """
    letters = folded.replace(" ", "")
    near = {letters}
    for at in range(min(len(letters), SPELLING_LENGTH) + 1):
        before, here, after = letters[:at], letters[at : at + 1], letters[at + 1 :]
        near.add(before + after)
        near.add(before + after[:1] + here + after[1:])
        for letter in _TYPED:
            near.add(before + letter + here + after)
            near.add(before + letter + after)
    return {sound[:SPELLING_LENGTH] for sound in _heard("\n".join(near)).split("\n")}


@lru_cache(maxsize=4096)
def _trigrams(folded: str) -> frozenset[str]:
    return frozenset(
        padded[at : at + 3]
        for word in folded.split()
        for padded in (f"  {word} ",)
        for at in range(len(padded) - 2)
    )


def similarity(a: str, b: str) -> float:
    """How many trigrams two folded strings share, from 0 (none) to 1 (all), as pg_trgm counts.

    Each word is padded with two spaces before and one after; word order does not matter.
    """
    left, right = _trigrams(a), _trigrams(b)
    shared = len(left & right)
    return shared / (len(left) + len(right) - shared) if shared else 0.0


def word_tails(folded: str) -> list[str]:
    """The name from each of its words on: "gomez palacio" → ["gomez palacio", "palacio"].

    At most six, for prefix search on any word. A name without spaces is its only tail.
    """
    words = folded.split()
    return [" ".join(words[at:]) for at in range(min(len(words), WORD_TAILS))]
