"""Plain text of the office as a page shows it. What is a heading and what a list is said by the
beginning of a line; everything else is text: no HTML, no other signs.

An empty line ends a paragraph. A line that begins with "# " is a heading; lines that begin with
"- " are a list. Addresses become links where the text is shown.
"""

from dataclasses import dataclass

HEADING, ITEM = "# ", "- "


@dataclass(frozen=True)
class Block:
    """A heading (one line), a paragraph (its lines) or a list (a line an item)."""

    kind: str
    lines: tuple[str, ...]


def blocks(text: str) -> list[Block]:
    """The parts of a text in their order."""
    found: list[tuple[str, list[str]]] = []
    last = ""
    for line in map(str.strip, text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        kind, said = _read(line)
        if kind and kind == last and kind != "heading":
            found[-1][1].append(said)
        elif kind:
            found.append((kind, [said]))
        last = kind
    return [Block(kind, tuple(lines)) for kind, lines in found]


def _read(line: str) -> tuple[str, str]:
    for kind, sign in (("heading", HEADING), ("list", ITEM)):
        said = line.removeprefix(sign).strip()
        if line.startswith(sign) and said:
            return kind, said
    return ("paragraph", line) if line.strip("#- ") else ("", "")
