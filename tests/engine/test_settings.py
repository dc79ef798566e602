"""Settings: one prefix, sensible defaults, and nothing secret in what is shown."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from settings import ROOT, Settings, environment


def test_everything_lives_at_home(tmp_path: Path) -> None:
    """Database, documents and engine follow the home folder."""
    settings = Settings(home=tmp_path)
    assert settings.documents == tmp_path / "documenten"
    assert settings.engine_folder.parent == tmp_path
    assert settings.database == f"sqlite:///{tmp_path}/werkzorg.db"


def test_the_environment_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every value can be set as WERKZORG_ and its name."""
    monkeypatch.setenv("WERKZORG_HOME", str(tmp_path))
    monkeypatch.setenv("WERKZORG_SMTP_PORT", "2525")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.delenv("WERKZORG_CACHE", raising=False)
    settings = Settings()
    assert (settings.home, settings.smtp_port) == (tmp_path, 2525)
    assert settings.cache == tmp_path / "xdg" / "werkzorg"
    assert environment()["WERKZORG_SMTP_PORT"] == "2525"


def test_a_relative_home_is_where_the_caller_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path means the same from then on, whatever folder the process moves to."""
    monkeypatch.chdir(tmp_path)
    assert Settings(home=Path("hier")).home == tmp_path / "hier"


def test_the_database_url_is_never_shown() -> None:
    """Neither the settings as text nor an error repeats a password."""
    settings = Settings(database_url="postgresql://w:geheim@h/w")
    assert "geheim" not in repr(settings)
    with pytest.raises(ValidationError) as refused:
        Settings(smtp_port="geheim")
    assert "geheim" not in str(refused.value)


def test_changed_settings_are_checked_and_derived_anew(tmp_path: Path) -> None:
    """Another home moves what stands in it, and a wrong value is refused."""
    moved = Settings(queue_suffix="-1").changed(home=tmp_path)
    assert moved.documents == tmp_path / "documenten"
    assert moved.queues == ("trajecten-1", "documenten-1", "buitenwereld-1")
    with pytest.raises(ValidationError):
        moved.changed(smtp_port=0)


def test_the_root_is_the_checkout() -> None:
    """The shipped tables are found from whatever folder the process runs in."""
    assert (ROOT / "pyproject.toml").is_file()
    assert Settings().parameters.is_relative_to(ROOT)
