"""Somebody who opens the Temporal UI reads there, in Dutch, where a trajectory stands and what it waits for."""

import asyncio
import time
from datetime import date
from pathlib import Path

import pytest
from playwright.async_api import Error, Frame, Page, expect

from models.findings import Finding
from models.messages import COMMANDS
from tests.ui.conftest import PATIENCE_MS, Shown
from workflows.activeringstraject import Activeringstraject

LATE = "?query=%60TeLaat%60%3Dtrue"
"""What is appended to the address of the list to see only the trajectories that are late."""
FRAME_MS = 1_000
pytestmark = pytest.mark.asyncio(loop_scope="session")
expect.set_options(timeout=PATIENCE_MS)


async def cells(page: Page, workflow_id: str) -> dict[str, str]:
    """A row of the list by the headings of its columns."""
    row = page.locator("tr", has=page.get_by_role("link", name=workflow_id, exact=True))
    await expect(row).to_have_count(1)
    headings = [text.strip() for text in await page.locator("thead th").all_inner_texts()]
    values = [text.strip() for text in await row.locator("td").all_inner_texts()]
    return dict(zip(headings[-len(values) :], values, strict=False))


async def text_of(page: Page, *awaited: str) -> str:
    """All text of a page once it has what was awaited; the UI shows Markdown in frames of its own."""
    end = time.monotonic() + PATIENCE_MS / 1000
    while missing := [each for each in awaited if each not in (text := await _all_text(page))]:
        assert time.monotonic() < end, f"{missing} not in:\n{text}"
        await asyncio.sleep(0.2)
    return text


async def _all_text(page: Page) -> str:
    return "\n".join([await _text_in(frame) for frame in page.frames])


async def _text_in(frame: Frame) -> str:
    try:
        return (await frame.locator("body").inner_text(timeout=FRAME_MS)).replace("\xa0", " ")
    except Error:  # the UI refreshed meanwhile and replaced the frame
        return ""


async def test_the_list_says_where_each_trajectory_stands(shown: Shown, page: Page, pictures: Path) -> None:
    """Phase, next duty, next moment and whether it is late are columns of the list."""
    await page.goto(
        f"{shown.url}/namespaces/default/workflows?query=%60WorkflowType%60%3D%22activeringstraject%22"
    )
    late = await cells(page, shown.late.registered.workflow_id)
    calm = await cells(page, shown.calm.registered.workflow_id)
    await page.screenshot(path=pictures / "lijst.png")
    assert (late["Dossier"], late["Fase"]) == (shown.late.registered.reference, "lopend")
    assert (late["VolgendeOpdracht"], late["TeLaat"]) == ("review/2", "TRUE")
    assert late["VolgendeTermijn"].startswith("12 jul 2027, 7:00")
    assert (calm["Fase"], calm["VolgendeOpdracht"], calm["TeLaat"]) == ("lopend", "", "FALSE")


async def test_the_list_of_what_is_late(shown: Shown, page: Page, pictures: Path) -> None:
    """One link shows only the trajectories in which something is late."""
    await page.goto(f"{shown.url}/namespaces/default/workflows{LATE}")
    await cells(page, shown.late.registered.workflow_id)
    await page.screenshot(path=pictures / "te_laat.png")
    await expect(page.get_by_role("link", name=shown.calm.registered.workflow_id)).to_have_count(0)


async def test_user_metadata_explains_what_it_waits_for(shown: Shown, page: Page, pictures: Path) -> None:
    """Phase, open duty, date, owner and reason stand there as the record has them."""
    duty = shown.duty(shown.late, "review/2")
    assert duty.due is not None
    assert duty.overdue_since is not None
    await page.goto(shown.page_of(shown.late, "user-metadata"))
    text = await text_of(page, "fase lopend")
    await page.screenshot(path=pictures / "stand.png", full_page=True)
    why = Finding[date | None].model_validate(duty.due_finding)
    for expected in (
        f"Activeringstraject {duty.reference}",
        f"{duty.reference} · fase lopend",
        f"review/2 – {duty.vraag}",
        f"tegen {duty.due:%d-%m-%Y}, te laat sinds {duty.overdue_since:%d-%m-%Y}",
        f"wie: casemanager_werk {duty.worker} ({duty.org})",
        f"waarom: {why.reden} ({why.article})",
        "uiterste einde: 10-07-2028",
    ):
        assert expected in text


async def test_user_metadata_shows_the_actions(shown: Shown, page: Page, pictures: Path) -> None:
    """Which actions there are, by number and domain, and what their providers answered; nothing of what is done."""
    asked = shown.duty(shown.late, "aanbod/3")
    await page.goto(shown.page_of(shown.late, "user-metadata"))
    text = await text_of(
        page,
        "Acties\n",
        "actie 1 (zorg): afgesproken",
        "actie 2 (werk): bevestigd, vanaf 11-03-2027",
        "actie 3 (competentie): gevraagd",
        f"aanbod/3 – {asked.vraag}",
        f"tegen {asked.due:%d-%m-%Y}",
        f"wie: dienstverlener ({asked.org})",
    )
    (details,) = [frame for frame in page.frames if "Acties" in await _text_in(frame)]
    await details.get_by_text("actie 3").scroll_into_view_if_needed()
    await page.screenshot(path=pictures / "acties.png")
    assert "keuken" not in text
    assert "Wekelijks gesprek" not in text


async def test_markdown_is_rendered(shown: Shown, page: Page) -> None:
    """Nobody sees the signs of the markup: no star, no hash, no dash that should be a bullet."""
    await page.goto(shown.page_of(shown.late, "user-metadata"))
    text = await text_of(page, "fase lopend")
    assert not [line for line in text.splitlines() if "**" in line or line.startswith(("#", "- "))]


async def test_the_timeline_tells_the_story(shown: Shown, page: Page, pictures: Path) -> None:
    """Timers say until when and for what they wait, activities what they write down, Updates what was answered."""
    await page.goto(shown.page_of(shown.late, "timeline"))
    await text_of(
        page,
        "Wacht tot 13-07-2027: review/2 (casemanager_werk)",
        "Vastleggen: Opdracht review/2: T+3 naar casemanager_werk.",
        "Vastleggen: Evaluatie 1 gehouden op 08-04-2027, op tijd.",
        "Vastleggen: Versie 2 van het trajectplan.; Opdracht aanbod/3 geopend",
        "Document reviewverslag/1",
        "Document trajectplan/2",
        "review_vastleggen",
        "plan_wijzigen",
    )
    await page.screenshot(path=pictures / "tijdlijn.png", full_page=True)


async def test_updates_are_offered_with_a_dutch_description(shown: Shown, page: Page, pictures: Path) -> None:
    """Who wants to send a command chooses from all commands of the story, each with one sentence."""
    await page.goto(shown.page_of(shown.late, "timeline"))
    await page.get_by_role("button", name="More Actions").click()
    await page.get_by_role("menuitem", name="Send an Update").click()
    await page.get_by_role("button", name="Select an Update").click()
    await expect(page.get_by_role("option").first).to_be_visible()
    offered = dict(
        text.split("\n", 1) for text in await page.get_by_role("option").all_inner_texts() if "\n" in text
    )
    await page.screenshot(path=pictures / "opdrachten.png")
    assert offered == {name: getattr(Activeringstraject, name).__doc__ for name in COMMANDS}
