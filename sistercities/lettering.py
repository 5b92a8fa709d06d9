"""Overpass, the letters of road signs, for what is drawn here: pictures and badges.

Its Latin letters are many, but no others. What it lacks is written in the plain letters that it
has, and left out where there are none: a sign never shows a box in place of a letter.
"""

from functools import cache, lru_cache
from pathlib import Path

import fontpkg_overpass
from fontTools.misc.transform import Scale
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from PIL import ImageFont

from sistercities.folding import fold

FILE = Path(fontpkg_overpass.__file__).parent / "files" / "Overpass[wght].ttf"
SCALE = 1000
"""Units of an em in the paths of letters."""


@cache
def _font() -> TTFont:
    return TTFont(FILE)


@cache
def _letters() -> dict[int, str]:
    return _font().getBestCmap()


def readable(text: str, otherwise: str = "") -> str:
    """The text in letters that the face has; `otherwise` where nothing of it can be written."""
    known = _letters()
    letters = [one if ord(one) in known else _plain(one) for one in text]
    written = " ".join("".join(letters).split())
    return written if any(one.isalnum() for one in written) else otherwise


def _plain(letter: str) -> str:
    """A letter without its marks, in the case that it had; empty for other scripts."""
    if letter.isspace():
        return " "
    plain = "".join(one for one in fold(letter) if ord(one) in _letters())
    return plain.upper() if letter.isupper() else plain


@lru_cache(maxsize=64)
def face(size: int, weight: int) -> ImageFont.FreeTypeFont:
    """For drawing on a picture."""
    drawn = ImageFont.truetype(FILE, size, layout_engine=ImageFont.Layout.BASIC)
    drawn.set_variation_by_axes([weight])
    return drawn


@cache
def _glyphs(weight: int):
    return _font().getGlyphSet(location={"wght": weight})


@lru_cache(maxsize=2048)
def _outline(letter: str, weight: int) -> tuple[str, float]:
    """The path of a letter, upside down as fonts are, with its width in thousandths of an em."""
    glyphs, factor = _glyphs(weight), SCALE / _font()["head"].unitsPerEm
    glyph = glyphs[_letters().get(ord(letter), ".notdef")]
    pen = SVGPathPen(glyphs, ntos=lambda number: str(round(number)))
    glyph.draw(TransformPen(pen, Scale(factor, -factor)))
    return pen.getCommands(), glyph.width * factor


def outlined(text: str, weight: int) -> tuple[list[tuple[str, float]], float]:
    """The letters of a readable text, each path with its place on the line, and the width of all,
    in thousandths of an em."""
    placed, at = [], 0.0
    for letter in text:
        path, width = _outline(letter, weight)
        if path:
            placed.append((path, round(at)))
        at += width
    return placed, at
