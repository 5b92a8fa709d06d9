"""The contrast table, recomputed from the stylesheet (WCAG 2 formula), and the sheet's own bars."""

import gzip
import re
from pathlib import Path

import pytest

from committees.models import Committee

SHEET = Path(__file__).resolve().parents[2] / "static" / "css" / "site.css"
CSS = re.sub(r"/\*.*?\*/", "", SHEET.read_text(encoding="utf-8"), flags=re.S)

LIGHT = ":root"
DARK_BY_DEVICE = ':root:not([data-bs-theme="light"])'
DARK_BY_CHOICE = ':root[data-bs-theme="dark"]'
GROUNDS = ("page", "wash", "land")
COMMITTEE_COLOURS = tuple(Committee.Colour.values)
TOKENS_OF_THE_DESIGN = {
    LIGHT: {
        "page": "#FFFFFF",
        "wash": "#F1F5F3",
        "land": "#E3E9E6",
        "ink": "#14201B",
        "muted": "#4A5852",
        "sign": "#00573F",
        "accent": "#00573F",
        "link": "#0B4FA0",
        "visited": "#5B2E85",
        "red": "#A8201A",
        "amber": "#6B4E00",
        "field": "#64736C",
        "focus": "#FFC20E",
        "arc": "#5F8A7B",
    },
    DARK_BY_CHOICE: {
        "page": "#0E1513",
        "wash": "#16201C",
        "land": "#1E2A25",
        "ink": "#E9EEEB",
        "muted": "#A8B5AF",
        "accent": "#7FD1B0",
        "link": "#8FC1FF",
        "visited": "#CDB4F0",
        "red": "#FF9C91",
        "amber": "#F2C14E",
        "field": "#7A8B83",
        "arc": "#5B9480",
    },
}


def colours(selector: str) -> dict[str, str]:
    """The colour tokens set by the one rule with this selector."""
    rule = re.search(r"(?m)^\s*" + re.escape(selector) + r" \{([^}]*)\}", CSS)
    assert rule, selector
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6});", rule[1]))


def tokens(scheme: str) -> dict[str, str]:
    """All colour tokens as they stand in a scheme: dark ones replace light ones."""
    return colours(LIGHT) | (colours(scheme) if scheme != LIGHT else {})


def luminance(colour: str) -> float:
    """Relative luminance of "#RRGGBB" (WCAG 2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_formula_gives_the_known_ratio_of_white_and_black():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", TOKENS_OF_THE_DESIGN)
def test_tokens_are_those_of_the_design(scheme):
    wanted = TOKENS_OF_THE_DESIGN[scheme]
    assert {name: colours(scheme)[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    "suffix", ["", *(f' [data-theme-colour="{c}"]' for c in COMMITTEE_COLOURS)]
)
def test_dark_by_choice_is_the_same_as_dark_by_device(suffix):
    assert colours(DARK_BY_CHOICE + suffix) == colours(DARK_BY_DEVICE + suffix)


@pytest.mark.parametrize("scheme", [LIGHT, DARK_BY_CHOICE])
@pytest.mark.parametrize(
    ("token", "bar"),
    [
        ("ink", 12.5),
        ("muted", 6),
        ("accent", 6.5),
        ("link", 6),
        ("visited", 6.5),
        ("red", 5.5),
        ("amber", 6),
        ("field", 4),
        ("arc", 3),
    ],
)
def test_every_token_is_readable_on_page_wash_and_land(scheme, token, bar):
    known = tokens(scheme)
    for ground in GROUNDS:
        assert contrast(known[token], known[ground]) >= bar, (token, ground)


@pytest.mark.parametrize("scheme", [LIGHT, DARK_BY_CHOICE])
def test_text_on_the_sign_is_readable_at_rest_and_under_the_pointer(scheme):
    known = tokens(scheme)
    assert contrast(known["on-sign"], known["sign"]) >= 8.5
    assert contrast(known["on-sign"], known["sign-deep"]) >= 8.5


def test_the_focus_band_stands_out_from_its_ring():
    assert contrast(colours(LIGHT)["focus"], colours(LIGHT)["ink"]) >= 10
    assert contrast(tokens(DARK_BY_CHOICE)["ink"], tokens(DARK_BY_CHOICE)["page"]) >= 10


@pytest.mark.parametrize("colour", COMMITTEE_COLOURS)
@pytest.mark.parametrize("scheme", [LIGHT, DARK_BY_CHOICE])
def test_every_committee_colour_is_readable_in_both_schemes(scheme, colour):
    selector = f'[data-theme-colour="{colour}"]'
    chosen = colours(selector)
    if scheme != LIGHT:
        chosen |= colours(f"{scheme} {selector}")
    known = tokens(scheme)
    assert contrast(known["on-sign"], chosen["committee"]) >= 4.5
    for ground in GROUNDS:
        assert contrast(chosen["committee-ink"], known[ground]) >= 4.5, ground


def test_the_six_committee_colours_are_six():
    light = re.findall(r'(?m)^  \[data-theme-colour="([a-z]+)"\]', CSS)
    assert tuple(light) == COMMITTEE_COLOURS
    assert len({colours(f'[data-theme-colour="{c}"]')["committee"] for c in light}) == 6


def test_colours_stand_in_the_tokens_layer_only():
    rest = CSS.partition("@layer base {")[2]
    assert sorted(set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", rest))) == ["#000000", "#FFFFFF"]


def test_every_token_that_is_used_is_defined():
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", CSS))
    defined = set(re.findall(r"--([a-z0-9-]+):", CSS))
    assert used - defined == set()


def test_the_stylesheet_weighs_at_most_14_kilobytes_compressed():
    assert len(gzip.compress(SHEET.read_bytes(), compresslevel=9, mtime=0)) <= 14 * 1024


@pytest.mark.parametrize(("opening", "closing"), [("{", "}"), ("(", ")")])
def test_every_bracket_of_the_stylesheet_closes(opening, closing):
    assert CSS.count(opening) == CSS.count(closing)


def test_the_stylesheet_asks_no_other_host():
    addresses = re.findall(r"url\(\"([^\"]+)\"\)", CSS)
    assert addresses
    assert [a for a in addresses if not a.startswith("../fonts/")] == []
    assert "@import" not in CSS
