"""Files that people send: only a few kinds, within limits, and pictures made anew.

A picture is decoded and encoded again, so that what is kept is a picture and nothing else: no
place where it was taken, no name of a camera, no page hidden in it. A PDF is kept as it came and
is only ever sent as an attachment.
"""

import io
import re
import struct
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image

from sistercities import pictures
from sistercities.pictures import MEGABYTE

MOST_PDF = 10 * MEGABYTE
MOST_PICTURE = 8 * MEGABYTE
LONGEST_SIDE = 3200
"""Pixels of a kept picture: a page of Letter or A4 at 290 dots an inch."""

PHOTO_SIDE = 2000
THUMB_SIDE = 480
PDF, PICTURE = "pdf", "picture"

LONGEST_NAME = 120
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.webp"
PICTURES = {
    "JPEG": (".jpg", "image/jpeg", {"quality": 88}),
    "PNG": (".png", "image/png", {"compress_level": 3}),
    "WEBP": (".webp", "image/webp", {"quality": 85, "method": 2}),
}
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, MemoryError, struct.error)
_SIGNATURES = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"RIFF": "WEBP"}
_UNWANTED = re.compile(r'[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069"*/:<>?\\|]')
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch)\b")

WRONG_KIND = _("The file must be a PDF or a picture (JPEG, PNG, WebP).")
ONLY_PDF = _("The file must be a PDF.")
ONLY_PICTURE = _("The picture must be a JPEG, PNG or WebP file.")
EMPTY = _("The file is empty.")
PDF_TOO_LARGE = _("The PDF must be smaller than 10 MB.")
PICTURE_TOO_LARGE = _("The picture must be smaller than 8 MB.")
LOCKED = _("The PDF is protected with a password. Send it without.")
ACTIVE = _("The PDF contains a program. Print it to a new PDF and send that one.")
TOO_MANY_PIXELS = _("The picture must have at most 40 million pixels.")
TOO_HEAVY = _("The picture is too large to open. Save it smaller, or as an ordinary JPEG.")
DAMAGED = _("The picture cannot be read. Open it and save it again.")


def accept(
    sent: UploadedFile, kinds: tuple[str, ...] = (PDF, PICTURE), longest: int = LONGEST_SIDE
) -> UploadedFile:
    """The file as it will be kept; ValidationError with one sentence when it cannot be.

    What it is follows from its first bytes, never from its name or from what the sender says.
    `longest`: the most pixels of a picture's longer side.
    """
    wrong_kind = {(PDF,): ONLY_PDF, (PICTURE,): ONLY_PICTURE}.get(tuple(kinds), WRONG_KIND)
    if not sent.size:
        raise ValidationError(EMPTY)
    sent.seek(0)
    head = sent.read(12)
    if head.startswith(b"%PDF-"):
        if PDF not in kinds:
            raise ValidationError(wrong_kind)
        return _pdf(sent)
    kind = next((kind for start, kind in _SIGNATURES.items() if head.startswith(start)), None)
    if kind is None or (kind == "WEBP" and head[8:] != b"WEBP") or PICTURE not in kinds:
        raise ValidationError(wrong_kind)
    return _picture(sent, kind, longest)


def safe_name(name: str, ending: str) -> str:
    """The sender's name without folders, control and direction characters, with our ending."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem = " ".join(_UNWANTED.sub(" ", PurePath(last).stem).split()).strip(". ")
    return f"{stem[:LONGEST_NAME] or 'file'}{ending}"


def small(kept: UploadedFile) -> tuple[bytes, int, int]:
    """A small WebP of a picture that `accept` made, and the size of the picture itself."""
    kept.seek(0)
    with Image.open(kept, formats=list(PICTURES)) as picture:
        width, height = picture.size
        picture.thumbnail((THUMB_SIDE, THUMB_SIDE), reducing_gap=2.0)
        written = io.BytesIO()
        picture.save(written, "WEBP", quality=72, method=2)
    kept.seek(0)
    return written.getvalue(), width, height


def _pdf(sent: UploadedFile) -> UploadedFile:
    if sent.size > MOST_PDF:
        raise ValidationError(PDF_TOO_LARGE)
    sent.seek(0)
    content = sent.read()
    if b"/Encrypt" in content:
        raise ValidationError(LOCKED)
    if _ACTIVE.search(content):
        raise ValidationError(ACTIVE)
    return SimpleUploadedFile(safe_name(sent.name or "", ".pdf"), content, "application/pdf")


def _picture(sent: UploadedFile, kind: str, longest: int) -> UploadedFile:
    if sent.size > MOST_PICTURE:
        raise ValidationError(PICTURE_TOO_LARGE)
    ending, media_type, options = PICTURES[kind]
    try:
        content = pictures.made_anew(sent, kind, longest, options)
    except (pictures.TooManyPixels, *_BOMBS) as error:
        raise ValidationError(TOO_MANY_PIXELS) from error
    except pictures.TooHeavy as error:
        raise ValidationError(TOO_HEAVY) from error
    except _BROKEN as error:
        raise ValidationError(DAMAGED) from error
    return SimpleUploadedFile(safe_name(sent.name or "", ending), content, media_type)
