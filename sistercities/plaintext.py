"""Texts as files of plain characters may hold them."""

import re

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Without the characters that XML refuses and calendars choke on; lines stay."""
    return _REFUSED.sub("", text)


def shortened(text: str, most: int) -> str:
    """So many characters at most, cut after a word."""
    text = text.strip()
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    words = cut.rpartition(" ")[0] if " " in cut else cut
    return words.rstrip(" ,;:.\n") + "…"
