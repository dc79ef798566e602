"""A dossier tried with every command in each phase it comes through; what is refused leaves nothing behind."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowUpdateFailedError

from models.actors import Actor, Rol
from models.errors import Refusal
from models.messages import COMMANDS
from models.tables import InboxRow
from tests.rules.cases import VDAB
from tests.workflows.contents import CONTENTS
from tests.workflows.desk import ACTION, OPERATOR, PLAN, STRANGER, Desk

CANARY = "KANARIE-7391"
"""Stands in every free text of these commands, and may be heard in no refusal."""
FREE_TEXT = {
    "doel", "afspraken", "eigen_woorden", "vervolg", "toelichting", "resultaten", "gesprek", "reden",
    "informatie_team", "informatie_dienstverleners", "notitie", "motivering", "waar", "nota", "waarom",
    "rechten", "competenties", "voorkeur", "groeimogelijkheden", "noden", "voorstel", "gedaan", "resultaat",
    "verslag", "waarvoor", "van_wie", "verweer",
}  # fmt: skip
PROVIDER = Actor(rol=Rol.DIENSTVERLENER, organisatie=ACTION["dienstverlener"])
COORDINATOR = Actor(rol=Rol.NETWERKCOORDINATOR, organisatie="ORG-NETWERK-GENT")
ART_11, ART_13 = "D2022 art. 11", "D2022 art. 13 §2 5°"


class Known(NamedTuple):
    """A command that a phase knows: who may send it, with what."""

    name: str
    by: str
    contents: dict[str, Any]


class Hard(NamedTuple):
    """A command that the law refuses, and the article that says so."""

    known: Known
    article: str


def with_canary(name: str, contents: dict[str, Any]) -> dict[str, Any]:
    """The contents with the canary in every free text."""
    return {field: CANARY if field in FREE_TEXT else value for field, value in contents.items()}


DAY = "2029-01-08"
ALWAYS = (
    Known("rechtzetten", "werk", {"veld": "start", "oud": DAY, "nieuw": "2029-01-09", "waarom": "x"}),
    Known("contactnota", "werk", {"nota": "x"}),
    Known("herzie_parameters", "operaties", {}),
)
DEATH = Known("overleden", "werk", {"overleden_op": DAY})
HAND_OVER = Known(
    "herverdelen", "coordinator", {"rol": "casemanager_werk", "organisatie": "ORG-KOMPAAN-WERK"}
)
TALK = Known("afspraak", "werk", {"gepland_op": DAY, "waar": "x", "hoe": "gesprek"})
STOP = Known("stopzetten", "werk", {"einde": DAY, "oorzaak": "op_vraag"})
REST = Known("opschorten", "zorg", {"van": DAY, "oorzaak": "ziekte"})
EINDVERSLAG = Known("eindverslag_indienen", "werk", CONTENTS["eindverslag_indienen"])
WITH_TEAM = (*ALWAYS, DEATH, HAND_OVER, TALK)
PER_DUTY = {"opdracht_bezig", "opdracht_besluiten", "herstel_beslissen"}
"""Known in every phase: what counts for them is the duty they name."""


def well_formed(by: str, *names: str) -> tuple[Known, ...]:
    """These commands by the same sender, with contents that are well formed."""
    return tuple(Known(name, by, CONTENTS[name]) for name in names)


GUIDING = (
    *WITH_TEAM,
    *(STOP, REST),
    *well_formed("werk", "verkennen", "participatieladder", "andere_casemanager_vragen", "stopgesprek"),
    *well_formed("werk", "contactpoging", "vdab_registratie", "andere_vergoeding", "verhuizen"),
)
"""What a tandem can tell as long as it accompanies somebody."""
AFTERWARDS = (
    *(*ALWAYS, DEATH),
    *well_formed(
        "werk", "participatieladder", "vdab_registratie", "andere_vergoeding", "uitkomst_vastleggen"
    ),
    *well_formed("vdab", "vergoeding_betwisten", "hoorzitting", "terugvordering_beslissen"),
)
"""What can be told of a trajectory that ended."""
PACKAGE = {
    **ACTION,
    "domein": "welzijn",
    "omschrijving": "rust",
    "pakket": "partieel",
    "dienstverlener": "ORG-CAW-LEIE",
}


def busy(duty: str, by: str = "werk") -> Known:
    """The promise to do a duty."""
    return Known("opdracht_bezig", by, {"opdracht": duty, "verwacht_op": "2030-12-02", "toelichting": "x"})


class Walk:
    """One dossier, tried with every command in each phase it comes through."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.tried: set[tuple[str, str]] = set()

    def speaker(self, who: str) -> Actor:
        """Somebody by role; while there is no tandem operations do what the desk may do."""
        outside = {"vdab": VDAB, "aanbieder": PROVIDER, "netwerk": COORDINATOR}
        if who in outside:
            return outside[who]
        if who == "operaties" or self.desk.stand.team is None:
            return OPERATOR
        tandem = {"werk": self.desk.werk, "zorg": self.desk.zorg}
        return tandem.get(who) or self.desk.coordinator(self.desk.werk)

    async def refused(self, name: str, by: Actor, kind: Refusal, **contents: Any) -> InboxRow:
        """Sends a command that should be refused for this reason, and hears no value in the refusal."""
        row = await self.desk.send(name, by, **with_canary(name, contents))
        assert row.status == "refused", (name, row.outcome)
        assert row.refusal is not None
        assert row.refusal["soort"] == kind, (name, row.refusal)
        assert CANARY not in json.dumps(row.refusal)
        self.tried.add((name, kind))
        return row

    async def malformed(self, known: Known) -> None:
        """Sends raw JSON with a field unknown, wrong or missing, as somebody in the Temporal UI could."""
        today = await self.desk.today()
        good = {"datum": today, "door": self.speaker(known.by), **with_canary(known.name, known.contents)}
        raw = COMMANDS[known.name].model_validate(good).model_dump(mode="json", exclude_none=True)
        without = {field: value for field, value in raw.items() if field != "datum"}
        strange, no_day = {**raw, "kleur": CANARY}, {**raw, "datum": CANARY}
        for wrong, field in ((strange, "kleur"), (no_day, "datum"), (without, "datum")):
            self.desk.sent += 1
            with pytest.raises(WorkflowUpdateFailedError) as failed:
                await self.desk.typed(known.name, wrong, f"getypt-{self.desk.sent}")
            told = "\n".join(chain(failed.value))
            assert field in told
            assert CANARY not in told
        self.tried.add((known.name, "getypt"))

    async def stop(
        self,
        phase: str,
        *known: Known,
        but: tuple[str, ...] = (),
        not_asked: tuple[str, ...] = (),
        hard: tuple[Hard, ...] = (),
    ) -> None:
        """Tries everything in the phase the dossier is in; its history is as long afterwards as before.

        `not_asked` are the answers that the phase knows and for which no duty is open now.
        """
        assert self.desk.stand.fase == phase
        before = await self.traces()
        tried = set(COMMANDS) - {each.name for each in known} - PER_DUTY - set(but)
        assert set(not_asked) <= tried
        for name in sorted(tried):
            kind = Refusal.NIET_OPEN if name in not_asked else Refusal.VERKEERDE_FASE
            await self.refused(name, self.desk.werk, kind, **CONTENTS[name])
        for each in known:
            await self.refused(each.name, STRANGER, Refusal.NIET_VAN_U, **each.contents)
            ahead = {**each.contents, "datum": await self.desk.today() + timedelta(days=1)}
            row = await self.refused(each.name, self.speaker(each.by), Refusal.ONGELDIG, **ahead)
            assert field_of(row) == "datum"
            await self.malformed(each)
        for rule in hard:
            await self.against_the_law(rule)
        assert await self.traces() == before
        assert self.desk.stand.fase == phase

    async def stop_for(self, *known: Known, hard: tuple[Hard, ...] = ()) -> None:
        """Tries only these, in a phase in which everything else was tried before."""
        others = set(COMMANDS) - {each.name for each in known}
        await self.stop(self.desk.stand.fase, *known, but=tuple(others), hard=hard)

    async def against_the_law(self, rule: Hard) -> None:
        """Sends what a hard rule refuses, with a reason, which does not help."""
        contents = {**rule.known.contents, "reden": CANARY}
        row = await self.refused(
            rule.known.name, self.speaker(rule.known.by), Refusal.HARDE_REGEL, **contents
        )
        assert row.refusal is not None
        assert row.refusal["artikel"] == rule.article

    async def traces(self) -> tuple[int, int, int]:
        """What a command could leave behind: accepted Updates, failed workflow tasks, events."""
        accepted = await self.desk.history(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED)
        failed = await self.desk.history(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED)
        return accepted, failed, len(self.desk.events(*COMMANDS))


def field_of(row: InboxRow) -> str | None:
    """The field that a refusal names."""
    assert row.refusal is not None
    return row.refusal["veld"]  # type: ignore[no-any-return]


def chain(error: BaseException | None) -> Iterator[str]:
    """The words of an error and of everything that caused it."""
    while error is not None:
        yield f"{type(error).__name__} {error} {getattr(error, 'details', '')}"
        error = getattr(error, "cause", None) or error.__cause__


def plan_until(end: str) -> Known:
    """A plan that ends on a day."""
    return Known("plan_akkoord", "werk", {**PLAN, "einde": end})


def right(veld: str, oud: str, nieuw: str) -> Known:
    """A correction."""
    return Known("rechtzetten", "werk", {"veld": veld, "oud": oud, "nieuw": nieuw, "waarom": "x"})
