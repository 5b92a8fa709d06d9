"""The runner behind `make test`."""

import pytest

from tests import __main__ as steps


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
