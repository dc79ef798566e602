"""A stage with the Temporal UI, two trajectories to look at, and a browser to look with."""

import itertools
import json
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, async_playwright

from engine import running_engine
from models.lines import DutyLine
from player.play import Played, Player
from player.stage import Stage
from player.story import Story, read_story
from tests.stage import staged

STORY = Path(__file__).parent / "half_jaar.yaml"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
COLUMNS = ("Status", "Workflow ID", "Fase", "VolgendeOpdracht", "TeLaat", "VolgendeTermijn", "Dossier")
COLUMNS_KEPT_AS = "namespace-workflow-table-columns"
"""Where the UI keeps, per browser, which columns its list of workflows shows."""
QUEUES = itertools.count(9_000)
PATIENCE_MS = 20_000


@dataclass(frozen=True)
class Shown:
    """What there is to see: the UI, a trajectory with a late review, one where nothing is late, and the record."""

    url: str
    stage: Stage
    late: Played
    calm: Played

    def duty(self, played: Played, key: str) -> DutyLine:
        """A duty as the record knows it: what the screen should say."""
        dossier = self.stage.collaborators.reading.dossier(played.registered.reference)
        assert dossier is not None
        return next(line for line in dossier.opdrachten if line.key == key)

    def page_of(self, played: Played, tab: str) -> str:
        """Where the UI shows one trajectory on one of its tabs."""
        workflow = played.registered.workflow_id.replace("/", "%2F")
        return f"{self.url}/namespaces/default/workflows/{workflow}/{self._run_of(played)}/{tab}"

    def _run_of(self, played: Played) -> str:
        return self.runs[played.registered.workflow_id]

    runs: dict[str, str]


@pytest.fixture(scope="session")
def browser_program() -> str:
    """The Chromium of this machine; without one, what operators see is not looked at here."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"NIET BEKEKEN: geen browser gevonden ({', '.join(BROWSERS)}); zie ./werkzorg doctor")
    return found


def beginning_of(story: Story, steps: int, until: str) -> Story:
    """A story that stops early."""
    return story.model_copy(update={"naam": "begin", "stappen": story.stappen[:steps], "tot": until})


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shown(
    browser_program: str, tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> AsyncIterator[Shown]:
    """Two trajectories on an engine with its UI: after half a year one waits for a late review."""
    home = tmp_path_factory.mktemp("ui")
    record = home / "werkzorg.db"
    record.write_bytes(sqlite_template.read_bytes())
    async with (
        running_engine(home / "engine", time_skipping=True, ui=True) as engine,
        staged(engine, home, f"sqlite:///{record}", next(QUEUES)) as stage,
    ):
        if engine.ui_url is None:
            pytest.skip(
                f"NIET BEKEKEN: van de server op {engine.address} is geen UI bekend (WERKZORG_UI_URL)"
            )
        story = read_story(STORY)
        late = await Player(stage, story).play()
        calm = await Player(stage, beginning_of(story, steps=3, until="P2M")).play()
        ids = (late.registered.workflow_id, calm.registered.workflow_id)
        runs = {each: (await stage.client.get_workflow_handle(each).describe()).run_id for each in ids}
        yield Shown(engine.ui_url, stage, late, calm, runs)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(browser_program: str) -> AsyncIterator[BrowserContext]:
    """A browser of somebody in Belgium who chose our columns for the list."""
    async with async_playwright() as playwright:
        # Without its own sandbox, which a browser cannot have where tests run as root; it only visits the loopback.
        chromium = await playwright.chromium.launch(executable_path=browser_program, args=["--no-sandbox"])
        context = await chromium.new_context(
            viewport={"width": 1500, "height": 1120}, locale="nl-BE", timezone_id="Europe/Brussels"
        )
        context.set_default_timeout(PATIENCE_MS)
        chosen = json.dumps({"default": [{"label": label} for label in COLUMNS]})
        await context.add_init_script(f"localStorage.setItem({COLUMNS_KEPT_AS!r}, {json.dumps(chosen)})")
        yield context
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: BrowserContext) -> AsyncIterator[Page]:
    """A fresh tab."""
    tab = await browser.new_page()
    yield tab
    await tab.close()


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the screenshots of this session are left, to look at afterwards."""
    return tmp_path_factory.mktemp("beelden")
