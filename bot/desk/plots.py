"""Figures as pictures: where bars and lines stand. How they look is the style sheet's, and the template draws them.

Widths are shares of the picture and heights are pixels: it is as wide as the page, and its words stay legible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Row = tuple[str, ...]

WIDEST = 82.0
"""The longest bar in percent; the rest is for its value."""
BAR, FIRST = 42, 4
"""Pixels for a bar with its name above it."""
TOP, BOTTOM, HEIGHT = 14, 30, 230
LEFT, RIGHT = 7.0, 96.0
"""Where lines begin and end, in percent: the names of the scale stand left of them."""
MOST_NAMES = 6
"""Moments named under a line: more do not fit a phone."""


@dataclass(frozen=True)
class Series:
    """Numbers of one sort, one for each name; None where there is nothing to tell."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Segment:
    """A piece of a bar: of which series, from where, how wide, in percent."""

    series: int
    x: float
    width: float


@dataclass(frozen=True)
class Bar:
    """A bar of one or several pieces, its name above it and its value behind it."""

    y: int
    name: str
    told: str
    end: float
    segments: Sequence[Segment]


@dataclass(frozen=True)
class Tick:
    """A line of the scale."""

    at: float
    name: str


@dataclass(frozen=True)
class Point:
    """A value at its place."""

    x: float
    y: float
    told: str
    named: bool
    """Whether its value stands beside it."""


@dataclass(frozen=True)
class Stroke:
    """From one point to the next."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Line:
    """A series as a line."""

    series: int
    points: Sequence[Point]
    strokes: Sequence[Stroke]


@dataclass(frozen=True)
class Bars:
    """Bars one below the other."""

    height: int
    bars: Sequence[Bar]
    scale: Sequence[Tick]
    legend: Sequence[str] = ()
    kind: str = field(default="bars", init=False)


@dataclass(frozen=True)
class Lines:
    """Lines over time."""

    height: int
    lines: Sequence[Line]
    scale: Sequence[Tick]
    names: Sequence[Tick]
    legend: Sequence[str] = ()
    kind: str = field(default="lines", init=False)


def bars(names: Sequence[str], series: Sequence[Series], told: Sequence[str] = ()) -> Bars:
    """A bar for each name; with several series its pieces follow each other. `told` stands behind it, else the sum."""
    sums = [sum(one.values[place] or 0 for one in series) for place in range(len(names))]
    top = _top(max(sums, default=0))
    drawn = [
        Bar(
            y=FIRST + place * BAR,
            name=name,
            told=told[place] if told else number(sums[place]),
            end=_share(sums[place], top),
            segments=_segments(series, place, top),
        )
        for place, name in enumerate(names)
    ]
    legend = [one.name for one in series] if len(series) > 1 else []
    scale = [Tick(_share(each, top), number(each)) for each in (0, top / 2, top)]
    return Bars(FIRST + len(names) * BAR + BOTTOM, drawn, scale, legend)


def lines(names: Sequence[str], series: Sequence[Series]) -> Lines:
    """A line for each series over the names."""
    top = _top(max((value or 0 for one in series for value in one.values), default=0))
    xs = [_x(place, len(names)) for place in range(len(names))]
    drawn = [_line(number_, one, xs, top) for number_, one in enumerate(series)]
    scale = [Tick(_y(each, top), number(each)) for each in (0, top / 2, top)]
    every = max(1, -(-len(names) // MOST_NAMES))
    named = [Tick(xs[place], names[place]) for place in range(0, len(names), every)]
    legend = [one.name for one in series] if len(series) > 1 else []
    return Lines(HEIGHT, drawn, scale, named, legend)


def number(value: float) -> str:
    """A value as it is written beside a bar: whole, or with one place where it is small."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def _segments(series: Sequence[Series], place: int, top: float) -> list[Segment]:
    found, x = [], 0.0
    for number_, one in enumerate(series):
        width = _share(one.values[place] or 0, top)
        if width:
            found.append(Segment(number_, round(x, 3), width))
        x += width
    return found


def _line(series: int, one: Series, xs: Sequence[float], top: float) -> Line:
    known = [(place, value) for place, value in enumerate(one.values) if value is not None]
    most = max((value for _, value in known), default=0)
    highest = next((place for place, value in known if value == most), None)
    last = known[-1][0] if known else None
    points = [
        Point(xs[place], _y(value, top), number(value), place in (highest, last))
        for place, value in known
    ]
    strokes = [
        Stroke(a.x, a.y, b.x, b.y)
        for (a, b, here, there) in zip(points, points[1:], known, known[1:], strict=False)
        if there[0] == here[0] + 1
    ]
    return Line(series, points, strokes)


def _top(most: float) -> float:
    """The end of a scale: a round number, so that half of it is one too."""
    if most <= 0:
        return 2
    step = 1.0
    while True:
        for times in (2, 4, 6, 10, 16):
            if most <= times * step:
                return times * step
        step *= 10


def _share(value: float, top: float) -> float:
    return round(value / top * WIDEST, 3)


def _x(place: int, count: int) -> float:
    if count == 1:
        return round((LEFT + RIGHT) / 2, 3)
    return round(LEFT + (RIGHT - LEFT) * place / (count - 1), 3)


def _y(value: float, top: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top), 1)
