"""What is in version control can be shown to anybody, is finished, and says what changed."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from settings import ROOT, Settings
from tests.house.source import texts, tracked_files

RISKY = {
    "a secret": r"-----BEGIN [A-Z ]*PRIVATE KEY|\bgh[pousr]_\w{20}|\bAKIA[A-Z0-9]{16}\b|\bxox[abp]-\w{10}",
    "a password in an address": r"://\w+:(?!\$)[^@\s/{}'\"*]{3,}@",
    "a path of one machine": r"(?<![\w.])/(?:work|root|home/[a-z]\w*|Users/\w+)/",
    "a mail address that could be somebody's": r"[\w.]@(?:gmail|hotmail|outlook|telenet|skynet)\.\w+",
    "a national number": r"\b\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}\b",
    "something unfinished": r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b",
    "a conflict of a merge": r"(?m)^(?:<{7} |>{7} )",
}
"""What should not be in any file, by what it is."""
EXPECTED = {
    ("tests/engine/test_doctor.py", "a password in an address"),
    ("tests/engine/test_settings.py", "a password in an address"),
}
"""Files that are about such a thing: the password of a database is never shown."""
SAMPLES = (
    "-----BEGIN RSA PRIVATE KEY-----",
    "postgresql://werkzorg:geheim123@db/werkzorg",
    "cp /ro" + "ot/werkzorg/var .",
    "jan.janssens@telenet.be",
    "85.07.30-033.28",
    "# TO" + "DO later",
    "<<<<<<< HEAD",
)
PUBLIC = "https://pypi.org/simple"


def risks(text: str) -> set[str]:
    """What a text holds that should not be there."""
    return {what for what, pattern in RISKY.items() if re.search(pattern, text)}


def test_no_tracked_file_holds_what_should_not_be_there() -> None:
    """No secret, no path of somebody's machine, nobody's data, nothing unfinished."""
    itself = Path(__file__).relative_to(ROOT).as_posix()
    found = {
        (name, what)
        for name, text in texts(tracked_files()).items()
        if name != itself
        for what in risks(text)
    }
    assert not found - EXPECTED


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_check_sees_what_should_not_be_there(sample: str) -> None:
    """Negative control, one for each kind."""
    assert risks(sample)


def test_the_changelog_tells_users_what_comes() -> None:
    """There is an unreleased section with something in it."""
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    _, heading, rest = changelog.partition("\n## [Unreleased]\n")
    assert heading
    assert re.search(r"(?m)^- \S", rest.partition("\n## ")[0])


def test_the_lock_holds_what_the_project_asks() -> None:
    """Every requirement of pyproject.toml stands in uv.lock with the same bounds."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    metadata = _own_package()["metadata"]
    asked = project["project"]["dependencies"]
    assert {_requirement(line) for line in asked} == {_locked(each) for each in metadata["requires-dist"]}
    asked = project["dependency-groups"]["dev"]
    assert {_requirement(line) for line in asked} == {
        _locked(each) for each in metadata["requires-dev"]["dev"]
    }


def test_the_lock_names_the_public_registry_only() -> None:
    """Whoever clones this can fetch every package from where it says."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
    assert {each["source"]["registry"] for each in packages if "registry" in each["source"]} == {PUBLIC}


def test_uv_agrees_with_the_lock() -> None:
    """uv itself would change nothing in uv.lock."""
    own = sorted(Settings().cache.glob("uv-*/bin/uv"))
    uv = shutil.which("uv") or next(map(str, own), None)
    if uv is None:
        pytest.skip("NIET GECONTROLEERD: uv is hier niet; alleen de namen en grenzen zijn vergeleken")
    checked = subprocess.run([uv, "lock", "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    if "error sending request" in checked.stderr or "dns error" in checked.stderr:
        pytest.skip(
            "NIET GECONTROLEERD: uv bereikt geen register; alleen de namen en grenzen zijn vergeleken"
        )
    assert checked.returncode == 0, checked.stderr


def _own_package() -> dict[str, dict]:  # type: ignore[type-arg]
    packages = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
    return next(each for each in packages if each["name"] == "werkzorg")


def _requirement(line: str) -> tuple[str, frozenset[str], str]:
    match = re.fullmatch(r"([\w.-]+)(?:\[([\w,]+)\])?(.*)", line)
    assert match is not None
    name, extras, bounds = match.groups(default="")
    return re.sub(r"[._-]+", "-", name).lower(), frozenset(filter(None, extras.split(","))), bounds


def _locked(each: dict) -> tuple[str, frozenset[str], str]:  # type: ignore[type-arg]
    return each["name"], frozenset(each.get("extras", ())), each.get("specifier", "")
