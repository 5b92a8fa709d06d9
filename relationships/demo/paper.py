"""A PDF of one page of plain lines: enough for a demo, and no program to make it with."""

_TOP, _LEFT, _LEADING = 720, 60, 22


def pdf_of(title: str, lines: list[str]) -> bytes:
    """The file. The letters are those of Western Europe, which the reader's own Helvetica has."""
    said = [_shown(title, 16, _TOP)]
    said += [_shown(line, 10, _TOP - 40 - _LEADING * n) for n, line in enumerate(lines)]
    page = b"\n".join(said)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (%s) >>" % _escaped(title),
    ]
    written, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    count = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%s"
        b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    ) % (count, table, count, len(written))


def _shown(text: str, size: int, height: int) -> bytes:
    return b"BT /F1 %d Tf %d %d Td (%s) Tj ET" % (size, _LEFT, height, _escaped(text))


def _escaped(text: str) -> bytes:
    plain = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return plain.encode("cp1252", "replace")
