import contextlib
import os
import shutil
import sys
import tempfile
from hashlib import blake2b
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from fontTools.ttLib import TTFont

from sistercities.management.commands import build_fonts

MOST_LATIN = 68 * 1024
LETTERS = {"latin": "AÑáéíóúüñ¿¡–«»€→✓", "latin-ext": "ŁźŌŞğűẠ"}


def build(folder: Path) -> str:
    """What the command says."""
    out = StringIO()
    call_command("build_fonts", into=folder, stdout=out)
    return out.getvalue()


def made_by_this_code() -> Path:
    """A folder of what the command builds: kept under a name that follows from its code and from
    its packages, for the run on the other database."""
    code = Path(build_fonts.__file__).read_bytes() + build_fonts.recipe_now().encode()
    digest = blake2b(code + sys.version.encode(), digest_size=8).hexdigest()
    kept = Path(tempfile.gettempdir()) / f"registry-fonts-{os.getuid()}-{digest}"
    if not kept.exists():
        partial = kept.with_suffix(f".{os.getpid()}")
        build(partial)
        with contextlib.suppress(OSError):  # another run was quicker
            partial.rename(kept)
        shutil.rmtree(partial, ignore_errors=True)
    return kept


@pytest.fixture(scope="module")
def fonts(tmp_path_factory) -> Path:
    """A copy of them."""
    return shutil.copytree(made_by_this_code(), tmp_path_factory.mktemp("of") / "fonts")


def test_four_small_fonts_and_their_licence_are_built(fonts):
    assert sorted(p.name for p in fonts.iterdir()) == [
        "OFL.txt",
        "overpass-latin-ext.woff2",
        "overpass-latin.woff2",
        "registry-sans-latin-ext.woff2",
        "registry-sans-latin.woff2",
    ]
    assert sum(p.stat().st_size for p in fonts.glob("*-latin.woff2")) <= MOST_LATIN


def test_a_second_run_changes_nothing(fonts):
    before = {p.name: p.stat().st_mtime_ns for p in fonts.iterdir()}
    assert build(fonts) == "Fonts are up to date.\n"
    assert {p.name: p.stat().st_mtime_ns for p in fonts.iterdir()} == before


@pytest.mark.parametrize("lost", ["overpass-latin.woff2", "registry-sans-latin-ext.woff2"])
def test_a_lost_file_is_noticed(fonts, lost):
    note, recipe = fonts / "OFL.txt", build_fonts.recipe_now()
    assert build_fonts.is_built(fonts, note, recipe)
    (fonts / lost).rename(fonts / "elsewhere")
    found = build_fonts.is_built(fonts, note, recipe)
    (fonts / "elsewhere").rename(fonts / lost)
    assert not found


def test_another_recipe_is_noticed(fonts):
    assert not build_fonts.is_built(fonts, fonts / "OFL.txt", "0" * 16)


@pytest.mark.parametrize("subset", LETTERS)
@pytest.mark.parametrize("face", ["overpass", "registry-sans"])
def test_the_letters_of_our_cities_are_there(fonts, face, subset):
    known = TTFont(fonts / f"{face}-{subset}.woff2").getBestCmap()
    wanted = LETTERS[subset].replace("✓", "") if face == "overpass" else LETTERS[subset]
    assert [letter for letter in wanted if ord(letter) not in known] == []


def test_the_name_reserved_by_its_licence_is_not_used(fonts):
    for path in fonts.glob("registry-sans-*.woff2"):
        names = TTFont(path)["name"].names
        assert {n.toUnicode() for n in names if n.nameID in (1, 4)} == {"Registry Sans"}
        titles = [n.toUnicode() for n in names if n.nameID not in (0, 13, 14)]
        assert [t for t in titles if "source" in t.lower()] == []


def test_both_licences_travel_with_the_fonts(fonts):
    note = (fonts / "OFL.txt").read_text(encoding="utf-8")
    assert note.count("SIL OPEN FONT LICENSE Version 1.1") == 2
    assert "The Overpass Project Authors" in note
    assert "Reserved Font Name 'Source'" in note


def test_the_stylesheet_asks_for_exactly_these_fonts(fonts, settings):
    sheet = (settings.BASE_DIR / "static" / "css" / "site.css").read_text(encoding="utf-8")
    asked = {p.name for p in fonts.glob("*.woff2") if f"../fonts/{p.name}" in sheet}
    assert asked == {p.name for p in fonts.glob("*.woff2")}
    assert sheet.count("../fonts/") == len(asked)
