"""The moving window: so many in any stretch of time, for each key by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.limits import Rate
from bot.channels.rates import Windows


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def windows(clock: Clock) -> Windows:
    return Windows(Rate(times=3, seconds=10), clock=clock)


def test_the_fourth_within_the_time_waits_until_the_first_is_old(
    windows: Windows, clock: Clock
) -> None:
    for _ in range(3):
        assert windows.wait("a") == 0
        clock.now += 2
    assert windows.wait("a") == pytest.approx(4)
    clock.now += 4
    assert windows.wait("a") == 0


def test_a_refused_attempt_does_not_count(windows: Windows, clock: Clock) -> None:
    for _ in range(50):
        windows.wait("a")
    clock.now += 10
    assert [windows.wait("a") for _ in range(3)] == [0, 0, 0]


def test_keys_do_not_slow_each_other_down(windows: Windows) -> None:
    for _ in range(4):
        windows.wait("a")
    assert windows.wait("b") == 0


def test_the_keys_unused_for_longest_are_forgotten(clock: Clock) -> None:
    windows = Windows(Rate(1, 10), clock=clock, keys=2)
    for key in ("a", "b", "a", "c"):
        windows.wait(key)
    assert windows.wait("a") > 0, "used lately, so still known"
    assert windows.wait("b") == 0, "pushed out by c"


def admitted(rate: Rate, steps: list[float]) -> list[float]:
    clock = Clock()
    windows = Windows(rate, clock=clock)
    found = []
    for step in steps:
        clock.now += step
        if windows.wait("a") == 0:
            found.append(clock.now)
    return found


@given(
    st.integers(1, 5),
    st.floats(0.5, 20),
    st.lists(st.floats(0, 5), max_size=60),
)
def test_no_stretch_of_time_ever_holds_more(times: int, seconds: float, steps: list[float]) -> None:
    found = admitted(Rate(times, seconds), steps)
    for first, last in zip(found, found[times:], strict=False):
        assert last - first >= seconds * (1 - 1e-9)
