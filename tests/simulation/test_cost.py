"""What a trajectory costs in history events; those that only virtual time brings are not counted.

The ceilings are counts, not times: they hold on any machine.
"""

from datetime import date, timedelta

from models.duties import Duty
from tests.simulation.checks import NO_RUNG
from tests.simulation.plans import EINDVERSLAG, REVIEW, running
from tests.simulation.scene import Dossier, Scene

A_REVIEW, A_RUNG = 45, 12
ONE_DAY = timedelta(days=1)


async def test_a_review_and_its_rungs(scene: Scene, figures: list[str]) -> None:
    """A review that is answered before its first reminder, with its report and messages; and each further rung."""
    dossier, werk, _ = await running(scene)
    before = await cost(dossier)
    await scene.move([dossier], date(2030, 5, 30))
    assert (await duty(dossier, "review/1")).live
    await dossier.send("review_vastleggen", werk, {"opdracht": "review/1", **REVIEW})
    await scene.move([dossier], date(2030, 6, 3))
    review = await cost(dossier) - before
    assert "reviewverslag/1" in await documents(dossier)
    assert not [m for m in (await dossier.life()).messages if m.soort not in NO_RUNG]

    await scene.move([dossier], (await due(dossier, "review/2")) + ONE_DAY)
    rungs = await climbed(scene, dossier, "review/2")
    figures.append(f"{'a review on time, report and messages':60}{review:6} events (at most {A_REVIEW})")
    figures += [f"{'a rung: ' + told:60}{spent:6} events (at most {A_RUNG})" for told, spent in rungs]
    assert review <= A_REVIEW
    assert len(rungs) == 4
    assert max(spent for _, spent in rungs) <= A_RUNG


async def test_a_whole_story(scene: Scene, figures: list[str]) -> None:
    """Twelve months with three reviews and an eindverslag, on time and in silence, until it can be reopened no more."""
    dossier, werk, _ = await running(scene)
    for n in (1, 2, 3):
        await scene.move([dossier], (await next_review(dossier, n)) - ONE_DAY)
        level = {"niveau": 3}  # in time for the measurement after half a year
        row = await dossier.send("review_vastleggen", werk, {"opdracht": f"review/{n}", **REVIEW, **level})
        assert row.status == "accepted", dossier.told
    await scene.move([dossier], date(2030, 12, 12))
    decision = {"opdracht": "beslispunt", "keuze": "afronden", "motivering": "Een opleiding."}
    row = await dossier.send("beslispunt_beslissen", werk, decision)
    assert row.status == "accepted", dossier.told
    await scene.move([dossier], date(2031, 2, 20))
    for name, contents in (("eindverslag_indienen", EINDVERSLAG), ("participatieladder", {"niveau": 4})):
        row = await dossier.send(name, werk, contents)
        assert row.status == "accepted", dossier.told
    await scene.move([dossier], date(2031, 10, 1))
    life = await dossier.life()
    assert life.ended == "completed"
    figures.append(f"{'a year with three reviews and an eindverslag, all on time':60}{life.length:6} events")


async def test_a_story_of_silence(scene: Scene, figures: list[str]) -> None:
    """Twelve months in which nobody answers anything after the plan."""
    dossier, _, _ = await running(scene)
    await scene.move([dossier], date(2031, 10, 1))
    life = await dossier.life()
    figures.append(f"{'a year with three reviews and an eindverslag, in silence':60}{life.length:6} events")


async def climbed(scene: Scene, dossier: Dossier, key: str) -> list[tuple[str, int]]:
    """What each rung of a late duty cost, day by day until the ladder ends."""
    found: list[tuple[str, int]] = []
    start = await due(dossier, key)
    spent = await cost(dossier)
    for n in range(2, 35):
        await scene.move([dossier], start + n * ONE_DAY)
        now = await cost(dossier)
        last = (await dossier.life()).messages[-1]
        if now != spent:
            found.append((f"{last.opdracht} {last.soort}", now - spent))
        spent = now
    return found


async def cost(dossier: Dossier) -> int:
    """How many history events there are so far."""
    return (await dossier.life()).length


async def duty(dossier: Dossier, key: str) -> Duty:
    """A duty as it was last told."""
    return (await dossier.life()).duties[key]


async def due(dossier: Dossier, key: str) -> date:
    """The day a duty is due, once it opened or from the dates ahead."""
    name = f"evaluatie {key.partition('/')[2]}"
    dates = {each.naam: each.on.value for each in (await dossier.life()).stand.dates}
    found = dates.get(name) or dates.get(f"opdracht {key}")
    assert found is not None
    return found


async def next_review(dossier: Dossier, n: int) -> date:
    """The day of the n-th review."""
    return await due(dossier, f"review/{n}")


async def documents(dossier: Dossier) -> list[str]:
    """The documents that were made."""
    events = (await dossier.life()).events
    return [event.gegevens["document"] for event in events if event.soort == "document-gemaakt"]
