"""Every command of a toeleiding and of an onthaaltraject refused: in the wrong phase, by a stranger, or malformed."""

import json
from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowUpdateFailedError

from models.actors import Actor, Rol
from models.commands import OF_KIND
from models.errors import Refusal
from player.stage import Stage
from tests.rules.intake_cases import CONTENTS
from tests.workflows.intake_desk import (
    CAW,
    COMPLETE,
    DMW,
    FIRST_PARTNERS,
    HEAD,
    OPERATOR,
    REQUESTER,
    SCREENER,
    TO_ONTHAAL,
    VDAB,
    IntakeDesk,
)
from tests.workflows.walk import CANARY, Known, chain

FREE_TEXT = {
    *(
        "eigen_woorden",
        "document",
        "toelichting",
        "advies",
        "doet_en_wil",
        "sterktes",
        "hindernissen",
        "hulp",
    ),
    *("inhoud", "antwoord", "nota", "notitie", "waarom", "waar", "domein", "afspraken", "fiche", "bij"),
}
"""The fields in which a canary stands in these commands; `waar` only where it is free."""
DAY = "2029-01-08"
STRANGERS = {
    "toeleiding": Actor(rol=Rol.VDAB, organisatie="ORG-VDAB-BRUGGE"),
    "onthaaltraject": Actor(rol=Rol.KERNPARTNER, organisatie="ORG-CAW-VUURTOREN"),
}
PER_DUTY = {"opdracht_bezig", "opdracht_besluiten", "herstel_beslissen"}
"""Known in every phase: what counts for them is the duty they name."""
RIGHT = {"veld": "start", "oud": DAY, "nieuw": "2029-01-09", "waarom": "x"}
TALK = {"gepland_op": DAY, "waar": "x", "hoe": "gesprek"}


def known(kind: str, by: str, *names: str, **contents: Any) -> tuple[Known, ...]:
    """These commands of a kind by the same sender, with contents that are well formed."""
    return tuple(Known(name, by, {**CONTENTS[kind][name], **contents}) for name in names)


def always(by: str) -> tuple[Known, ...]:
    """What every phase knows."""
    return (
        Known("rechtzetten", by, RIGHT),
        Known("contactnota", by, {"nota": "x"}),
        Known("herzie_parameters", "operaties", {}),
    )


def alive(by: str) -> tuple[Known, ...]:
    """What every phase of somebody alive knows."""
    return (*always(by), Known("overleden", by, {"overleden_op": DAY}), Known("afspraak", by, TALK))


class Tried:
    """One trajectory, tried with every command in each phase it comes through."""

    def __init__(self, desk: IntakeDesk) -> None:
        self.desk = desk
        self.by_stranger: set[str] = set()

    def speaker(self, who: str) -> Actor:
        """Somebody by role."""
        return {
            **{"vdab": VDAB, "aanvrager": REQUESTER, "screener": SCREENER, "leiding": HEAD},
            **{"caw": CAW, "dmw": DMW, "operaties": OPERATOR},
            **{"partner": Actor(rol=Rol.DIENSTVERLENER, organisatie="ORG-OCMW-GENT")},
        }[who]

    async def stop(self, phase: str, *here: Known, not_asked: tuple[str, ...] = ()) -> None:
        """Tries everything in the phase it is in; nothing of it is left behind."""
        desk, soort = self.desk, self.desk.soort
        assert desk.stand.fase == phase
        before = await self.traces()
        tried = set(OF_KIND[soort]) - {each.name for each in here} - PER_DUTY
        assert set(not_asked) <= tried
        for name in sorted(tried):
            kind = Refusal.NIET_OPEN if name in not_asked else Refusal.VERKEERDE_FASE
            await self.refused(name, OPERATOR, kind, **CONTENTS[soort][name])
        for each in here:
            await self.refused(each.name, STRANGERS[soort], Refusal.NIET_VAN_U, **each.contents)
            self.by_stranger.add(each.name)
            ahead = {**each.contents, "datum": await desk.today() + timedelta(days=1)}
            row = await self.refused(each.name, self.speaker(each.by), Refusal.ONGELDIG, **ahead)
            assert row["veld"] == "datum"
            await self.malformed(each)
        assert await self.traces() == before
        assert desk.stand.fase == phase

    async def refused(self, name: str, by: Actor, kind: Refusal, **contents: Any) -> dict[str, Any]:
        """Sends a command that should be refused for this reason, and hears no value in the refusal."""
        refusal = await self.desk.refusal(name, by, **with_canary(name, contents))
        assert refusal["soort"] == kind, (name, refusal)
        assert CANARY not in json.dumps(refusal)
        return refusal

    async def malformed(self, each: Known) -> None:
        """Sends raw JSON with a field unknown, wrong or missing, as somebody in the Temporal UI could."""
        told = {"datum": await self.desk.today(), "door": self.speaker(each.by)}
        good = OF_KIND[self.desk.soort][each.name].model_validate(
            {**told, **with_canary(each.name, each.contents)}
        )
        raw = good.model_dump(mode="json", exclude_none=True)
        without = {field: value for field, value in raw.items() if field != "datum"}
        for wrong, field in (
            ({**raw, "kleur": CANARY}, "kleur"),
            ({**raw, "datum": CANARY}, "datum"),
            (without, "datum"),
        ):
            self.desk.sent += 1
            with pytest.raises(WorkflowUpdateFailedError) as failed:
                await self.desk.typed(each.name, wrong, f"getypt-{self.desk.sent}")
            said = "\n".join(chain(failed.value))
            assert field in said
            assert CANARY not in said

    async def traces(self) -> tuple[int, int, int]:
        """What a command could leave behind: accepted Updates, failed workflow tasks, events."""
        accepted = await self.desk.history(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED)
        failed = await self.desk.history(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED)
        return accepted, failed, len(self.desk.events(*OF_KIND[self.desk.soort]))


