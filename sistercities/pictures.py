"""Pictures made anew in little memory, whatever a file claims or hides.

What decoding will hold is reckoned from the header, and refused before a pixel is read. Then the
picture is made smaller band by band: at no time is it in memory twice.
"""

import io
import math
import struct
from typing import BinaryIO

from PIL import ExifTags, Image, ImageOps, JpegImagePlugin, PngImagePlugin

MEGABYTE = 1024 * 1024
MOST_PIXELS = 40_000_000
MOST_HELD = 80 * MEGABYTE
"""Of pixels at once. With the file as it came and as it is kept, less than 100 MB."""

MOST_SCANS = 32
"""Passes over a JPEG. Ten are usual; each that says nothing costs time and hardly a byte."""

BAND = 300_000
KEPT = 4
"""Pixels that are made smaller at once; bytes of a pixel in plain colours."""

NARROW = {"1": 1, "L": 1, "P": 1, "I;16": 2}
WEBP = 16
"""The decoder of WebP holds two frames, and hands over a third of which ours is made."""

PngImagePlugin.MAX_TEXT_MEMORY = 4 * MEGABYTE  # Pillow takes 64, and none of it is kept


class TooManyPixels(ValueError):
    """More than anybody needs."""


class TooHeavy(ValueError):
    """It would take too much memory or time to open."""


def made_anew(sent: BinaryIO, kind: str, longest: int, options: dict) -> bytes:
    """Upright, at most `longest` wide or high, in plain colours, with nothing but pixels."""
    if kind == "WEBP" and (size := webp_size(sent)):
        _weigh(size, longest, WEBP)  # its decoder asks for two frames before it says how large
    sent.seek(0)
    with Image.open(sent, formats=[kind]) as picture:
        if kind == "JPEG":
            _draft(picture, sent, longest)
        else:
            each = WEBP if kind == "WEBP" else NARROW.get(picture.mode, KEPT)
            _weigh(picture.size, longest, each)
        picture.load()
        seen_through = "A" in picture.getbands() or "transparency" in picture.info
        plain = _smaller(picture, "RGBA" if seen_through and kind != "JPEG" else "RGB", longest)
        turn = picture.getexif().get(ExifTags.Base.Orientation, 1)
    plain.getexif()[ExifTags.Base.Orientation] = turn
    ImageOps.exif_transpose(plain, in_place=True)
    plain.info.clear()
    written = io.BytesIO()
    plain.save(written, kind, **options)
    return written.getvalue()


def webp_size(sent: BinaryIO) -> tuple[int, int] | None:
    """Width and height from the header of a WebP (RFC 9649, sections 2.5 to 2.7); None where it
    has no such header."""
    sent.seek(0)
    head = sent.read(30)
    if len(head) < 30:
        return None
    match head[12:16]:
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", head, 26)
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            bits = int.from_bytes(head[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            width, height = (int.from_bytes(head[n : n + 3], "little") for n in (24, 27))
            return width + 1, height + 1
    return None


def _weigh(size: tuple[int, int], longest: int, bytes_each: float) -> None:
    """Refuse what would hold too much: its pixels, two of its lines, and the smaller picture."""
    pixels, kept = math.prod(size), math.prod(_fitting(size, longest))
    if pixels > MOST_PIXELS:
        raise TooManyPixels
    if pixels * bytes_each + 16 * size[0] + kept * KEPT > MOST_HELD:
        raise TooHeavy


def _draft(picture: JpegImagePlugin.JpegImageFile, sent: BinaryIO, longest: int) -> None:
    """Let the decoder of JPEG itself leave out pixels: as many as are not needed, or more."""
    waiting = 0.0
    if not _is_read_in_one_pass(picture, sent):
        sent.seek(0)
        if sent.read().count(b"\xff\xda") > MOST_SCANS:
            raise TooHeavy
        each = [down * across for _name, down, across, _table in picture.layer]
        waiting = 2 * sum(each) / max(each)  # two bytes of every part until the last pass
    scale = next(n for n in (8, 4, 2, 1) if n == 1 or max(picture.size) // n >= longest)
    while True:
        try:
            _weigh(picture.size, longest, NARROW.get(picture.mode, KEPT) / scale**2 + waiting)
        except TooHeavy:
            if scale == 8:
                raise
            scale *= 2
        else:
            break
    picture.draft(None, tuple(max(1, side // scale) for side in picture.size))


def _is_read_in_one_pass(picture: JpegImagePlugin.JpegImageFile, sent: BinaryIO) -> bool:
    """Whether the first scan, behind which Pillow stops reading, has every part of the picture."""
    length = 6 + 2 * picture.layers
    sent.seek(-length, io.SEEK_CUR)
    scan = sent.read(3)
    return "progressive" not in picture.info and scan == bytes([0, length, picture.layers])


def _fitting(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """The same shape, at most `longest` wide or high."""
    scale = min(1, longest / max(size))
    return (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))


def _smaller(picture: Image.Image, mode: str, longest: int) -> Image.Image:
    """The picture in plain colours. Every band is made with the lines around it: no seam shows."""
    width, height = _fitting(picture.size, longest)
    made = Image.new(mode, (width, height))
    step = picture.height / height
    margin = math.ceil(2 * step) + 1
    lines = max(1, int(BAND / (picture.width * step)))
    for top in range(0, height, lines):
        bottom = min(top + lines, height)
        first = max(0, math.floor(top * step) - margin)
        last = min(picture.height, math.ceil(bottom * step) + margin)
        band = picture.crop((0, first, picture.width, last))
        if (band.mode, mode) != ("L", "RGB"):  # grey is made smaller as one colour, not as three
            band = band.convert(mode)
        box = (0, top * step - first, picture.width, min(bottom * step - first, band.height))
        shrunk = band.resize((width, bottom - top), Image.Resampling.BICUBIC, box=box)
        made.paste(shrunk, (0, top))
    return made
