"""What people send is checked by what it is; pictures are made anew."""

import functools
import io
import struct
import time
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageChops, PngImagePlugin

from sistercities import pictures, uploads
from sistercities.uploads import accept, safe_name
from tests.sistercities.memory import Peak

GPS, ORIENTATION = 0x8825, 0x0112
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def picture(kind: str = "JPEG", size=(60, 40), mode: str = "RGB", **options) -> bytes:
    written = io.BytesIO()
    if kind == "PNG":
        options.setdefault("compress_level", 1)
    Image.new(mode, size, "green" if mode != "P" else 3).save(written, kind, **options)
    return written.getvalue()


def sent(content: bytes, name: str = "scan") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims any size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


REFUSED = {
    "nothing": (b"", uploads.EMPTY),
    "text": (b"just words", uploads.WRONG_KIND),
    "html": (b"<!doctype html><script>alert(1)</script>", uploads.WRONG_KIND),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', uploads.WRONG_KIND),
    "php": (b"<?php system($_GET[0]);", uploads.WRONG_KIND),
    "zip": (b"PK\x03\x04" + b"\0" * 40, uploads.WRONG_KIND),
    "gif": (b"GIF89a" + b"\0" * 40, uploads.WRONG_KIND),
    "tiff": (b"II*\0" + b"\xff" * 40, uploads.WRONG_KIND),
    "bmp": (b"BM" + b"\0" * 60, uploads.WRONG_KIND),
    "a sound in RIFF": (b"RIFF\x10\0\0\0WAVEfmt ", uploads.WRONG_KIND),
    "a PDF that begins late": (b"\n%PDF-1.4", uploads.WRONG_KIND),
    "a locked PDF": (PDF + b"<< /Encrypt 5 0 R >>", uploads.LOCKED),
    "a PDF with a script": (PDF + b"<< /S /JavaScript /JS (app.alert(1)) >>", uploads.ACTIVE),
    "a PDF that starts a program": (PDF + b"<< /S /Launch /F (cmd.exe) >>", uploads.ACTIVE),
    "a PDF too large": (PDF + b" " * uploads.MOST_PDF, uploads.PDF_TOO_LARGE),
    "a picture too large": (picture() + b" " * uploads.MOST_PICTURE, uploads.PICTURE_TOO_LARGE),
    "half a JPEG": (picture()[:200], uploads.DAMAGED),
    "half a PNG": (picture("PNG")[:60], uploads.DAMAGED),
    "half a WebP": (picture("WEBP")[:25], uploads.DAMAGED),
    "only the first bytes": (b"\xff\xd8\xff", uploads.DAMAGED),
    "HTML behind a PNG's first bytes": (b"\x89PNG\r\n\x1a\n<html>", uploads.DAMAGED),
    "50,000 by 50,000": (png_that_claims(50_000, 50_000), uploads.TOO_MANY_PIXELS),
    "8,000 by 5,001": (png_that_claims(8_000, 5_001), uploads.TOO_MANY_PIXELS),
    "4 billion by 1": (png_that_claims(2**31 - 1, 1), uploads.TOO_MANY_PIXELS),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_document_is_refused_in_one_sentence(case):
    content, sentence = REFUSED[case]
    began = time.monotonic()
    with pytest.raises(ValidationError) as refusal:
        accept(sent(content, "scan.png"))
    assert refusal.value.messages == [str(sentence)]
    assert time.monotonic() - began < 2


def of_many_words() -> bytes:
    words = PngImagePlugin.PngInfo()
    for _ in range(60):
        words.add_text("Comment", " " * (pictures.MEGABYTE - 1), zip=True)
    return picture("PNG", pnginfo=words)


def of_many_passes() -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    raw = picture(size=(4000, 3000), progressive=True)
    last = raw[raw.rindex(b"\xff\xda") : -2]
    return raw[:-2] + last * 2000 + raw[-2:]


def in_separate_passes(size: tuple[int, int]) -> bytes:
    """The header of a JPEG that is not progressive, and yet comes part by part."""
    raw = picture(size=size, subsampling=0)
    scan = raw.rindex(b"\xff\xda")
    return raw[:scan] + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + raw[scan + 14 :]


HEAVY = {
    # what: (file, why it is refused; None for what is kept)
    "a JPEG": (lambda: picture(size=(8000, 5000)), None),
    "a square JPEG": (lambda: picture(size=(6324, 6324)), None),
    "a long JPEG": (lambda: picture(size=(2500, 16000)), None),
    "a grey PNG": (lambda: picture("PNG", (8000, 5000), "L"), None),
    "a PNG with a palette": (lambda: picture("PNG", (8000, 5000), "P"), None),
    "a PNG of 12 million": (lambda: picture("PNG", (4000, 3000)), None),
    "a PNG that is seen through": (lambda: picture("PNG", (4000, 3000), "RGBA"), None),
    "a PNG of 40 million": (lambda: picture("PNG", (8000, 5000)), uploads.TOO_HEAVY),
    "a PNG of one line": (lambda: picture("PNG", (8_000_000, 1)), uploads.TOO_HEAVY),
    "a PNG full of words": (of_many_words, uploads.DAMAGED),
    "a WebP of 4 million": (lambda: picture("WEBP", (2400, 1700), method=0), None),
    "a WebP of 40 million": (lambda: picture("WEBP", (8000, 5000), method=0), uploads.TOO_HEAVY),
    "a JPEG in passes": (lambda: picture(size=(4000, 3000), progressive=True), None),
    "a large JPEG in passes": (
        lambda: picture(size=(8000, 5000), progressive=True),
        uploads.TOO_HEAVY,
    ),
    "a JPEG in many passes": (of_many_passes, uploads.TOO_HEAVY),
    "a JPEG in separate passes": (lambda: in_separate_passes((8000, 5000)), uploads.TOO_HEAVY),
}


@functools.cache
def heavy(case: str) -> bytes:
    """The file, made once: that takes as long as reading it."""
    return HEAVY[case][0]()


@pytest.mark.parametrize("longest", [uploads.PHOTO_SIDE, uploads.LONGEST_SIDE])
@pytest.mark.parametrize("case", HEAVY)
def test_no_picture_takes_much_memory_or_time(case, longest):
    file, refused = sent(heavy(case)), HEAVY[case][1]
    assert file.size < uploads.MOST_PICTURE
    began, said, kept = time.process_time(), None, None
    with Peak() as peak:
        try:
            kept = accept(file, longest=longest)
            uploads.small(kept)
        except ValidationError as refusal:
            said = refusal.messages
    assert time.process_time() - began < 2
    assert peak.grown < 100
    assert said == (refused and [str(refused)])
    if kept is not None:
        with Image.open(kept) as opened:
            assert max(opened.size) <= longest


WEBPS = [
    (b"VP8 ", {}),
    (b"VP8L", {"lossless": True}),
    (b"VP8X", {"exif": Image.Exif().tobytes()}),
]


@pytest.mark.parametrize(("chunk", "options"), WEBPS)
def test_a_webp_that_is_too_heavy_is_refused_before_its_decoder_asks_for_memory(
    monkeypatch, chunk, options
):
    for size in ((61, 43), (1, 2), (2600, 2101)):
        file = picture("WEBP", size, method=0, **options)
        assert (file[12:16], pictures.webp_size(io.BytesIO(file))) == (chunk, size)
    heavy = sent(file)
    monkeypatch.setattr(pictures.Image, "open", lambda *_args, **_more: pytest.fail("opened"))
    with pytest.raises(ValidationError) as refusal:
        accept(heavy, longest=uploads.PHOTO_SIDE)
    assert refusal.value.messages == [str(uploads.TOO_HEAVY)]


@pytest.mark.parametrize(
    "head", [b"", b"RIFF", b"RIFF1234WEBPVP8", b"RIFF1234WEBPJUNK" + b"x" * 40]
)
def test_what_has_no_header_of_a_webp_has_no_size(head):
    assert pictures.webp_size(io.BytesIO(head)) is None


ROUNDING = 2


def test_no_seam_shows_where_the_parts_of_a_large_picture_meet(monkeypatch):
    noise = Image.effect_noise((300, 200), 60).resize((900, 600)).convert("RGB")
    written = io.BytesIO()
    noise.save(written, "PNG")
    monkeypatch.setattr(pictures, "BAND", 900)
    kept = accept(sent(written.getvalue()), longest=250)
    with Image.open(kept) as opened:
        whole = noise.resize((250, 167), Image.Resampling.BICUBIC)
        differs = ImageChops.difference(opened.convert("RGB"), whole)
        assert max(high for _low, high in differs.getextrema()) <= ROUNDING


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", ".jpg"), ("PNG", ".png"), ("WEBP", ".webp")])
def test_a_picture_keeps_its_kind_and_gets_its_ending(kind, ending):
    kept = accept(sent(picture(kind), "hojas.exe"))
    assert kept.name == f"hojas{ending}"
    with Image.open(io.BytesIO(kept.read())) as opened:
        assert (opened.format, opened.size) == (kind, (60, 40))


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16"])
def test_pictures_in_other_colours_are_kept(mode):
    with Image.open(io.BytesIO(accept(sent(picture("PNG", mode=mode))).read())) as opened:
        assert opened.mode == ("RGBA" if "A" in mode else "RGB")


def test_where_a_picture_was_taken_is_forgotten_and_it_stands_upright():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "N"
    exif[0x010F] = "A camera"
    raw = picture(exif=exif, comment=b"at home")
    with Image.open(io.BytesIO(raw)) as opened:
        assert dict(opened.getexif()) != {}
    kept = accept(sent(raw)).read()
    with Image.open(io.BytesIO(kept)) as opened:
        assert dict(opened.getexif()) == {}
        assert opened.size == (40, 60)
        assert "comment" not in opened.info
    assert b"camera" not in kept and b"at home" not in kept


def test_text_in_a_png_and_what_follows_a_picture_are_dropped():
    hidden = b"<script>alert(1)</script>"
    kept = accept(sent(picture("PNG") + hidden)).read()
    assert hidden not in kept


def test_a_large_picture_is_made_smaller_in_time():
    noise = Image.effect_noise((1000, 600), 60).resize((8000, 4800)).convert("RGB")
    written = io.BytesIO()
    noise.save(written, "JPEG", quality=40)
    assert written.tell() < uploads.MOST_PICTURE
    began = time.process_time()
    kept = accept(sent(written.getvalue()))
    assert time.process_time() - began < 2
    with Image.open(io.BytesIO(kept.read())) as opened:
        assert max(opened.size) == uploads.LONGEST_SIDE


def test_a_pdf_is_kept_byte_for_byte():
    kept = accept(sent(PDF, "Acta de cabildo.PDF"))
    assert (kept.name, kept.read()) == ("Acta de cabildo.pdf", PDF)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\boot.ini", "boot.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie x=1.pdf"),
        ('quote".pdf', "quote.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("nul\0byte.pdf", "nul byte.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("Convenio Gómez Palacio – 友好.pdf", "Convenio Gómez Palacio – 友好.pdf"),
        ("x" * 300, "x" * uploads.LONGEST_NAME + ".pdf"),
    ],
)
def test_a_name_keeps_its_words_and_loses_its_tricks(name, kept):
    assert safe_name(name, ".pdf") == kept