def with_canary(name: str, contents: dict[str, Any]) -> dict[str, Any]:
    """The contents with the canary in every free text."""
    coded = {"onthaal_starten": "waar"}.get(name)
    return {f: CANARY if f in FREE_TEXT and f != coded else value for f, value in contents.items()}


async def test_every_command_of_a_toeleiding_is_refused_where_it_has_no_place(sqlite_stage: Stage) -> None:
    """From the filing to the day after a death, with everything open that a phase can have open."""
    persoon = {"voornaam": "Mila", "achternaam": "Verzonnen", "geboortedatum": "2015-02-28"}
    inhoud = {name: value for name, value in COMPLETE.items() if name != "eigen_woorden"}
    gtb = REQUESTER.model_dump(mode="json")
    desk = await IntakeDesk.filed(sqlite_stage, inhoud, persoon=persoon, aanvrager=gtb)
    tried, kind = Tried(desk), "toeleiding"
    await desk.accepted("advies_vragen", VDAB, organisatie="ORG-OCMW-GENT")
    of_vdab = known(kind, "vdab", "bevindingen_bekijken")
    advice = known(kind, "partner", "advies_geven")
    in_hand = (
        *(*alive("vdab"), *of_vdab, *advice),
        *known(kind, "vdab", "advies_vragen", organisatie="ORG-CAW-LEIE"),
        *known(kind, "vdab", "aanvraag_intrekken"),
    )
    await tried.stop(
        "aanvullen",
        *(*in_hand, *known(kind, "aanvrager", "aanvraag_aanvullen", "wachten_op_derde")),
        not_asked=("derde_opvolgen", "onvolledig_beslissen"),
    )
    await desk.accepted("wachten_op_derde", REQUESTER, document="x", bij="x")
    await tried.stop(
        "aanvullen",
        *(*in_hand, *known(kind, "aanvrager", "derde_opvolgen")),
        not_asked=("aanvraag_aanvullen", "onvolledig_beslissen"),
    )
    await desk.accepted("derde_opvolgen", REQUESTER, opdracht="derde", keuze="ontvangen")
    more = {"opdracht": "aanvullen/2", "eigen_woorden": "Ik wil vooruit."}
    await desk.accepted("aanvraag_aanvullen", REQUESTER, **more)
    later = ("aanvraag_aanvullen", "derde_opvolgen")
    await tried.stop(
        "screening", *(*in_hand, *known(kind, "screener", "screening_vastleggen")), not_asked=later
    )
    await desk.screened()
    await tried.stop("beslissing", *(*in_hand, *known(kind, "vdab", "toeleiding_beslissen")), not_asked=later)
    await desk.decided(route="geweigerd", orientatie="x")
    await desk.accepted("bezwaar_noteren", VDAB, soort="klacht", inhoud="x")
    objecting = (*known(kind, "vdab", "bezwaar_noteren"), *known(kind, "leiding", "bezwaar_beantwoorden"))
    await tried.stop(
        "beslist", *(*alive("vdab"), *of_vdab, *objecting), *known(kind, "vdab", "aanvraag_intrekken")
    )
    await desk.accepted("overleden", VDAB, overleden_op=DAY)
    (note,) = desk.live
    after = (*always("vdab"), Known("overleden_ongedaan", "vdab", {}))
    closing = Known("afronden_zonder_betrokkene", "vdab", {"opdracht": note, "notitie": "x"})
    await tried.stop("zonder_betrokkene", *after, closing)
    await desk.accepted(closing.name, VDAB, **closing.contents)
    await tried.stop("beslist", *after)
    untold = {"onvolledig_beslissen"} | PER_DUTY
    assert set(OF_KIND[kind]) - tried.by_stranger == untold


