"""The runner behind `make test`."""

import subprocess
import sys

import pytest

from tests import __main__ as steps
from tests import ready


@pytest.mark.parametrize(
    ("allowed", "ci", "outcome"),
    [
        ("", "", steps.Outcome("MISSING", False)),
        ("1", "", steps.Outcome("LEFT OUT", True)),
        ("1", "true", steps.Outcome("MISSING", False)),
    ],
)
def test_a_missing_browser_is_named_and_fails_unless_allowed(
    monkeypatch, capsys, allowed, ci, outcome
):
    monkeypatch.setattr(steps.browser, "chromium", lambda: None)
    monkeypatch.setenv("ALLOW_MISSING", allowed)
    monkeypatch.setenv("CI", ci)
    assert steps.chromium() == outcome
    assert "Chromium is missing: apt-get install chromium" in capsys.readouterr().err


def test_one_bad_step_fails_the_whole_and_the_others_still_run(monkeypatch, capsys):
    def bad():
        """Fails."""
        return steps.Outcome("FAILED", False)

    def good():
        """Works."""
        return steps.Outcome("ok", True)

    monkeypatch.setattr(steps, "STEPS", {"bad": bad, "good": good})
    assert steps.main([]) == 1
    assert capsys.readouterr().out.splitlines()[-1].startswith("== bad: FAILED; good: ok; ")
    assert steps.main(["good"]) == 0


def test_an_unknown_step_is_named(capsys):
    assert steps.main(["lint", "everything"]) == 2
    assert capsys.readouterr().out.startswith("No such step: everything. Steps: lint, ")


def test_what_stands_ready_runs_when_it_is_told_to_and_not_when_nobody_is_left_to_tell_it():
    command = [sys.executable, "-m", "tests.ready", "--", "echo", "ran"]
    processes = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _told in (True, False)
    ]
    answers = [
        process.communicate(line, timeout=300)[0]
        for process, line in zip(processes, ("go\n", ""), strict=True)
    ]
    assert (answers, [one.returncode for one in processes]) == (["ran\n", ""], [0, 1])


def test_nothing_runs_on_a_database_that_could_not_be_made(monkeypatch):
    failed = subprocess.CompletedProcess([], returncode=1)
    monkeypatch.setattr(ready.subprocess, "run", lambda *_args, **_options: failed)
    monkeypatch.setattr(ready.os, "execvp", lambda *_args: pytest.fail("it ran"))
    monkeypatch.setattr(ready.sys, "stdin", iter(()))
    assert ready.main(["--", "true"]) == 1
    assert ready.main([]) == 2
