"""What the simulation and its writing found, each told as the story that showed it."""

from datetime import date, timedelta
from typing import Any

from models.actors import OPERATIES, Actor, Rol
from models.duties import DutyKind
from models.tables import InboxRow
from tests.simulation.plans import AGREED, PLAN, REVIEW, running, tandem
from tests.simulation.scene import Dossier, Scene

VDAB = Actor(rol=Rol.VDAB, organisatie="ORG-VDAB-GENT")
FAR = "9999-12-31"
NO_TANDEM = "11002"
"""A municipality of which the tables know no tandem."""


async def test_a_day_before_the_law_is_refused(scene: Scene) -> None:
    """A suspension, a start or a correction long before the law tables begin broke the trajectory for good."""
    dossier, werk, zorg = await running(scene)
    long_ago = {"van": "2001-01-01", "oorzaak": "opname"}
    await refused(dossier, "opschorten", zorg, long_ago, "van")
    start = correction("start", scene.begin, "2003-03-04")
    await refused(dossier, "rechtzetten", werk, start, "nieuw")
    await dossier.send("opschorten", zorg, {"van": str(AGREED), "oorzaak": "opname"})
    rest = correction("opschorting/1.van", AGREED, "0001-01-01")
    await refused(dossier, "rechtzetten", werk, rest, "nieuw")


async def test_a_day_past_the_calendar_is_refused(scene: Scene) -> None:
    """9999-12-31, as people type for "unknown", overflowed the dates that follow from it."""
    dossier, werk, zorg = await running(scene)
    forever = {"van": str(AGREED), "tot": FAR, "oorzaak": "opname"}
    await refused(dossier, "opschorten", zorg, forever, "tot")
    await scene.move([dossier], date(2030, 5, 30))
    promise = {"opdracht": "review/1", "verwacht_op": FAR, "toelichting": "x"}
    await refused(dossier, "opdracht_bezig", werk, promise, "verwacht_op")
    often = correction("plan.periodiciteit_maanden", 3, "200000")
    await refused(dossier, "rechtzetten", werk, often, "nieuw")


async def test_a_periodicity_of_centuries_is_refused(scene: Scene) -> None:
    """A periodicity that no calendar holds went through as a soft finding, and overflowed."""
    dossier = await scene.request("44021", "eeuwen")
    werk, _ = await tandem(dossier)
    plan = PLAN | {"periodiciteit_maanden": 200_000, "reden": "x"}
    await refused(dossier, "plan_akkoord", werk, plan, "periodiciteit_maanden")


async def test_a_stop_before_the_open_rest_can_be_reopened(scene: Scene) -> None:
    """A trajectory that stopped before its suspension began closed the suspension before its own beginning."""
    dossier, werk, zorg = await running(scene)
    await accepted(dossier, "opschorten", zorg, {"van": str(AGREED), "oorzaak": "opname"})
    await accepted(dossier, "stopzetten", zorg, {"einde": "2030-03-20", "oorzaak": "verhuisd"})
    await accepted(dossier, "opdracht_besluiten", OPERATIES, {"opdracht": "eindverslag", "toelichting": "x"})
    await scene.move([dossier], date(2030, 5, 1))
    await accepted(dossier, "heropenen", werk, {"einde": "2030-12-04"})
    assert (await dossier.life()).stand.fase == "lopend"


async def test_a_repair_outlives_the_window_to_reopen(scene: Scene) -> None:
    """With a repair open when the window passed, the story looped without end; now it waits for the repair."""
    dossier, _, zorg = await running(scene)
    await accepted(dossier, "stopzetten", zorg, {"einde": "2030-03-20", "oorzaak": "verhuisd"})
    await accepted(dossier, "opdracht_besluiten", OPERATIES, {"opdracht": "eindverslag", "toelichting": "x"})
    await dossier.bounce(f"{dossier.workflow_id}/x")
    await scene.move([dossier], date(2030, 8, 20))
    await accepted(dossier, "participatieladder", zorg, {"niveau": 3})
    await scene.move([dossier], date(2031, 5, 1))
    life = await dossier.life()
    assert life.running
    assert not life.broken_tasks
    (repair,) = [duty for duty in life.duties.values() if duty.live]
    decision = {"opdracht": repair.key, "keuze": "overslaan", "toelichting": "x"}
    await accepted(dossier, "herstel_beslissen", OPERATIES, decision)
    assert (await dossier.life()).ended == "completed"


