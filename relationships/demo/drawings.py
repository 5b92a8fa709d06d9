"""Simple landscapes in the colours of the site, drawn when the demo is loaded: no picture is kept
in the repository, and nobody is in them."""

import io
import math

from PIL import Image, ImageDraw

SIZE = (1200, 800)
GREEN, DEEP, LEAF = (0, 87, 63), (0, 63, 46), (95, 138, 123)
SAND, SUN, SKY, DUSK = (227, 233, 230), (255, 194, 14), (219, 232, 244), (248, 224, 196)
WALL, ROOF = (241, 245, 243), (168, 32, 26)


def drawn(name: str) -> bytes:
    """The JPEG of a drawing by its file name."""
    picture = Image.new("RGB", SIZE, SKY)
    DRAWINGS[name](ImageDraw.Draw(picture))
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=82)
    return written.getvalue()


def _ridge(draw: ImageDraw.ImageDraw, height: int, swell: int, waves: float, colour) -> None:
    """Land from the lower edge up to a line of hills."""
    width, bottom = SIZE
    line = [
        (x, height + swell * math.sin(x / width * waves * math.tau)) for x in range(0, width + 1, 8)
    ]
    draw.polygon([(0, bottom), *line, (width, bottom)], fill=colour)


def _disc(draw: ImageDraw.ImageDraw, x: int, y: int, radius: int, colour) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _hills(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, *SIZE), fill=DUSK)
    _disc(draw, 820, 380, 110, SUN)
    _ridge(draw, 430, 70, 1.4, LEAF)
    _ridge(draw, 560, 50, 2.1, GREEN)
    _ridge(draw, 690, 30, 1.2, DEEP)


def _park(draw: ImageDraw.ImageDraw) -> None:
    _disc(draw, 240, 180, 80, SUN)
    _ridge(draw, 560, 20, 1.0, LEAF)
    for x, size in ((220, 90), (480, 120), (760, 100), (1010, 130)):
        draw.rectangle((x - 12, 600 - size, x + 12, 670), fill=(107, 62, 18))
        _disc(draw, x, 560 - size, size, GREEN)
    _ridge(draw, 650, 12, 1.5, DEEP)


def _towers(draw: ImageDraw.ImageDraw) -> None:
    _ridge(draw, 480, 60, 1.7, LEAF)
    for x in (430, 690):
        draw.rectangle((x, 330, x + 110, 660), fill=WALL)
        draw.polygon([(x - 10, 330), (x + 55, 130), (x + 120, 330)], fill=SUN)
    draw.rectangle((540, 450, 690, 660), fill=WALL)
    draw.pieslice((540, 370, 690, 530), 180, 360, fill=ROOF)
    draw.rectangle((590, 560, 640, 660), fill=DEEP)
    _ridge(draw, 660, 8, 1.0, GREEN)


def _agaves(draw: ImageDraw.ImageDraw) -> None:
    _disc(draw, 980, 170, 90, SUN)
    _ridge(draw, 360, 50, 0.8, LEAF)
    _ridge(draw, 440, 10, 1.0, SAND)
    for row in range(4):
        for x in range(60 + 70 * (row % 2), SIZE[0], 190):
            y, reach = 500 + row * 85, 45 + row * 12
            for leaf in range(-3, 4):
                tip = (x + reach * math.sin(leaf / 3.2), y - reach * math.cos(leaf / 3.2))
                draw.polygon([(x - 9, y), tip, (x + 9, y)], fill=GREEN if leaf % 2 else DEEP)


DRAWINGS = {
    "sem-hills.jpg": _hills,
    "sem-park.jpg": _park,
    "gdl-towers.jpg": _towers,
    "gdl-agaves.jpg": _agaves,
}
