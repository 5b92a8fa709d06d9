"""Cut the web fonts of the site out of their packages: small, static, served from here.

Overpass draws names, headings and numbers; the text face is cut from Source Sans 3, whose licence
reserves the name "Source" for the untouched original, so the cut one is called Registry Sans.
"""

import hashlib
import json
from importlib import import_module, metadata
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.management.base import BaseCommand

LATIN = "0020-007E 00A0-00FF 0131 0152-0153 02C6 02DA 02DC 2010-2027 202F-2030 2032-2033 2039-203A"
LATIN += " 20AC 2122 2190-2193 2212 2713"
LATIN_EXT = "0100-0130 0132-0151 0154-024F 02BB-02BC 1E00-1EFF"
SUBSETS = {"latin": LATIN, "latin-ext": LATIN_EXT}
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "liga"]
NAMES_KEPT = {0: "copyright", 13: "licence", 14: "licence address"}


class Face(NamedTuple):
    """One variable font of a package, and what we make of it."""

    package: str
    file: str
    family: str
    slug: str
    weights: tuple[int, int]
    # Ascent and descent in font units; None keeps the designer's. Overpass sits high in its line:
    # with these two its capitals stand in the middle of a button or a badge.
    metrics: tuple[int, int] | None


FACES = [
    Face("overpass", "Overpass[wght].ttf", "Overpass", "overpass", (400, 800), (1966, -566)),
    Face(
        "source-sans-3", "SourceSans3[wght].ttf", "Registry Sans", "registry-sans", (400, 700), None
    ),
]


class Command(BaseCommand):
    """`manage.py build_fonts`: does nothing when the fonts of this recipe are already there."""

    help = "Cuts the web fonts out of their packages into static/fonts; does nothing when done."

    def add_arguments(self, parser) -> None:
        """One option: another folder."""
        parser.add_argument(
            "--into", type=Path, help="folder for the fonts (default: static/fonts)"
        )

    def handle(self, *args, **options) -> None:
        """Compare the recipe with the one noted beside the fonts, and build when it differs."""
        folder = options["into"] or Path(settings.STATICFILES_DIRS[0]) / "fonts"
        note, recipe = folder / "OFL.txt", recipe_now()
        if is_built(folder, note, recipe):
            self.say(options, "Fonts are up to date.")
            return
        folder.mkdir(parents=True, exist_ok=True)
        note.unlink(missing_ok=True)
        for face in FACES:
            for subset in SUBSETS:
                path = folder / file_name(face, subset)
                cut(face, subset, path)
                self.say(options, f"{path.name}: {path.stat().st_size:,} bytes")
        note.write_text(licence_note(recipe), encoding="utf-8")

    def say(self, options: dict, line: str) -> None:
        """Print unless --verbosity 0."""
        if options["verbosity"]:
            self.stdout.write(line)


def file_name(face: Face, subset: str) -> str:
    """The name the stylesheet asks for."""
    return f"{face.slug}-{subset}.woff2"


def recipe_now() -> str:
    """A short hash of all that decides the bytes: packages, ranges, weights, features, metrics."""
    versions = [metadata.version(f"fontpkg-{face.package}") for face in FACES]
    versions.append(metadata.version("fonttools"))
    recipe = json.dumps([FACES, SUBSETS, FEATURES, versions])
    return hashlib.sha256(recipe.encode()).hexdigest()[:16]


def is_built(folder: Path, note: Path, recipe: str) -> bool:
    """True when the note was written, last of all, by a run with this recipe."""
    if not note.exists() or f"Recipe {recipe}." not in note.read_text(encoding="utf-8"):
        return False
    return all((folder / file_name(face, subset)).exists() for face in FACES for subset in SUBSETS)


def package_root(face: Face) -> Path:
    """Where the package keeps its files."""
    return import_module("fontpkg_" + face.package.replace("-", "_")).ROOT


def licence_note(recipe: str) -> str:
    """What a copy of these fonts must carry: their authors, their licences, what we changed."""
    parts = [
        "The fonts of this folder are cut from Overpass and Source Sans 3: fewer letters, fewer\n"
        "weights, and for Overpass another line height. The second is renamed Registry Sans, as\n"
        f"its licence asks. Made by manage.py build_fonts. Recipe {recipe}.\n"
    ]
    for face in FACES:
        parts.append((package_root(face) / "LICENSE").read_text(encoding="utf-8"))
    return ("\n" + "=" * 80 + "\n\n").join(parts)


def code_points(ranges: str) -> list[int]:
    """The code points of a list such as "0020-007E 20AC"."""
    found: list[int] = []
    for part in ranges.split():
        first, _dash, last = part.partition("-")
        found.extend(range(int(first, 16), int(last or first, 16) + 1))
    return found


def cut(face: Face, subset: str, path: Path) -> None:
    """Write one woff2 file with the letters of the subset and the weights of the face."""
    from fontTools import subset as subsetting
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(package_root(face) / "files" / face.file, recalcTimestamp=False)
    options = subsetting.Options(layout_features=FEATURES, hinting=False, name_IDs=["*"])
    options.recalc_timestamp = False
    cutter = subsetting.Subsetter(options)
    cutter.populate(unicodes=code_points(SUBSETS[subset]))
    cutter.subset(font)
    instancer.instantiateVariableFont(font, {"wght": face.weights}, inplace=True)
    rename(font, face.family)
    if face.metrics:
        ascent, descent = face.metrics
        font["hhea"].ascent = font["OS/2"].sTypoAscender = ascent
        font["hhea"].descent = font["OS/2"].sTypoDescender = descent
    font.flavor = "woff2"
    font.save(path)


def rename(font, family: str) -> None:
    """Give the family its name; keep only that, the axis, the copyright and the licence."""
    names = font["name"]
    axis_names = {axis.axisNameID for axis in font["fvar"].axes}
    font["fvar"].instances = []
    if "STAT" in font:
        del font["STAT"]
    names.names = [n for n in names.names if n.nameID in NAMES_KEPT or n.nameID in axis_names]
    postscript = family.replace(" ", "")
    for number, text in {1: family, 2: "Regular", 3: postscript, 4: family, 6: postscript}.items():
        names.setName(text, number, 3, 1, 0x409)
