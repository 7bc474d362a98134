"""Contrast of the page in light, dark and print, by the formula of WCAG 2.2."""

import re
from importlib.resources import files

import pytest

from signoff.report.charts import PALETTE

STYLE = files("signoff.report").joinpath("templates", "page.css").read_text("utf-8")
THEMES = re.findall(r":root\s*{(.*?)}", STYLE, flags=re.DOTALL)
TEXT = (
    ("ink", "paper"),
    ("ink", "sheet"),
    ("ink", "signal-soft"),
    ("ink", "accent-soft"),
    ("muted", "paper"),
    ("muted", "sheet"),
    ("accent", "paper"),
    ("accent", "sheet"),
    ("accent", "accent-soft"),
    ("signal", "signal-soft"),
    ("good", "good-soft"),
)
GRAPHIC = (("accent", "sheet"), ("signal", "sheet"), ("focus", "paper"))


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _theme(number: int) -> dict[str, str]:
    colours = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", THEMES[0]))
    return colours | dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", THEMES[number]))


@pytest.mark.parametrize("theme", range(len(THEMES)))
def test_page_words_stand_out_enough(theme: int) -> None:
    colours = _theme(theme)
    weak = {pair: _contrast(colours[pair[0]], colours[pair[1]]) for pair in TEXT}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", range(len(THEMES)))
def test_page_graphics_stand_out_enough(theme: int) -> None:
    colours = _theme(theme)
    assert all(_contrast(colours[a], colours[b]) >= 3 for a, b in GRAPHIC)


def test_page_gives_every_colour_of_the_charts_a_dark_counterpart() -> None:
    assert [colour for colour in PALETTE if f'="{colour}"]' not in STYLE] == []


def test_page_light_colours_of_charts_are_those_of_the_page() -> None:
    light = set(_theme(0).values())
    assert [colour for colour in PALETTE if colour not in light] == []
