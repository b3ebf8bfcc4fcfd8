"""What holds for every test: no way out of this machine, the same examples each time, loud skips.

REQUIRE_BROWSER=1 and REQUIRE_POSTGRES=1 turn skips for want of them into failures.
HYPOTHESIS_PROFILE=soak tries many more examples, other ones each time.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.network import guarded

settings.register_profile(
    "daily",
    derandomize=True,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "soak",
    max_examples=2000,
    stateful_step_count=100,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or "daily")

REQUIRED = {
    "REQUIRE_BROWSER": ("browser", "chromium", "playwright"),
    "REQUIRE_POSTGRES": ("postgres",),
}
"""By variable: words in a test's markers or in the reason of a skip that it forbids."""

WORDS = 120


def pytest_configure(config: pytest.Config) -> None:
    """Nothing leaves the machine from now on; the long runs are asked for by name (`make soak`)."""
    guard = ExitStack()
    guard.enter_context(guarded())
    config.add_cleanup(guard.close)
    if not config.option.markexpr:
        config.option.markexpr = "not soak"


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes name no test: those of an archive differ by the second, and workers must name tests alike."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Several workers share the tests in our way."""
    from tests.sharing import BySubject  # noqa: PLC0415 - wanted only where there are several

    return BySubject(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A worker begins with what takes longest."""
    if hasattr(config, "workerinput"):
        from tests.sharing import rank  # noqa: PLC0415 - wanted only where there are several

        items.sort(key=lambda item: rank(item.nodeid))


@pytest.fixture(autouse=True)
def _no_way_out() -> Iterator[None]:
    """A test that tried to reach another machine fails, whoever swallowed the error."""
    with guarded() as attempts:
        yield
    if attempts:
        pytest.fail(f"this test tried to leave the machine: {', '.join(attempts)}", pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where a browser or a database is required, a skip for want of it is a failure."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = skip_reason(report)
        variable = forbidden(reason, [mark.name for mark in item.iter_markers()])
        if variable:
            report.outcome = "failed"
            report.longrepr = f"{variable}=1 forbids this skip: {reason}"
    return report


def forbidden(reason: str, markers: list[str]) -> str | None:
    """The variable that forbids a skip for this reason, if one that is set does."""
    said = " ".join((reason, *markers)).lower()
    for variable, words in REQUIRED.items():
        if os.environ.get(variable) == "1" and any(word in said for word in words):
            return variable
    return None


def skip_reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why a test did not run, as its author put it."""
    where = report.longrepr
    reason = where[2] if isinstance(where, tuple) else str(where)
    return reason.removeprefix("Skipped: ").splitlines()[0]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A skip must not look like success."""
    skips = terminalreporter.stats.get("skipped", [])
    if not skips:
        return
    terminalreporter.section("SKIPPED, and why", red=True, bold=True)
    for reason, count in Counter(skip_reason(report) for report in skips).most_common():
        terminalreporter.line(f"{count:4} x {reason[:WORDS]}", red=True)
