"""A silent kernpartner never leaves a person unowned, and whoever let go calls back and goes on (art. 4-6)."""

from datetime import date, timedelta
from typing import Any

import pytest
from temporalio.common import SearchAttributeKey

from models.actors import OPERATIES, OPERATIES_ORGANISATIE, Actor, Rol
from models.duties import Duty, DutyKind
from models.errors import Refusal
from models.tables import InboxRow
from tests.simulation import checks, intake_checks
from tests.simulation.intake_cast import sent_to_gbo
from tests.simulation.scene import Dossier, Scene, all_years

GENT = ("ORG-CAW-LEIE", "ORG-DMW-SCHELDEZORG", "ORG-OCMW-GENT")
"""The kernpartners of Gent, in the order that they agreed."""
ORGANISATIES = SearchAttributeKey.for_keyword_list("Organisaties")
ONE_DAY = timedelta(days=1)
FIVE_MONTHS = timedelta(days=150)


async def test_silence_of_everybody_ends_with_operations(scene: Scene) -> None:
    """Every kernpartner in turn is silent: each loses its access, and at the end operations owe the next one."""
    dossier = await scene.admit(sent_to_gbo(scene, "44021", "stil"))
    for n, org in enumerate(GENT):
        assert await in_lists(scene, dossier) == [org]
        last = (await asked(dossier))[-1]
        assert (last.addressee.organisatie, last.live) == (org, True)
        assert last.due.value is not None
        await scene.move([dossier], last.due.value + ONE_DAY)
        for former in GENT[: n + 1]:
            await refused(dossier, former)
    await scene.move([dossier], scene.today + timedelta(days=90))
    assert await in_lists(scene, dossier) == []
    (owed,) = [duty for duty in (await dossier.life()).duties.values() if duty.live]
    assert (owed.kind, owed.addressee.organisatie) == (DutyKind.KERNPARTNER, OPERATIES_ORGANISATIE)
    assert owed.overdue_since
    assert await passed_on(dossier) == list(await rerouted_on(dossier))
    assert await wrong(dossier) == []


@pytest.mark.parametrize("nis_code", ["44021", "44048", "21004"])
async def test_somebody_has_the_person_every_day(scene: Scene, nis_code: str) -> None:
    """In silence, day by day, there is an owner and a date; also in a merged municipality and where no GBO is known."""
    dossier = await scene.admit(sent_to_gbo(scene, nis_code, "dag na dag"))
    for _ in range(30):
        await scene.move([dossier], scene.today + ONE_DAY)
        assert await wrong(dossier) == []
    (owed,) = [duty for duty in (await dossier.life()).duties.values() if duty.live]
    assert owed.addressee.organisatie == OPERATIES_ORGANISATIE


async def test_who_gives_back_has_no_access_any_more(scene: Scene) -> None:
    """Given back, the file goes on the same day; the first kernpartner can send nothing and finds it nowhere."""
    dossier = await scene.admit(sent_to_gbo(scene, "44021", "terug"))
    first, second = partner(GENT[0]), partner(GENT[1])
    await accepted(dossier, "contactnota", first, {"nota": "Gelezen."})
    given_back = {"opdracht": "ontvangst", "oorzaak": "geen_plaats"}
    await accepted(dossier, "ontvangst_teruggeven", first, given_back)
    await refused(dossier, GENT[0])
    assert await in_lists(scene, dossier) == [GENT[1]]
    await accepted(dossier, "contactnota", second, {"nota": "Gelezen."})
    assert await passed_on(dossier) == [scene.today, None]
    assert await wrong(dossier) == []


async def test_who_refused_before_anybody_took_the_person_on_calls_back(scene: Scene) -> None:
    """A refusal closes gently; one call in month five goes on with the next, and the first has no access."""
    dossier = await scene.admit(sent_to_gbo(scene, "44021", "belt terug"))
    await accepted(dossier, "contact_weigeren", partner(GENT[0]), {})
    await scene.move([dossier], scene.today + FIVE_MONTHS)
    await accepted(dossier, "onthaal_heropenen", OPERATIES, {})
    assert await in_lists(scene, dossier) == [GENT[1]]
    await refused(dossier, GENT[0])
    assert await passed_on(dossier) == [scene.today, None]
    assert await wrong(dossier) == []


