"""Message catalogues by Babel alone: gathered from the sources, compared, compiled.

Django's makemessages and compilemessages call the programs of the gettext package; this needs none.
A catalogue is written without line numbers and dates, so that it changes only when a text does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.checkers import checkers
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import templatize

CONTEXT_FIRST = (1, "c")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": (CONTEXT_FIRST, 2),
    "pgettext_lazy": (CONTEXT_FIRST, 2),
    "npgettext": (CONTEXT_FIRST, 2, 3),
    "npgettext_lazy": (CONTEXT_FIRST, 2, 3),
}
SOURCES = ("sistercities", "committees", "relationships")
TEMPLATE_TYPES = {".html", ".txt", ".xml"}
COMMENT_TAG = "Translators:"
CHANGING_HEADERS = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team)[^"]*"\n',
    re.MULTILINE,
)


@dataclass
class Findings:
    """What keeps a catalogue from being complete: message ids, and sentences about wrong ones."""

    missing: list[str] = field(default_factory=list)
    untranslated: list[str] = field(default_factory=list)
    fuzzy: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    out_of_date: bool = False

    def sentences(self) -> Iterator[str]:
        """One line for each thing to mend."""
        for name in ("missing", "untranslated", "fuzzy"):
            for message_id in getattr(self, name):
                yield f"{name}: {message_id!r}"
        yield from self.wrong
        if self.out_of_date and not self.missing:
            yield "out of date: the file holds texts that are no longer used, or is not in order"


def catalogue_paths(base: Path | None = None) -> list[Path]:
    """The .po file of every language but English, which the message ids are written in."""
    locale = (base or settings.BASE_DIR) / "locale"
    codes = [code for code, _name in settings.LANGUAGES if code != "en"]
    return [locale / code / "LC_MESSAGES" / "django.po" for code in codes]


def source_paths(base: Path) -> Iterator[Path]:
    """Python files of the apps and all templates, in a fixed order."""
    for app in SOURCES:
        for path in sorted((base / app).rglob("*")):
            in_templates = "templates" in path.parts and path.suffix in TEMPLATE_TYPES
            if in_templates or (path.suffix == ".py" and "migrations" not in path.parts):
                yield path
    for path in sorted((base / "templates").rglob("*")):
        if path.suffix in TEMPLATE_TYPES:
            yield path


def gather(base: Path | None = None) -> Catalog:
    """Every message of the sources, as a catalogue without translations."""
    base = base or settings.BASE_DIR
    found = Catalog()
    for path in source_paths(base):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # Inside brackets Python's tokenizer does not mind how the template is indented.
            text = f"(\n{templatize(text, origin=str(path))}\n)"
        source = BytesIO(b"# -*- coding: utf-8 -*-\n" + text.encode())
        for _line, message, comments, context in extract(
            "python", source, KEYWORDS, comment_tags=[COMMENT_TAG], strip_comment_tags=True
        ):
            found.add(message, auto_comments=comments, context=context)
    return found


def read(path: Path) -> Catalog:
    """The catalogue as it lies on the disk; an empty one when there is none yet."""
    language = path.parent.parent.name
    if not path.exists():
        return Catalog(locale=language, project="Sister Cities Registry", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def merged(old: Catalog, found: Catalog) -> Catalog:
    """The messages that are found, with the translations that there are; no guesses."""
    new = Catalog(locale=old.locale, project="Sister Cities Registry", fuzzy=False)
    new.header_comment = "# Sister Cities Registry"
    for message in found:
        if not message.id:
            continue
        known = old.get(message.id, message.context)
        same_shape = known is not None and known.pluralizable == message.pluralizable
        new.add(
            message.id,
            string=known.string if same_shape else "",
            flags=known.flags - {"python-format"} if same_shape else (),
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if known else (),
            context=message.context,
        )
    return new


def written(catalogue: Catalog) -> bytes:
    """The text of a .po file: sorted, no line numbers, no dates."""
    out = BytesIO()
    write_po(out, catalogue, sort_output=True, no_location=True, ignore_obsolete=True, width=88)
    return CHANGING_HEADERS.sub(b"", out.getvalue())


def update(path: Path, found: Catalog) -> bool:
    """Bring one .po file up to date; True when it changed."""
    text = written(merged(read(path), found))
    if path.exists() and path.read_bytes() == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)
    return True


def findings(path: Path, found: Catalog) -> Findings:
    """Compare one .po file with the sources."""
    old = read(path)
    new = merged(old, found)
    result = Findings()
    result.out_of_date = not path.exists() or written(new) != path.read_bytes()
    for message in new:
        if not message.id:
            continue
        name = message.id if isinstance(message.id, str) else message.id[0]
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        if old.get(message.id, message.context) is None:
            result.missing.append(name)
        elif not all(texts):
            result.untranslated.append(name)
        elif message.fuzzy:
            result.fuzzy.append(name)
        else:
            result.wrong.extend(f"wrong: {name!r}: {e}" for e in _errors(message, new))
    return result


def _errors(message, catalogue: Catalog) -> Iterator[Exception]:
    """What Babel's checkers object to: placeholders that differ, plural forms that are missing."""
    for check in checkers:
        try:
            check(catalogue, message)
        except Exception as error:  # each checker raises its own kind
            yield error


def compile_catalogue(path: Path) -> bool:
    """Write the .mo file beside a .po file that is newer; True when it did."""
    compiled = path.with_suffix(".mo")
    if not path.exists():
        return False
    if compiled.exists() and compiled.stat().st_mtime_ns >= path.stat().st_mtime_ns:
        return False
    partial = compiled.with_suffix(".mo.new")
    with partial.open("wb") as file:
        write_mo(file, read(path))
    partial.replace(compiled)
    return True
