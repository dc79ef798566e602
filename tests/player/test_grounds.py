"""Stories have a folder of their own: wiped at each start, and never that of real dossiers."""

from pathlib import Path

import pytest

from engine import EngineProblem
from engine.claim import claimed
from player.grounds import fresh_grounds, is_grounds


async def test_a_play_wipes_what_the_one_before_left(tmp_path: Path) -> None:
    """Record, documents, mails and the engine's database go together; its ports stay, so its address does."""
    home = tmp_path / "verhalen"
    await fresh_grounds(home)
    for left in ("werkzorg.db", "mails/1.eml", "engine/temporal.db", "engine/ports.json"):
        (home / left).parent.mkdir(exist_ok=True)
        (home / left).write_text("oud")
    await fresh_grounds(home)
    assert is_grounds(home)
    kept = sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())
    assert kept == [".verhalen", "engine/engine.lock", "engine/ports.json"]


async def test_a_folder_with_anything_else_is_left_alone(tmp_path: Path) -> None:
    """Somebody who names the folder of real dossiers loses nothing."""
    (tmp_path / "werkzorg.db").write_text("echte dossiers")
    with pytest.raises(EngineProblem, match="geen map van verhalen"):
        await fresh_grounds(tmp_path)
    assert (tmp_path / "werkzorg.db").read_text() == "echte dossiers"


async def test_a_play_that_still_runs_is_not_wiped(tmp_path: Path) -> None:
    """Two plays in one folder: the second is refused before it removes anything."""
    await fresh_grounds(tmp_path)
    (tmp_path / "werkzorg.db").write_text("loopt nog")
    async with claimed(tmp_path / "engine"):
        with pytest.raises(EngineProblem, match="draait al een engine"):
            await fresh_grounds(tmp_path)
    assert (tmp_path / "werkzorg.db").exists()


async def test_stories_never_use_the_database_of_this_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Real dossiers and stories never share a database, whatever the environment says."""
    monkeypatch.setenv("WERKZORG_DATABASE_URL", "postgresql://echt/werkzorg")
    monkeypatch.setenv("WERKZORG_DOCUMENTS", "/echt/documenten")
    settings = await fresh_grounds(tmp_path / "verhalen")
    assert settings.database == f"sqlite:///{tmp_path}/verhalen/werkzorg.db"
    assert settings.documents == tmp_path / "verhalen" / "documenten"
