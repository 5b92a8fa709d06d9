"""The house stands as it is drawn: three floors, small files, nothing of other people's."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import browser, template

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("sistercities", "committees", "relationships")  # from the ground up
MOST_LINES = 400
TOP = {
    *("sistercities", "committees", "relationships", "templates", "static", "tests", "locale"),
    *("docs", "manage.py", "pyproject.toml", "Makefile", ".ci", ".gitignore"),
    *("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "LICENSE"),
    *("requirements.txt", "requirements-dev.txt", "requirements-uv.txt"),
}


def sources(folder: str) -> list[Path]:
    return [
        path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts
    ]


def committed() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name]


def imported(path: Path) -> Iterator[str]:
    """Absolute names of all modules that a file imports, also inside functions."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            yield ".".join([*above, *filter(None, [node.module])])


@pytest.mark.parametrize("floor", FLOORS)
def test_imports_run_down_only(floor):
    upper = FLOORS[FLOORS.index(floor) + 1 :]
    upward = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(floor)
        for name in imported(path)
        if name.split(".")[0] in (*upper, "tests")
    ]
    assert upward == []


def test_relative_imports_are_resolved_before_they_are_judged(tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    folder = tmp_path / "committees" / "models"
    folder.mkdir(parents=True)
    (folder / "city.py").write_text("from ..forms import x\nfrom . import y\nimport a.b as c\n")
    assert list(imported(folder / "city.py")) == ["committees.forms", "committees.models", "a.b"]


def test_browser_tests_lie_where_the_run_in_the_browser_looks_for_them():
    read = [ROOT / name for name in browser.files()]
    marked = [path for path in sources("tests") if f"mark.{'browser'}" in path.read_text("utf-8")]
    assert len(marked) >= 15
    assert [path for path in marked if not {path, path.parent} & set(read)] == []


def test_no_module_is_called_utils():
    shapeless = [
        str(path.relative_to(ROOT))
        for folder in (*FLOORS, "tests")
        for path in sources(folder)
        if path.stem in {"utils", "util", "helpers", "misc", "common"}
    ]
    assert shapeless == []


def test_no_file_is_longer_than_400_lines():
    long = {
        str(path.relative_to(ROOT)): count
        for folder in (*FLOORS, "tests")
        for path in sources(folder)
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


@pytest.mark.parametrize("floor", FLOORS)
def test_every_app_says_what_it_is_for(floor):
    assert (ROOT / floor / "README.md").read_text(encoding="utf-8").startswith("# ")


def test_nothing_of_other_people_is_committed():
    foreign = [
        name
        for name in committed()
        if name.endswith((".woff2", ".woff", ".ttf", ".otf", ".min.js", ".min.css", ".mo", ".whl"))
        or "node_modules/" in name
    ]
    assert foreign == []


def test_the_top_level_holds_only_what_is_drawn():
    assert {name.split("/")[0] for name in committed()} - TOP == set()


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-dev.txt", "requirements-uv.txt"]
)
def test_locked_requirements_have_hashes_and_no_address(name):
    text = (ROOT / name).read_text()
    pins = [line for line in text.splitlines() if "==" in line and not line.startswith(" ")]
    blocks = text.replace("\\\n", "").splitlines()
    unhashed = [line for line in blocks if "==" in line and "--hash=sha256:" not in line]
    assert len(pins) > 0
    assert unhashed == []
    assert [word for word in ("://", "--index", "--find-links", " @ ") if word in text] == []


def test_the_copied_database_is_made_anew_when_anything_changes_that_its_migrations_use():
    made_of = set(template.sources())
    used = {
        ROOT / f"{name.replace('.', '/')}.py"
        for path in made_of
        if "migrations" in path.parts
        for name in imported(path)
        if name.startswith(FLOORS)
    }
    assert len(used) > 5
    assert {path for path in used if path.exists()} - made_of == set()
