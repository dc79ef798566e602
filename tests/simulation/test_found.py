"""What the simulation found: each a command that no sender should be able to break a trajectory with."""

from datetime import date

from models.actors import OPERATIES, Actor, Rol
from tests.simulation.scene import Dossier, Scene

VDAB = Actor(rol=Rol.VDAB, organisatie="ORG-VDAB-GENT")
PLAN = {
    "opdracht": "trajectplan",
    "doel": "x",
    "afspraken": "x",
    "periodiciteit_maanden": 3,
    "acties": [{"domein": "zorg", "omschrijving": "x", "dienstverlener": "x"}],
    "start": "2030-03-04",
    "einde": "2031-03-03",
}


async def unbroken(dossier: Dossier) -> None:
    life = await dossier.life()
    assert not life.broken_tasks, life.broken_tasks[0][:300]
    assert life.running


async def team(dossier: Dossier) -> tuple[Actor, Actor]:
    t = (await dossier.life()).stand.team
    return t.casemanager_werk, t.casemanager_zorg


async def lopend(scene: Scene):
    d = await scene.request("44021", "p")
    werk, zorg = await team(d)
    await scene.move([d], date(2030, 4, 1))
    row = await d.send("plan_akkoord", werk, PLAN)
    assert row.status == "accepted", d.told
    return d, werk, zorg


async def test_smoke(scene: Scene) -> None:
    d, werk, zorg = await lopend(scene)
    await scene.move([d], date(2031, 8, 1))
    life = await d.life()
    print(life.length, len(life.rests), life.stand.fase, life.broken_tasks)
    for r in life.rests:
        print(r.moment, r.timers, [x.key for x in r.live])
    assert life.rests


async def test_opschorten_long_ago(scene):
    d, werk, zorg = await lopend(scene)
    row = await d.send("opschorten", zorg, {"van": "2001-01-01", "oorzaak": "opname"})
    print(row.status, row.refusal)
    await unbroken(d)


async def test_opschorten_tot_9999(scene):
    d, werk, zorg = await lopend(scene)
    row = await d.send("opschorten", zorg, {"van": "2030-04-01", "tot": "9999-12-31", "oorzaak": "opname"})
    print(row.status, row.refusal)
    await unbroken(d)


async def test_bezig_9999(scene):
    d = await scene.request("44021", "p")
    werk, zorg = await team(d)
    row = await d.send("opdracht_bezig", werk, {"opdracht": "trajectplan", "verwacht_op": "9999-12-31", "toelichting": "x"})
    print(row.status, row.refusal)
    await unbroken(d)


async def test_periodicity(scene):
    d = await scene.request("44021", "p")
    werk, zorg = await team(d)
    row = await d.send("plan_akkoord", werk, PLAN | {"periodiciteit_maanden": 200000, "reden": "x"})
    print(row.status, row.refusal)
    await unbroken(d)


async def test_rechtzetten_start(scene):
    d = await scene.request("44021", "p")
    werk, zorg = await team(d)
    row = await d.send("rechtzetten", werk, {"veld": "start", "oud": "2030-03-04", "nieuw": "2003-03-04", "waarom": "x", "reden": "x"})
    print(row.status, row.refusal)
    await unbroken(d)


async def test_rechtzetten_rest(scene):
    d, werk, zorg = await lopend(scene)
    await d.send("opschorten", zorg, {"van": "2030-04-01", "oorzaak": "opname"})
    row = await d.send("rechtzetten", werk, {"veld": "opschorting/1.van", "oud": "2030-04-01", "nieuw": "0001-01-01", "waarom": "x", "reden": "x"})
    print(row.status, row.refusal)
    await unbroken(d)


async def test_no_team_eindverslag(scene):
    d = await scene.request("11002", "p")
    row = await d.send("stopzetten", VDAB, {"einde": "2030-03-04", "oorzaak": "verhuisd"})
    print(row.status, row.refusal)
    row = await d.send("eindverslag_indienen", OPERATIES, {"opdracht": "eindverslag", "vorm": "zonder_gesprek", "acties": "x", "resultaten": "x", "informatie_team": "x", "informatie_dienstverleners": "x", "gesprek": "x"})
    print(row.status, row.refusal)
    await unbroken(d)


