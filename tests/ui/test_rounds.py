"""Operations see the rounds in the Temporal UI, start one by hand, and read there what it did."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.ui.conftest import PATIENCE_MS, Shown
from tests.ui.test_temporal_ui import text_of
from workflows.schedules import PLANS, apply

pytestmark = pytest.mark.asyncio(loop_scope="session")
expect.set_options(timeout=PATIENCE_MS)
CONTROL = "dagelijkse-controle"
RUN = re.compile(r"(.*/workflows/[^/]+/[0-9a-f-]{36})/.*")


async def test_a_round_is_listed_triggered_and_tells_what_it_did(
    shown: Shown, page: Page, pictures: Path
) -> None:
    """Every schedule stands in the list; the control is triggered, and its run says how much it looked at."""
    client, queue = shown.stage.client, shown.stage.settings.queues.buitenwereld
    await apply(client, queue)
    await page.goto(f"{shown.url}/namespaces/default/schedules")
    await text_of(page, *PLANS)
    await page.goto(f"{shown.url}/namespaces/default/schedules/{CONTROL}")
    await text_of(page, CONTROL, "Europe/Brussels")
    await page.get_by_role("button", name="Schedule Actions").click()
    await page.get_by_text("Trigger", exact=True).click()
    await page.get_by_role("button", name="Trigger", exact=True).click()
    await page.get_by_role("link", name=f"{CONTROL}-").first.click()
    await expect(page).to_have_url(RUN)
    run = RUN.match(page.url)
    assert run is not None
    await page.goto(f"{run[1]}/user-metadata")
    said = await text_of(page, "Alles tot en met", "bekeken: ")
    await page.screenshot(path=pictures / "ronde.png")
    assert PLANS[CONTROL].summary in said
