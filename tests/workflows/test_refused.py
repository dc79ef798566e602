"""Every command refused: in the wrong phase, by the wrong actor, malformed, or by law; nothing of it is left behind."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from pydantic import ValidationError
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowUpdateFailedError

from models.actors import Actor
from models.errors import Refusal
from models.messages import COMMANDS
from models.tables import InboxRow
from player.stage import Stage
from tests.rules.cases import CONTENTS, HEAD_WERK, VDAB
from tests.workflows.desk import ELSEWHERE, OPERATOR, PLAN, REVIEW, STRANGER, Desk

CANARY = "KANARIE-7391"
"""Stands in every free text of these commands, and may be heard in no refusal."""
FREE_TEXT = {
    "doel", "afspraken", "eigen_woorden", "vervolg", "toelichting", "resultaten", "gesprek", "reden",
    "informatie_team", "informatie_dienstverleners", "notitie", "motivering", "waar", "nota", "waarom",
}  # fmt: skip
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
        if who == "vdab":
            return VDAB
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
        self, phase: str, *known: Known, but: tuple[str, ...] = (), hard: tuple[Hard, ...] = ()
    ) -> None:
        """Tries everything in the phase the dossier is in; its history is as long afterwards as before."""
        assert self.desk.stand.fase == phase
        before = await self.traces()
        for name in set(COMMANDS) - {each.name for each in known} - PER_DUTY - set(but):
            await self.refused(name, self.desk.werk, Refusal.VERKEERDE_FASE, **CONTENTS[name])
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


async def test_every_command_is_refused_where_it_has_no_place(sqlite_stage: Stage) -> None:
    """From the first day to the last, what may not be sent leaves no accepted Update, no event and no value behind."""
    walk = Walk(desk := await Desk.open(sqlite_stage))
    together = Known(
        "herverdelen", "coordinator", {"rol": "casemanager_werk", "organisatie": desk.zorg.organisatie}
    )
    await desk.bounce("een-bericht")
    repair = {"opdracht": "herstel/bericht/een-bericht", "keuze": "gecorrigeerd", "toelichting": "x"}
    await walk.stop(
        "voorbereiding",
        *(*WITH_TEAM, STOP, REST, busy("trajectplan"), plan_until("2030-01-07")),
        Known("herstel_beslissen", "operaties", repair),
        hard=(
            Hard(plan_until("2029-04-06"), ART_11),
            Hard(plan_until("2030-07-08"), ART_11),
            Hard(together, ART_13),
        ),
    )
    await desk.accepted("plan_akkoord", **PLAN)
    await desk.go(date(2029, 4, 2))
    await walk.stop(
        "lopend",
        *(*WITH_TEAM, STOP, REST, busy("review/1")),
        Known("review_vastleggen", "werk", REVIEW),
        Known("opdracht_besluiten", "coordinator", {"opdracht": "review/1", "toelichting": "x"}),
        Known("verlengen", "werk", {"einde": "2030-03-01", "motivering": "x"}),
        but=("eindverslag_indienen",),
        hard=(
            Hard(Known("verlengen", "werk", {"einde": "2030-07-08", "motivering": "x"}), ART_11),
            Hard(right("plan.einde", "2030-01-07", "2030-07-08"), ART_11),
            Hard(right("plan.einde", "2030-01-07", "2029-04-06"), ART_11),
        ),
    )
    await desk.accepted("opschorten", desk.zorg, van=date(2029, 4, 2), oorzaak="opname")
    await walk.stop(
        "lopend",
        Known("nog_opgeschort", "zorg", {"opdracht": "hervatting/1", "toelichting": "x"}),
        Known("hervatten", "zorg", {"per": "2029-04-02"}),
        but=tuple(set(COMMANDS) - {"opschorten", "nog_opgeschort", "hervatten"}),
    )
    await desk.accepted("stopzetten", einde=date(2029, 4, 2), oorzaak="verhuisd")
    await walk.stop(
        "afronding",
        *(*WITH_TEAM, EINDVERSLAG, busy("eindverslag")),
        hard=(Hard(together, ART_13),),
    )
    await desk.accepted("eindverslag_indienen", **EINDVERSLAG.contents)
    await walk.stop(
        "afgesloten",
        *(*ALWAYS, DEATH, Known("heropenen", "werk", {"einde": "2030-01-07"})),
        hard=(Hard(Known("heropenen", "werk", {"einde": "2030-07-08"}), ART_11),),
    )
    await desk.accepted("overleden", overleden_op=date(2029, 4, 2))
    (note,) = desk.live
    await walk.stop(
        "zonder_betrokkene",
        *(*ALWAYS, busy(note), Known("overleden_ongedaan", "werk", {})),
        Known("afronden_zonder_betrokkene", "werk", {"opdracht": note, "notitie": "x"}),
    )
    accepted, failed, _ = await walk.traces()
    assert (accepted > 0, failed) == (True, 0)
    await desk.accepted("contactnota", nota="het dossier antwoordt nog")
    assert {name for name, kind in walk.tried if kind == Refusal.NIET_VAN_U} == set(COMMANDS) - {
        "toewijzing_beslissen"
    }


async def test_an_assignment_is_refused_to_all_but_operations(sqlite_stage: Stage) -> None:
    """Where no tandem is known a person names it: two organisations, each in its own role."""
    walk = Walk(desk := await Desk.open(sqlite_stage, ELSEWHERE))
    good = CONTENTS["toewijzing_beslissen"]
    same = {**good["casemanager_zorg"], "organisatie": good["casemanager_werk"]["organisatie"]}
    decide = Known("toewijzing_beslissen", "operaties", good)
    await walk.stop(
        "toewijzing",
        *(*ALWAYS, DEATH, decide, busy("toewijzing", "operaties")),
        Known("stopzetten", "vdab", {"einde": DAY, "oorzaak": "op_vraag"}),
        but=("afspraak",),
        hard=(Hard(Known("toewijzing_beslissen", "operaties", {**good, "casemanager_zorg": same}), ART_13),),
    )
    swapped = {**good, "casemanager_werk": HEAD_WERK.model_dump(mode="json")}
    row = await walk.refused("toewijzing_beslissen", OPERATOR, Refusal.ONGELDIG, **swapped)
    assert field_of(row) == "casemanager_werk"
    await desk.accepted("toewijzing_beslissen", OPERATOR, **good)
    assert desk.stand.fase == "voorbereiding"


IMPOSSIBLE = [
    ("opschorten", "van", {"van": "2019-01-01", "oorzaak": "ziekte"}),
    ("opschorten", "tot", {"van": DAY, "tot": "9999-12-31", "oorzaak": "ziekte"}),
    (
        "opdracht_bezig",
        "verwacht_op",
        {"opdracht": "trajectplan", "verwacht_op": "9999-12-31", "toelichting": "x"},
    ),
    ("plan_akkoord", "periodiciteit_maanden", {**PLAN, "periodiciteit_maanden": 10**9, "reden": "x"}),
    ("rechtzetten", "nieuw", {"veld": "start", "oud": DAY, "nieuw": "0001-01-01", "waarom": "x"}),
    ("rechtzetten", "nieuw", {"veld": "start", "oud": DAY, "nieuw": CANARY, "waarom": "x"}),
    ("rechtzetten", "oud", {"veld": "start", "oud": CANARY, "nieuw": "2029-01-05", "waarom": "x"}),
    ("rechtzetten", "veld", {"veld": CANARY, "oud": CANARY, "nieuw": CANARY, "waarom": "x"}),
    ("review_vastleggen", None, {**REVIEW, "opdracht": CANARY}),
]
"""Commands whose words are right and whose days cannot be, with the field that is wrong."""


async def test_impossible_days_never_reach_the_dossier(sqlite_stage: Stage) -> None:
    """A day past all calendars or before the law is refused with its field, and the dossier goes on."""
    walk = Walk(desk := await Desk.open(sqlite_stage))
    before = await walk.traces()
    for name, field, contents in IMPOSSIBLE:
        by = desk.zorg if name == "opschorten" else desk.werk
        row = await walk.refused(name, by, Refusal.ONGELDIG if field else Refusal.VERKEERDE_FASE, **contents)
        assert field_of(row) == field
    assert await walk.traces() == before
    await desk.accepted("plan_akkoord", **PLAN)


async def test_what_is_no_command_at_all_changes_nothing(sqlite_stage: Stage) -> None:
    """Nothing, a word, a list, or a command that does not exist: no accepted Update, and the dossier answers on."""
    walk = Walk(desk := await Desk.open(sqlite_stage))
    before = await walk.traces()
    for number, arguments in enumerate(([], [None], [CANARY], [[CANARY]], [{}])):
        for name in ("contactnota", "bestaat_niet"):
            with pytest.raises(WorkflowUpdateFailedError) as failed:
                await desk.handle.execute_update(name, args=arguments, id=f"{name}-{number}")
            assert CANARY not in "\n".join(chain(failed.value))
    assert await walk.traces() == before
    await desk.accepted("contactnota", nota="gebeld")


WELL_FORMED = {name: {"datum": DAY, **contents} for name, contents in CONTENTS.items()}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_malformed_command_names_its_field_and_no_value(name: str) -> None:
    """API and CLI check before anything is stored: an unknown, missing or wrong field is named, its value is not."""
    kind, good = COMMANDS[name], WELL_FORMED[name]
    kind.model_validate(good)
    wrong = [({**good, field: CANARY}, field) for field in ("kleur", "datum", "door", "bron")]
    required = [field for field, info in kind.model_fields.items() if info.is_required()]
    wrong += [({f: v for f, v in good.items() if f != missing}, missing) for missing in required]
    for contents, field in wrong:
        with pytest.raises(ValidationError) as failed:
            kind.model_validate(contents)
        assert field in {error["loc"][0] for error in failed.value.errors(include_input=False)}
        assert CANARY not in str(failed.value)


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\r", "\x7f", "\x85", "\ud800"], ids=ascii)
@pytest.mark.parametrize(
    ("name", "field"), [("contactnota", "nota"), ("plan_akkoord", "doel")], ids=["Kort", "Tekst"]
)
def test_text_refuses_control_characters(name: str, field: str, sign: str) -> None:
    """What no letter can print and no database can keep is refused at the door."""
    with pytest.raises(ValidationError) as failed:
        COMMANDS[name].model_validate({**WELL_FORMED[name], field: f"voor{sign}na"})
    assert failed.value.errors(include_input=False)[0]["loc"] == (field,)


@pytest.mark.parametrize(
    ("name", "field"), [("contactnota", "nota"), ("plan_akkoord", "doel")], ids=["Kort", "Tekst"]
)
@pytest.mark.parametrize(
    "text", ["", "   ", "\n\t", "x" * 8001], ids=["empty", "blanks", "no words", "a book"]
)
def test_text_says_something_and_is_no_book(name: str, field: str, text: str) -> None:
    """A free text holds words, and not more than somebody reads."""
    with pytest.raises(ValidationError):
        COMMANDS[name].model_validate({**WELL_FORMED[name], field: text})
