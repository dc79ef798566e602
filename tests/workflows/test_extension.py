"""Towards the end: the beslispunt, a longer plan, and VDAB that allows, refuses or is silent (D2022 art. 11)."""

from datetime import date
from typing import Any

import pytest

from models.errors import Refusal
from player.stage import Stage
from tests.rules.cases import VDAB
from tests.workflows.contents import CONTENTS
from tests.workflows.desk import Desk

BESLISPUNT, LAST_DAY, DAY_AFTER = date(2030, 4, 15), date(2030, 7, 7), date(2030, 7, 8)
"""Twelve weeks before the last of eighteen months, that day, and the first on which it has passed."""
LONGEST: dict[str, Any] = {"einde": str(LAST_DAY), "periodiciteit_maanden": 6}
GRANTED = date(2030, 10, 31)
ASKED: dict[str, Any] = {
    "opdracht": "beslispunt",
    "keuze": "uitzonderlijk",
    "einde": GRANTED,
    "motivering": "bijna werk",
}
ALLOWED: dict[str, Any] = {
    "opdracht": "verlenging",
    "besluit": "toegestaan",
    "einde": GRANTED,
    "motivering": "goed",
}
REFUSED: dict[str, Any] = {"opdracht": "verlenging", "besluit": "geweigerd", "motivering": "te vaag"}


async def asked(stage: Stage) -> Desk:
    """A trajectory of eighteen months for which VDAB was asked for more, when the time to decide had come."""
    desk = await Desk.agreed(stage, **LONGEST)
    await desk.go(BESLISPUNT)
    assert "beslispunt" in desk.live
    await desk.accepted("beslispunt_beslissen", **ASKED)
    return desk


async def undecided(stage: Stage) -> Desk:
    """The same, when the last day of the law has passed and VDAB said nothing."""
    desk = await asked(stage)
    await desk.go(DAY_AFTER)
    assert desk.stand.fase == "einde_onbeslist"
    return desk


def documents(desk: Desk) -> set[str]:
    """The documents that were made."""
    return {event.gegevens["document"] for event in desk.events("document-gemaakt")}


async def test_lengthening_within_the_maximum_brings_a_new_beslispunt(sqlite_stage: Stage) -> None:
    """The plan runs on to the new end, and twelve weeks before it people decide again."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(date(2029, 10, 15))
    assert desk.duty("beslispunt").due == date(2029, 11, 12)
    longer = {"opdracht": "beslispunt", "keuze": "verlengen", "einde": date(2030, 6, 28), "motivering": "x"}
    await desk.accepted("beslispunt_beslissen", **longer)
    assert (desk.stand.fase, desk.stand.einde) == ("lopend", date(2030, 6, 28))
    await desk.go(date(2030, 4, 8))
    assert desk.duty("beslispunt/2").opened_on == date(2030, 4, 5)


async def test_vdab_allows_in_time(sqlite_stage: Stage) -> None:
    """The trajectory runs past eighteen months up to the day that was granted, and not a day longer."""
    desk = await asked(sqlite_stage)
    assert (desk.duty("verlenging").org, desk.duty("verlenging").due) == (VDAB.organisatie, date(2030, 5, 15))
    await desk.accepted("verlenging_beslissen", VDAB, **ALLOWED)
    await desk.go(DAY_AFTER)
    assert (desk.stand.fase, desk.stand.einde) == ("lopend", GRANTED)
    beyond = await desk.send("verlengen", einde=date(2030, 11, 1), motivering="nog wat", reden="x")
    assert beyond.refusal is not None
    assert beyond.refusal["soort"] == Refusal.HARDE_REGEL
    await desk.go(date(2030, 11, 1))
    assert (desk.stand.fase, desk.stand.einde) == ("afronding", GRANTED)


async def test_a_second_refusal_takes_back_nothing_that_was_granted(sqlite_stage: Stage) -> None:
    """While a second request waits, and after it was refused, the first grant stands."""
    desk = await asked(sqlite_stage)
    await desk.accepted("verlenging_beslissen", VDAB, **ALLOWED)
    await desk.go(date(2030, 8, 12))
    again = {**ASKED, "opdracht": "beslispunt/2", "einde": date(2030, 12, 31)}
    await desk.accepted("beslispunt_beslissen", **again)
    assert (desk.stand.fase, desk.stand.einde) == ("lopend", GRANTED)
    await desk.accepted("verlenging_beslissen", VDAB, **{**REFUSED, "opdracht": "verlenging/2"})
    assert (desk.stand.fase, desk.stand.einde) == ("lopend", GRANTED)
    assert "weigering_verlenging" in documents(desk)


async def test_one_request_at_a_time(sqlite_stage: Stage) -> None:
    """A plan that is lengthened while VDAB decides has a new beslispunt, which does not ask VDAB a second time."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(date(2029, 10, 15))
    await desk.accepted("beslispunt_beslissen", **ASKED)
    await desk.accepted("verlengen", einde=date(2030, 1, 10), motivering="tot VDAB beslist")
    await desk.go(date(2029, 10, 22))
    assert "beslispunt/2" in desk.live
    row = await desk.send("beslispunt_beslissen", **{**ASKED, "opdracht": "beslispunt/2"})
    assert row.refusal is not None
    assert (row.refusal["soort"], row.refusal["veld"]) == (Refusal.ONGELDIG, "keuze")
    await desk.go(date(2030, 1, 11))
    assert desk.stand.fase == "einde_onbeslist"
    assert not [key for key in desk.live if key.startswith("beslispunt")]
    await desk.accepted("verlenging_beslissen", VDAB, **REFUSED)
    assert (desk.stand.fase, desk.stand.einde) == ("afronding", date(2030, 1, 10))


