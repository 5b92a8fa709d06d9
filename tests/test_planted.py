"""The planted faults still fit the code and name tests that exist; trying them takes longer
(`python -m tests.planted`)."""

import ast
from pathlib import Path

import pytest

from tests.planted import ROOT, Fault, faults
from tests.planted.__main__ import BROKEN, GREEN, RED, colour, main, verdict

FAULTS = list(faults())


def functions(path: Path) -> set[str]:
    """The tests of a file."""
    found = ast.walk(ast.parse(path.read_text()))
    return {node.name for node in found if isinstance(node, ast.FunctionDef)}


def test_there_are_as_many_faults_as_were_asked_for():
    assert len(FAULTS) >= 18


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_planted_fault_still_fits_the_code(fault):
    assert fault.apply(ROOT, "--check") == ""


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_planted_fault_names_tests_that_exist(fault):
    for each in fault.tests:
        path, _colons, name = each.partition("::")
        assert (ROOT / path).exists(), each
        assert not name or name.partition("[")[0] in functions(ROOT / path), each


def test_a_patch_that_does_not_fit_is_told(tmp_path):
    patch = tmp_path / "rotten.patch"
    text = "Fault: none\nTests: tests/test_planted.py\n--- a/manage.py\n+++ b/manage.py\n"
    patch.write_text(text + "@@ -1,2 +1,1 @@\n-what was never there\n nor this\n")
    assert "patch does not apply" in Fault.read(patch).apply(ROOT, "--check")


def test_a_patch_without_its_header_is_refused(tmp_path):
    patch = tmp_path / "nameless.patch"
    patch.write_text("Fault: none\n--- a/manage.py\n+++ b/manage.py\n")
    with pytest.raises(ValueError, match="must begin"):
        Fault.read(patch)


@pytest.mark.parametrize(
    ("without", "with_it", "words"),
    [
        (GREEN, RED, "red"),
        (GREEN, GREEN, "ITS TESTS ARE GREEN WITH IT"),
        (GREEN, BROKEN, "ITS TESTS ARE BROKEN WITH IT"),
        (RED, RED, "ITS TESTS ARE RED WITHOUT IT"),
    ],
)
def test_only_red_with_the_fault_and_green_without_is_well(tmp_path, without, with_it, words):
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "a.txt").write_text("sound\n")
    patch = tmp_path / "fault.patch"
    patch.write_text(
        "Fault: a word\nTests: a\n--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-sound\n+false\n"
    )
    answers = iter([without, with_it])
    found = verdict(
        Fault.read(patch), tmp_path / "tree", known=False, run=lambda *_arguments: next(answers)
    )
    assert found == words
    assert (tmp_path / "tree" / "a.txt").read_text() == "sound\n"


@pytest.mark.parametrize(
    ("report", "found"),
    [
        ('<testsuite tests="2" failures="0" errors="0" skipped="0"/>', GREEN),
        ('<testsuite tests="2" failures="1" errors="0" skipped="0"/>', RED),
        ('<testsuite tests="2" failures="1" errors="1" skipped="0"/>', RED),
        ('<testsuite tests="1" failures="0" errors="1" skipped="0"/>', BROKEN),
        ('<testsuite tests="1" failures="0" errors="0" skipped="1"/>', BROKEN),
        ('<testsuite tests="0" failures="0" errors="0" skipped="0"/>', BROKEN),
    ],
)
def test_a_test_that_did_not_run_has_seen_nothing(tmp_path, report, found):
    path = tmp_path / "report.xml"
    assert colour(path) == BROKEN
    path.write_text(f"<testsuites>{report}</testsuites>")
    assert colour(path) == found


def test_an_unknown_fault_is_named(capsys):
    assert main(["no-such-fault"]) == 2
    assert "no-such-fault" in capsys.readouterr().err
