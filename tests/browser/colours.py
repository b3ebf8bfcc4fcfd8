"""Contrast as WCAG 2 reckons it, from what the browser really painted."""

from __future__ import annotations

from playwright.async_api import Page

PAINTED = """(selector) => {
  const element = document.querySelector(selector);
  const opaque = (colour) => !/(, 0\\)|transparent)$/.test(colour);
  let behind = element;
  while (behind && !opaque(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
  const ground = behind ? getComputedStyle(behind).backgroundColor : "rgb(255, 255, 255)";
  return [getComputedStyle(element).color, ground].map((c) => c.match(/[\\d.]+/g).slice(0, 3).map(Number));
}"""


def luminance(colour: list[float]) -> float:
    """How light a colour is, 0 to 1."""
    parts = [part / 255 for part in colour]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


async def contrast(page: Page, selector: str) -> float:
    """Between an element's words and the ground they stand on: 1 to 21."""
    words, ground = await page.evaluate(PAINTED, selector)
    return ratio(words, ground)


def ratio(one: list[float], other: list[float]) -> float:
    """The contrast of two colours: 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
