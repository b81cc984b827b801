"""Every pair of colours that meets on a page can be read, in the light and in the dark theme."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "labbooking" / "static"
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
GROUNDS = ("paper", "raised", "sunk", "day", "night")

TEXT = [
    *[(ink, ground) for ink in ("ink", "soft", "green", "brick", "amber") for ground in GROUNDS],
    *[("ink", f"{colour}-wash") for colour in ("green", "brick", "amber")],
    *[(colour, f"{colour}-wash") for colour in ("green", "brick", "amber")],
    ("soft", "green-wash"),
    ("on-green", "green"),
    ("on-green", "green-deep"),
    ("on-brick", "brick"),
    ("paper", "ink"),
]
LINES = [
    *[(line, ground) for line in ("edge", "green", "brick", "amber") for ground in GROUNDS],
    ("edge", "green-wash"),
]


def tokens():
    css = (STATIC / "css" / "tokens.css").read_text()
    return {name: (light, dark) for name, light, dark in PAIR.findall(css)}


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out_from_its_ground(ink, ground, theme):
    colours = tokens()
    assert contrast(colours[ink][theme], colours[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), LINES)
def test_lines_that_carry_meaning_stand_out_from_their_ground(line, ground, theme):
    colours = tokens()
    assert contrast(colours[line][theme], colours[ground][theme]) >= 3


def test_colours_are_named_in_the_tokens_and_nowhere_else():
    for sheet in (STATIC / "css").glob("*.css"):
        if sheet.name != "tokens.css":
            stray = re.findall(r"(?<!&)#[0-9a-fA-F]{3,8}\b", sheet.read_text())
            assert [colour for colour in stray if colour != "#000"] == [], sheet.name


def test_every_name_a_style_sheet_uses_is_defined():
    sheets = "\n".join(sheet.read_text() for sheet in (STATIC / "css").glob("*.css"))
    defined = set(re.findall(r"(--[\w-]+)\s*:", sheets))
    assert set(re.findall(r"var\((--[\w-]+)", sheets)) - defined == set()
