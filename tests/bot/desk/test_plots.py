"""Where bars and lines stand: nothing leaves the picture, every value is told."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from bot.desk.plots import HEIGHT, WIDEST, Series, bars, lines, number

VALUES = st.lists(st.integers(0, 10**6), min_size=1, max_size=40)
SPARSE = st.lists(st.none() | st.floats(0, 10**6), min_size=1, max_size=90)


@given(VALUES, VALUES)
def test_bars_stay_in_the_picture_and_follow_each_other(
    first: list[int], second: list[int]
) -> None:
    count = min(len(first), len(second))
    names = [str(place) for place in range(count)]
    plot = bars(names, [Series("a", first[:count]), Series("b", second[:count])])
    assert [bar.told for bar in plot.bars] == [
        number(a + b) for a, b in zip(first, second, strict=False)
    ]
    for bar in plot.bars:
        assert bar.end <= WIDEST
        assert bar.y < plot.height
        end = 0.0
        for piece in bar.segments:
            assert abs(piece.x - end) < 0.01
            end = piece.x + piece.width
        assert abs(end - bar.end) < 0.01
    assert plot.legend == ["a", "b"]


@given(SPARSE)
def test_lines_stay_in_the_picture_and_break_where_nothing_is(values: list[float | None]) -> None:
    names = [str(place) for place in range(len(values))]
    plot = lines(names, [Series("a", values)])
    (line,) = plot.lines
    known = [value for value in values if value is not None]
    assert len(line.points) == len(known)
    for point in line.points:
        assert 0 <= point.x <= 100
        assert 0 < point.y < HEIGHT
    together = sum(a is not None and b is not None for a, b in itertools.pairwise(values))
    assert len(line.strokes) == together
    assert len(plot.names) <= 6
    assert plot.legend == []
    if known:
        assert any(point.named for point in line.points)


def test_half_of_a_scale_is_a_round_number() -> None:
    for most, top in (
        (0, "2"),
        (1, "2"),
        (3, "4"),
        (7, "10"),
        (11, "16"),
        (17, "20"),
        (999, "1,000"),
    ):
        plot = bars(["x"], [Series("a", [most])])
        assert plot.scale[-1].name == top
        assert "." not in plot.scale[1].name


def test_numbers_are_written_short() -> None:
    assert [number(each) for each in (0, 12, 1234, 0.25, 12.34, 123.4)] == [
        *("0", "12", "1,234"),
        *("0.2", "12.3", "123"),
    ]