async def test_an_incomplete_and_a_withdrawn_request_refuse_the_rest(sqlite_stage: Stage) -> None:
    """VDAB's choice is VDAB's, and a request that was withdrawn takes nothing but a complaint."""
    desk = await IntakeDesk.filed(sqlite_stage, {"motivering": "x"})
    tried, kind = Tried(desk), "toeleiding"
    await desk.go((await desk.today()) + timedelta(days=29))
    (choose,) = known(kind, "vdab", "onvolledig_beslissen")
    await tried.refused(choose.name, STRANGERS[kind], Refusal.NIET_VAN_U, **choose.contents)
    await tried.malformed(choose)
    await desk.accepted("aanvraag_intrekken", VDAB)
    await tried.stop(
        "ingetrokken",
        *(*alive("vdab"), *known(kind, "vdab", "bezwaar_noteren")),
        not_asked=("bevindingen_bekijken", "bezwaar_beantwoorden"),
    )


async def test_every_command_of_an_onthaaltraject_is_refused_where_it_has_no_place(
    sqlite_stage: Stage,
) -> None:
    """From the first hand-off to the day after a death; who has the person is the only one who speaks."""
    desk = await IntakeDesk.handed_off(sqlite_stage)
    tried, kind = Tried(desk), "onthaaltraject"
    await tried.stop(
        "doorgifte",
        *(
            *alive("caw"),
            *known(kind, "caw", "ontvangst_bevestigen", "ontvangst_teruggeven", "contact_weigeren"),
        ),
        not_asked=("aankomst_melden",),
    )
    for number, partner in enumerate(FIRST_PARTNERS, start=1):
        key = "ontvangst" if number == 1 else f"ontvangst/{number}"
        await desk.accepted("ontvangst_teruggeven", partner, opdracht=key, oorzaak="geen_plaats")
    name = known(kind, "operaties", "kernpartner_aanduiden", opdracht="kernpartner/4")
    await tried.stop("routering", *(*alive("operaties"), *name), not_asked=("aankomst_melden",))
    named = {"opdracht": "kernpartner/4", "organisatie": CAW.organisatie}
    await desk.accepted("kernpartner_aanduiden", OPERATOR, **named)
    await desk.accepted("ontvangst_bevestigen", CAW, opdracht="ontvangst/4")
    held = (
        *alive("caw"),
        *known(kind, "caw", "onthaal_contactpoging", "onbereikbaar_vaststellen", "onthaal_beeindigen"),
    )
    await tried.stop(
        "kennismaking",
        *(
            *held,
            *known(kind, "caw", "contact_weigeren"),
            *known(kind, "caw", "onthaal_starten", opdracht="contact/4"),
        ),
        not_asked=("aankomst_melden",),
    )
    await desk.accepted("onthaal_starten", CAW, opdracht="contact/4", waar="thuis")
    await desk.accepted("toestemming_geven", CAW, reikwijdte=["levensdomeinen", "rechten", "overdracht"])
    await desk.accepted("orienteren", CAW, opties=["a", "b"], keuze="a", ontvanger="ORG-OCMW-GENT")
    arrival = known(kind, "partner", "aankomst_melden")
    talk = {"organisatie": "ORG-OCMW-GENT", "gesprek_op": DAY}
    await tried.stop(
        "onthaal",
        *(*held, *arrival, *known(kind, "caw", "toestemming_geven", "toestemming_intrekken", "orienteren")),
        *known(kind, "caw", "levensdomein_vastleggen", "rechten_meten"),
        *known(kind, "caw", "warme_overdracht", **talk),
        not_asked=("nog_nodig_antwoorden",),
    )
    await desk.accepted("onthaal_beeindigen", CAW, oorzaak="op_vraag")
    await tried.stop("beeindigd", *(*alive("caw"), *arrival, *known(kind, "caw", "onthaal_heropenen")))
    await desk.accepted("overleden", CAW, overleden_op=DAY)
    (note,) = desk.live
    after = (*always("caw"), Known("overleden_ongedaan", "caw", {}))
    closing = Known("afronden_zonder_betrokkene", "caw", {"opdracht": note, "notitie": "x"})
    await tried.stop("zonder_betrokkene", *after, closing)
    await desk.accepted(closing.name, CAW, **closing.contents)
    await tried.stop("beeindigd", *after)
    assert set(OF_KIND[kind]) - tried.by_stranger == {"nog_nodig_antwoorden"} | PER_DUTY


