"""What a run of the tests says at its end beyond the count."""

from __future__ import annotations

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """On which Pythons the wheel was tried: a machine that has only one shows it."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    tried = sorted({r.nodeid.partition("[")[2].rstrip("]") for r in reports if "test_the_installed_wheel" in r.nodeid})
    if tried:
        terminalreporter.write_line(f"the wheel was installed and run on Python {', '.join(tried)}")