async def test_nobody_dies_twice(scene: Scene) -> None:
    """A second death of a closed dossier was accepted, and its undo let letters go while the first still stood."""
    dossier, _, zorg = await running(scene)
    await accepted(dossier, "overleden", zorg, {"overleden_op": "2030-03-20"})
    (key,) = [duty.key for duty in (await dossier.life()).duties.values() if duty.kind is DutyKind.AFRONDING]
    await accepted(dossier, "opdracht_besluiten", OPERATIES, {"opdracht": key, "toelichting": "x"})
    again = await dossier.send("overleden", zorg, {"overleden_op": "2030-03-20"})
    assert again.status == "refused"


async def test_a_review_put_right_is_in_time(scene: Scene) -> None:
    """Late knowledge that undoes an overdue is an event too: the duty forgets that it was late."""
    dossier, werk, _ = await running(scene)
    await scene.move([dossier], date(2030, 6, 20))
    await accepted(dossier, "review_vastleggen", werk, {"opdracht": "review/1", **REVIEW})
    assert (await dossier.life()).duties["review/1"].overdue_since
    held = correction("review/1.datum", date(2030, 6, 20), "2030-06-03")
    await accepted(dossier, "rechtzetten", werk, held)
    duty = (await dossier.life()).duties["review/1"]
    assert (duty.happened_on, duty.overdue_since) == (date(2030, 6, 3), None)


async def test_late_since_the_day_after_the_date(scene: Scene) -> None:
    """A late duty that moves to a later date, still past, is late since the day after that date."""
    dossier = await scene.request(NO_TANDEM, "te laat")
    await scene.move([dossier], date(2030, 8, 1))
    assert (await dossier.life()).duties["toewijzing"].overdue_since
    await accepted(dossier, "rechtzetten", OPERATIES, correction("start", scene.begin, "2030-04-04"))
    duty = (await dossier.life()).duties["toewijzing"]
    assert duty.due.value
    assert duty.overdue_since == duty.due.value + timedelta(days=1)


async def test_a_tandem_without_a_name_still_gets_its_documents(scene: Scene) -> None:
    """An organisation without a worker was accepted in the tandem, and then no document could be made."""
    dossier, _, _ = await running(scene)
    taken_over = {"rol": "casemanager_werk", "organisatie": "ORG-KOMPAAN-WERK"}
    row = await dossier.send("herverdelen", OPERATIES, taken_over)
    await scene.move([dossier], date(2030, 6, 3))
    if row.status == "refused":
        assert row.refusal is not None
        assert row.refusal["veld"] == "medewerker"
        return
    kompaan, _ = await tandem(dossier)
    await accepted(dossier, "review_vastleggen", kompaan, {"opdracht": "review/1", **REVIEW})
    assert not [duty.key for duty in (await dossier.life()).duties.values() if duty.kind is DutyKind.HERSTEL]


async def test_a_bounce_after_a_death_opens_nothing(scene: Scene) -> None:
    """A message about a duty that a death withdrew came back, and a second duty stood beside the closing note."""
    dossier, _, zorg = await running(scene)
    await accepted(dossier, "overleden", zorg, {"overleden_op": "2030-03-20"})
    await dossier.bounce((await dossier.life()).messages[0].key)
    await dossier.settle()
    live = [duty.kind for duty in (await dossier.life()).duties.values() if duty.live]
    assert live == [DutyKind.AFRONDING]


async def accepted(dossier: Dossier, name: str, by: Actor, payload: dict[str, Any]) -> InboxRow:
    """Sends a command that must go through, and waits until it has settled."""
    row = await dossier.send(name, by, payload)
    assert row.status == "accepted", (row.refusal, (await dossier.life()).broken_tasks[:1])
    await dossier.settle()
    return row


async def refused(dossier: Dossier, name: str, by: Actor, payload: dict[str, Any], veld: str) -> None:
    """Sends a command that must be refused for one field, and break nothing."""
    row = await dossier.send(name, by, payload)
    assert row.refusal, (row.status, (await dossier.life()).broken_tasks[:1])
    assert row.refusal["veld"] == veld
    assert not (await dossier.life()).broken_tasks


def correction(veld: str, oud: object, nieuw: str) -> dict[str, Any]:
    """A fact put right."""
    return {"veld": veld, "oud": str(oud), "nieuw": nieuw, "waarom": "Verkeerd.", "reden": "Verkeerd."}