async def test_a_duty_is_promised_and_set_aside_only_by_who_owes_it(sqlite_stage: Stage) -> None:
    """Known in every phase: what counts is the duty they name, and whose it is."""
    desk = await IntakeDesk.filed(sqlite_stage)
    tried, stranger = Tried(desk), STRANGERS["toeleiding"]
    await desk.bounce("een-bericht")
    promise = {"opdracht": "screening", "verwacht_op": "2029-04-02", "toelichting": "x"}
    repair = {"opdracht": "herstel/bericht/een-bericht", "keuze": "gecorrigeerd", "toelichting": "x"}
    before = await tried.traces()
    await tried.refused("opdracht_bezig", stranger, Refusal.NIET_VAN_U, **promise)
    await tried.refused("opdracht_bezig", VDAB, Refusal.NIET_VAN_U, **promise)
    await tried.refused("herstel_beslissen", VDAB, Refusal.NIET_VAN_U, **repair)
    await tried.refused(
        "opdracht_bezig", SCREENER, Refusal.NIET_OPEN, **{**promise, "opdracht": "beslissing"}
    )
    other = {"opdracht": "screening", "keuze": "gecorrigeerd", "toelichting": "x"}
    row = await tried.refused("herstel_beslissen", OPERATOR, Refusal.ONGELDIG, **other)
    assert row["veld"] == "opdracht"
    assert await tried.traces() == before


IMPOSSIBLE = [
    ("toeleiding_beslissen", {"start": "2029-02-01", "route": "ama_se"}),
    ("toeleiding_beslissen", {"route": "geweigerd"}),
    ("toeleiding_beslissen", {**TO_ONTHAAL, "contact_aanvaard": False}),
    ("toeleiding_beslissen", {"route": "activeringstraject", "onthaal": True, "contact_aanvaard": True}),
    ("toeleiding_beslissen", {"route": "geweigerd", "orientatie": "x", "ama_begeleider": "ORG-OCMW-GENT"}),
    ("toeleiding_beslissen", {"route": "advies_welzijn", "ama_contingent": "ORG-MAATWERK-DE-KAAI"}),
    ("orienteren", {"opties": ["caw"], "keuze": "caw"}),
    ("orienteren", {"keuze": "elders"}),
    ("rechten_meten", {"rechten": [{"code": "uitpas_kansentarief", "recht": "ja"}] * 2}),
    ("rechten_meten", {"minuten": -1}),
    ("toestemming_geven", {"reikwijdte": []}),
    ("aanvraag_aanvullen", {"eigen_woorden": " "}),
]
"""Contents of which each field is possible and the whole is not."""


@pytest.mark.parametrize(("name", "changes"), IMPOSSIBLE)
def test_contents_that_contradict_themselves_are_refused(name: str, changes: dict[str, Any]) -> None:
    """A route takes only what belongs to it, a choice is one of the options, and nothing is counted twice."""
    kind = next(kind for kind, contents in CONTENTS.items() if name in contents)
    with pytest.raises(ValidationError):
        OF_KIND[kind][name].model_validate({"datum": DAY, **CONTENTS[kind][name], **changes})


NAMES = [(kind, name) for kind, contents in CONTENTS.items() for name in contents]


@pytest.mark.parametrize(("kind", "name"), NAMES)
def test_a_malformed_command_names_its_field_and_no_value(kind: str, name: str) -> None:
    """API and CLI check before anything is stored: an unknown, missing or wrong field is named, its value is not."""
    command, good = OF_KIND[kind][name], {"datum": DAY, **CONTENTS[kind][name]}
    command.model_validate(good)
    wrong = [({**good, field: CANARY}, field) for field in ("kleur", "datum", "door", "bron")]
    required = [field for field, info in command.model_fields.items() if info.is_required()]
    wrong += [({f: v for f, v in good.items() if f != missing}, missing) for missing in required]
    for contents, field in wrong:
        with pytest.raises(ValidationError) as failed:
            command.model_validate(contents)
        assert field in {error["loc"][0] for error in failed.value.errors(include_input=False)}
        assert CANARY not in str(failed.value)
