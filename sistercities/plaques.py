"""The plaque as a picture, for pages that are shown elsewhere: 1200 × 630, as they all want it.

A road sign: green field, white inner border, names at the left, figures at the right.
"""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from sistercities.lettering import face, readable

WIDTH, HEIGHT = 1200, 630
GREEN, WHITE, PALE = (0, 87, 63), (255, 255, 255), (213, 232, 223)
EDGE, BORDER, CORNER = 22, 9, 40
SIDE = 84
GAP = 56
LARGEST, SMALLEST = 112, 34
BREAKS = 56
"""Letters so small that a word of a line's length and more may be broken."""

LEADING = 1.12
BOLD, PLAIN = 800, 500

Row = tuple[str, str]
"""A name and the figure beside it, which may be empty."""


@lru_cache(maxsize=256)
def plaque(rows: tuple[Row, ...], note: str = "", foot: str = "") -> bytes:
    """A PNG of these rows; the same ones are drawn once. A long name takes smaller letters, then
    two lines, then smaller ones again until it fits: nothing is cut off."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), GREEN)
    draw = ImageDraw.Draw(picture)
    frame = (EDGE, EDGE, WIDTH - 1 - EDGE, HEIGHT - 1 - EDGE)
    draw.rounded_rectangle(frame, CORNER, outline=WHITE, width=BORDER)
    rows = tuple((readable(name), readable(figure)) for name, figure in rows)
    _draw_small(draw, readable(note), readable(foot))
    room = HEIGHT - 2 * (EDGE + BORDER) - (150 if note or foot else 70)
    top = EDGE + BORDER + (30 if note or foot else 35)
    _draw_rows(draw, rows, top, room)
    written = BytesIO()
    picture.quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()


def _draw_small(draw: ImageDraw.ImageDraw, note: str, foot: str) -> None:
    base = HEIGHT - EDGE - BORDER - 46
    if foot:
        draw.text((WIDTH - SIDE, base), foot, PALE, _fitting(foot, 34, 520), anchor="rs")
    if note:
        most = WIDTH - 2 * SIDE - (540 if foot else 0)
        draw.text((SIDE, base), note, PALE, _fitting(note, 34, most), anchor="ls")


def _fitting(text: str, size: int, most: float):
    while size > 16 and face(size, PLAIN).getlength(text) > most:
        size -= 1
    return face(size, PLAIN)


def _draw_rows(draw: ImageDraw.ImageDraw, rows: tuple[Row, ...], top: int, room: int) -> None:
    """All rows in letters of one size, the figures as high as the names."""
    size, lines = _size(rows, room)
    step = size * LEADING
    between = step * 0.42
    high = sum(len(one) for one in lines) * step + between * (len(rows) - 1)
    y = top + (room - high) / 2
    for (_name, figure), name_lines in zip(rows, lines, strict=True):
        for number, line in enumerate(name_lines):
            base = y + number * step + size * 0.86
            draw.text((SIDE, base), line, WHITE, face(size, BOLD), anchor="ls")
            if figure and not number:
                draw.text((WIDTH - SIDE, base), figure, WHITE, face(size, BOLD), anchor="rs")
        y += len(name_lines) * step + between


def _size(rows: tuple[Row, ...], room: int) -> tuple[int, list[list[str]]]:
    """The largest letters with which everything fits, and the lines of each name."""
    for size in range(LARGEST, SMALLEST - 1, -2):
        lines = [_lines(name, figure, size) for name, figure in rows]
        if not all(lines):
            continue
        most = 1 if size > 72 else 3 if size > BREAKS else 9
        total = sum(map(len, lines))
        high = total * size * LEADING + (len(rows) - 1) * size * LEADING * 0.42
        if high <= room and max(map(len, lines)) <= most:
            return size, lines
    return SMALLEST, [_lines(name, figure, SMALLEST) for name, figure in rows]


def _lines(name: str, figure: str, size: int) -> list[str]:
    """A name broken between words so that each line fits; [] when a word is too long, unless the
    letters are small: then the word is broken."""
    letters = face(size, BOLD)
    beside = letters.getlength(figure) + GAP if figure else 0
    most = WIDTH - 2 * SIDE - beside
    words = name.split()
    if size <= BREAKS:
        words = [piece for word in words for piece in _pieces(word, letters, most)]
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and letters.getlength(longer) <= most:
            lines[-1] = longer
        elif letters.getlength(word) <= most:
            lines.append(word)
        else:
            return []
    return lines or [""]


def _pieces(word: str, letters: ImageFont.FreeTypeFont, most: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and letters.getlength(pieces[-1] + letter) > most:
            pieces.append("")
        pieces[-1] += letter
    return pieces
