"""Figures that proofs counted, printed at the end of the session, also where several processes ran the tests."""

from typing import Any

import pytest

COUNTED = pytest.StashKey[list[str]]()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process among several hands its figures to the one that reports."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["counted"] = session.config.stash.get(COUNTED, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Takes the figures of a process that is done."""
    node.config.stash.setdefault(COUNTED, []).extend(getattr(node, "workeroutput", {}).get("counted", []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints what was counted."""
    if lines := config.stash.get(COUNTED, []):
        terminalreporter.section("counted")
        terminalreporter.write_line("\n".join(lines))