@pytest.mark.parametrize(
    ("how", "contents"),
    [
        ("contact_weigeren", {}),
        ("onbereikbaar_vaststellen", {"reden": "Verhuisd zonder adres."}),
        ("onthaal_beeindigen", {"oorzaak": "op_vraag"}),
    ],
)
async def test_who_let_go_calls_back_and_goes_on(scene: Scene, how: str, contents: dict[str, Any]) -> None:
    """With a kernpartner that took the person on, one call goes on with that one; a second end erases a year later."""
    dossier = await scene.admit(sent_to_gbo(scene, "44021", "goes on"))
    who = partner(GENT[0])
    await accepted(dossier, "ontvangst_bevestigen", who, {"opdracht": "ontvangst"})
    await accepted(dossier, how, who, contents)
    assert (await dossier.life()).stand.fase == "beeindigd"
    await scene.move([dossier], scene.today + FIVE_MONTHS)
    await accepted(dossier, "onthaal_heropenen", who, {})
    (owed,) = [duty for duty in (await dossier.life()).duties.values() if duty.live]
    assert (owed.kind, owed.addressee.organisatie) == (DutyKind.CONTACT, GENT[0])
    await accepted(dossier, "onthaal_starten", who, {"opdracht": owed.key, "waar": "kantoor"})
    await accepted(dossier, "onthaal_beeindigen", who, {"oorzaak": "alleen_informatie"})
    ended = scene.today
    await scene.move([dossier], ended + timedelta(days=364))
    assert (await dossier.life()).running
    await scene.move([dossier], ended + timedelta(days=366))
    assert (await dossier.life()).ended == "completed"
    assert await wrong(dossier) == []


async def test_an_end_before_the_start_is_refused(scene: Scene) -> None:
    """A year typed wrongly would have ended the file long ago, and erased it at once without a way back."""
    dossier = await scene.admit(sent_to_gbo(scene, "44021", "jaartal"))
    row = await dossier.send("contact_weigeren", OPERATIES, {"datum": str(scene.begin - ONE_DAY)})
    assert row.refusal, row.status
    assert row.refusal["veld"] == "datum"
    assert (await dossier.life()).stand.fase == "doorgifte"


async def test_nothing_that_is_still_owed_delays_the_erasure(scene: Scene) -> None:
    """A message that came back and a desk that never answers do not keep the file a day longer than a year."""
    dossier = await scene.admit(sent_to_gbo(scene, "44021", "toch gewist"))
    who = partner(GENT[0])
    await accepted(dossier, "ontvangst_bevestigen", who, {"opdracht": "ontvangst"})
    await accepted(dossier, "onthaal_starten", who, {"opdracht": "contact", "waar": "thuis"})
    options = {"opties": ["taalles", "sport"], "keuze": "sport", "ontvanger": "ORG-CVO-DE-VEERMAN"}
    await accepted(dossier, "orienteren", who, options)
    await accepted(dossier, "onthaal_beeindigen", who, {"oorzaak": "georienteerd_en_aangekomen"})
    await dossier.bounce((await dossier.life()).messages[0].key)
    await dossier.settle()
    kinds = {duty.kind for duty in (await dossier.life()).duties.values() if duty.live}
    assert kinds == {DutyKind.AANKOMST, DutyKind.HERSTEL}
    await scene.move([dossier], scene.today + timedelta(days=366))
    life = await dossier.life()
    assert life.ended == "completed"
    assert not [duty.key for duty in life.duties.values() if duty.live]
    assert await wrong(dossier) == []


def partner(org: str) -> Actor:
    """A kernpartner by its organisation."""
    return Actor(rol=Rol.KERNPARTNER, organisatie=org)


async def asked(dossier: Dossier) -> list[Duty]:
    """The kernpartners that were asked to take the person on."""
    duties = (await dossier.life()).duties.values()
    return [duty for duty in duties if duty.kind is DutyKind.ONTVANGST]


async def in_lists(scene: Scene, dossier: Dossier) -> list[str]:
    """The organisations under which the engine finds it."""
    described = await scene.stage.client.get_workflow_handle(dossier.workflow_id).describe()
    return list(described.typed_search_attributes.get(ORGANISATIES) or [])


async def passed_on(dossier: Dossier) -> list[date | None]:
    """Until when each kernpartner had access, as a checkpoint carries it."""
    await dossier.checkpoint()
    await dossier.settle()
    passed = (await dossier.life()).carried[-1]["facts"]["doorgiften"]
    return [date.fromisoformat(each["tot"]) if each["tot"] else None for each in passed]


async def rerouted_on(dossier: Dossier) -> tuple[date, ...]:
    """The days on which the data were sent on."""
    events = (await dossier.life()).events
    return tuple(event.datum for event in events if event.soort == "doorgegeven")


async def accepted(dossier: Dossier, name: str, by: Actor, payload: dict[str, Any]) -> InboxRow:
    """Sends a command that must go through, and waits until it has settled."""
    row = await dossier.send(name, by, payload)
    assert row.status == "accepted", (row.refusal, (await dossier.life()).broken_tasks[:1])
    await dossier.settle()
    return row


async def refused(dossier: Dossier, org: str) -> None:
    """A kernpartner without access is refused whatever it sends."""
    death = {"overleden_op": str(dossier.today)}
    for name, payload in (("contactnota", {"nota": "x"}), ("overleden", death)):
        row = await dossier.send(name, partner(org), payload)
        assert row.refusal, (name, row.status)
        assert row.refusal["soort"] == Refusal.NIET_VAN_U


async def wrong(dossier: Dossier) -> list[str]:
    """What the checks find of how it waited and who had access."""
    life = await dossier.life()
    of_rests = (
        found
        for rest in life.rests
        for found in (*checks.at_rest(rest, all_years()), *intake_checks.of_onthaal(rest))
    )
    return [*of_rests, *intake_checks.of_onthaal_life(life)]