async def test_no_team_herverdelen(scene):
    d = await scene.request("11002", "p")
    row = await d.send("stopzetten", VDAB, {"einde": "2030-03-04", "oorzaak": "verhuisd"})
    row = await d.send("herverdelen", OPERATIES, {"rol": "casemanager_werk", "organisatie": "ORG-KOMPAAN-WERK"})
    print(row.status, row.refusal)
    await unbroken(d)


async def test_no_team_reopen(scene):
    d = await scene.request("11002", "p")
    row = await d.send("stopzetten", VDAB, {"einde": "2030-03-04", "oorzaak": "verhuisd"})
    row = await d.send("opdracht_besluiten", OPERATIES, {"opdracht": "eindverslag", "toelichting": "x"})
    print(row.status, row.refusal)
    row = await d.send("heropenen", VDAB, {"einde": "2030-09-04"})
    print(row.status, row.refusal)
    row = await d.send("plan_akkoord", OPERATIES, PLAN | {"opdracht": "trajectplan/2"})
    print(row.status, row.refusal)
    await unbroken(d)


async def test_stop_before_rest(scene):
    d, werk, zorg = await lopend(scene)
    await d.send("opschorten", zorg, {"van": "2030-04-01", "oorzaak": "opname"})
    row = await d.send("stopzetten", zorg, {"einde": "2030-03-20", "oorzaak": "verhuisd"})
    print(row.status, row.refusal)
    row = await d.send("opdracht_besluiten", OPERATIES, {"opdracht": "eindverslag", "toelichting": "x"})
    print(row.status, row.refusal)
    await scene.move([d], date(2030, 5, 1))
    row = await d.send("heropenen", werk, {"einde": "2030-12-04"})
    print(row.status, row.refusal)
    await unbroken(d)


async def test_window_with_live_duty(scene):
    d, werk, zorg = await lopend(scene)
    row = await d.send("stopzetten", zorg, {"einde": "2030-03-20", "oorzaak": "verhuisd"})
    row = await d.send("opdracht_besluiten", OPERATIES, {"opdracht": "eindverslag", "toelichting": "x"})
    from models.mail import Bounce
    await scene.stage.client.get_workflow_handle(d.workflow_id).signal("bericht_teruggekeerd", Bounce(workflow_id=d.workflow_id, key=f"{d.workflow_id}/x"))
    await d.settle()
    await scene.move([d], date(2031, 5, 1))
    await unbroken(d)


async def test_second_death(scene):
    d, werk, zorg = await lopend(scene)
    row = await d.send("overleden", zorg, {"overleden_op": "2030-03-20"})
    key = next(k for k in (await d.life()).duties if k.startswith("afronding"))
    row = await d.send("opdracht_besluiten", OPERATIES, {"opdracht": key, "toelichting": "x"})
    print(row.status, row.refusal)
    row = await d.send("overleden", zorg, {"overleden_op": "2030-03-20"})
    print(row.status, row.refusal)
    assert row.status == "refused"


async def test_review_corrected(scene):
    d, werk, zorg = await lopend(scene)
    await scene.move([d], date(2030, 6, 20))
    row = await d.send("review_vastleggen", werk, {"opdracht": "review/1", "eigen_woorden": "x", "vervolg": "x"})
    assert row.status == "accepted"
    assert (await d.life()).duties["review/1"].overdue_since
    row = await d.send("rechtzetten", werk, {"veld": "review/1.datum", "oud": "2030-06-20", "nieuw": "2030-06-03", "waarom": "x"})
    assert row.status == "accepted"
    await d.settle()
    duty = (await d.life()).duties["review/1"]
    assert duty.happened_on == date(2030, 6, 3)
    assert duty.overdue_since is None
