"""The commands about the engine end well, or with one clear line and another exit code."""

import pytest
from typer.testing import CliRunner

from engine.commands import app


def test_provide_says_which_engine_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user who points at a server hears that it is used."""
    monkeypatch.setenv("TEMPORAL_ADDRESS", "elders:7233")
    answer = CliRunner().invoke(app, ["provide"])
    assert answer.exit_code == 0
    assert "elders:7233" in answer.stdout


def test_preparing_a_server_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line on standard error, and exit code 1."""
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
    answer = CliRunner().invoke(app, ["prepare"])
    assert answer.exit_code == 1
    assert answer.stderr.startswith("werkzorg: De Temporal-server op 127.0.0.1:1")
    assert len(answer.stderr.splitlines()) == 1