async def test_vdab_refuses_in_time(sqlite_stage: Stage) -> None:
    """The participant hears why, and the trajectory ends on the last day of the law."""
    desk = await asked(sqlite_stage)
    await desk.accepted("verlenging_beslissen", VDAB, **REFUSED)
    assert "weigering_verlenging" in documents(desk)
    assert desk.stand.fase == "lopend"
    await desk.go(DAY_AFTER)
    assert (desk.stand.fase, desk.stand.einde) == ("afronding", LAST_DAY)


async def test_silence_of_vdab_ends_nothing(sqlite_stage: Stage) -> None:
    """The duty stays with VDAB by name and climbs to operations; guidance and rest go on, nothing new is planned."""
    desk = await undecided(sqlite_stage)
    told = {(m.soort, m.org) for m in desk.messages(about="verlenging")}
    assert ("operaties_te_laat", "ORG-OPERATIES") in told
    assert ("leiding_te_laat", VDAB.organisatie) in told
    await desk.go(date(2030, 9, 2))
    duty = desk.duty("verlenging")
    assert (duty.status, duty.org, duty.overdue_since) == ("open", VDAB.organisatie, date(2030, 5, 16))
    await desk.accepted("opschorten", desk.zorg, van=date(2030, 9, 2), oorzaak="opname")
    assert "hervatting/1" in desk.live
    await desk.accepted("hervatten", desk.zorg, per=date(2030, 9, 2))
    await desk.accepted("afspraak", gepland_op=date(2030, 9, 9), waar="kantoor", hoe="gesprek")
    for name in ("plan_wijzigen", "verlengen", "pakket_starten"):
        row = await desk.send(name, **CONTENTS[name])
        assert row.refusal is not None
        assert row.refusal["soort"] == Refusal.VERKEERDE_FASE
    assert desk.stand.fase == "einde_onbeslist"


@pytest.mark.parametrize(
    ("decision", "fase", "einde"),
    [(ALLOWED, "lopend", GRANTED), (REFUSED, "afronding", LAST_DAY)],
    ids=["allowed", "refused"],
)
async def test_a_late_decision_counts(
    sqlite_stage: Stage, decision: dict[str, Any], fase: str, einde: date
) -> None:
    """Allowed, it runs on beyond eighteen months; refused, it ended on the last day of the law."""
    desk = await undecided(sqlite_stage)
    await desk.go(date(2030, 8, 5))
    await desk.accepted("verlenging_beslissen", VDAB, **decision)
    assert (desk.stand.fase, desk.stand.einde) == (fase, einde)
    assert "verlenging" not in desk.live


async def test_a_death_before_vdab_decided_and_its_undo(sqlite_stage: Stage) -> None:
    """Nobody is asked for a decision about somebody who died; undone, VDAB owes it again."""
    desk = await undecided(sqlite_stage)
    await desk.accepted("overleden", overleden_op=DAY_AFTER)
    assert desk.live == ["afronding"]
    await desk.accepted("overleden_ongedaan")
    assert desk.stand.fase == "einde_onbeslist"
    assert "verlenging" in desk.live
    await desk.accepted("verlenging_beslissen", VDAB, **ALLOWED)
    assert (desk.stand.fase, desk.stand.einde) == ("lopend", GRANTED)


async def test_a_later_start_gives_back_the_days_before_the_maximum(sqlite_stage: Stage) -> None:
    """A start put right in mid-decision moves the maximum: the plan runs again, and VDAB still decides."""
    desk = await undecided(sqlite_stage)
    for veld, oud, nieuw in (
        ("plan.start", "2029-01-08", "2029-02-05"),
        ("plan.einde", str(LAST_DAY), "2030-07-26"),
    ):
        right = {"veld": veld, "oud": oud, "nieuw": nieuw, "waarom": "verkeerd genoteerd"}
        await desk.accepted("rechtzetten", **right)
    assert (desk.stand.fase, desk.stand.einde) == ("lopend", date(2030, 7, 26))
    await desk.go(date(2030, 7, 29))
    assert desk.stand.fase == "einde_onbeslist"
    await desk.accepted("verlenging_beslissen", VDAB, **REFUSED)
    assert (desk.stand.fase, desk.stand.einde) == ("afronding", date(2030, 7, 26))


async def test_a_stop_while_vdab_decides_leaves_nobody_waiting(sqlite_stage: Stage) -> None:
    """The request is withdrawn with the stop; reopened, the trajectory ends by law and not in a limbo without owner."""
    desk = await asked(sqlite_stage)
    await desk.accepted("stopzetten", einde=BESLISPUNT, oorzaak="op_vraag")
    await desk.accepted("eindverslag_indienen", **CONTENTS["eindverslag_indienen"])
    assert "verlenging" not in desk.live
    await desk.accepted("heropenen", einde=LAST_DAY)
    await desk.go(DAY_AFTER)
    assert (desk.stand.fase, desk.stand.einde) == ("afronding", LAST_DAY)


async def test_a_reopened_trajectory_still_lasts_three_months(sqlite_stage: Stage) -> None:
    """A stop may come before three months; a plan of less is no plan, also when it goes on after a stop."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(date(2029, 2, 5))
    await desk.accepted("stopzetten", einde=date(2029, 2, 5), oorzaak="op_vraag")
    await desk.accepted("eindverslag_indienen", **CONTENTS["eindverslag_indienen"])
    row = await desk.send("heropenen", einde=date(2029, 4, 6), reden="x")
    assert row.refusal is not None
    assert (row.refusal["soort"], row.refusal["artikel"]) == (Refusal.HARDE_REGEL, "D2022 art. 11")
    await desk.accepted("heropenen", einde=date(2029, 4, 7))
    assert desk.stand.einde == date(2029, 4, 7)
