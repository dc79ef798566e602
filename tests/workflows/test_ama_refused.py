"""Every command of an AMA and of its evaluation refused: wrong phase, stranger, malformed; and the no of the law."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowUpdateFailedError

from models.actors import Actor
from models.commands import OF_KIND
from models.errors import Refusal
from models.messages import Answer
from player.stage import Stage
from tests.workflows.ama_desk import AGREED, BEGELEIDER, HELD, OTHER, YES, AmaDesk
from tests.workflows.desk import BEGIN
from tests.workflows.intake_desk import OPERATOR
from tests.workflows.walk import CANARY, chain

HERE = "arbeidsmatige_activiteiten"
DAY = str(BEGIN)
WINDOW = date(2029, 10, 30)
FOLLOWED: dict[str, Any] = {"keuze": "in_orde", "toelichting": CANARY}
CONTENTS: dict[str, dict[str, Any]] = {
    "statuut_melden": {"code": "ivt_it", "vanaf": DAY},
    "toestemming_vragen": {"opdracht": "toestemming/1", "gevraagd_op": DAY},
    "toestemming_melden": {"opdracht": "toestemming/1", "antwoord": "geweigerd"},
    "toestemming_hergebruiken": {
        "opdracht": "toestemming/1",
        "verleend_op": "2028-06-01",
        "zelfde_activiteit": True,
    },
    "ama_toestemming_intrekken": {"nummer": 1, "per": DAY},
    "bemiddeling_vastleggen": {
        "opdracht": "toestemming/2",
        "keuze": "opnieuw_vragen",
        "toelichting": CANARY,
    },
    "overeenkomst_sluiten": AGREED,
    "overeenkomst_toevoegen": {},
    "overeenkomst_wijzigen": {"nummer": 1, "vanaf": DAY, "activiteit": CANARY},
    "overeenkomst_beeindigen": {"nummer": 1, "einde": DAY},
    "uren_melden": {"week_van": DAY, "uren": "4"},
    "dimona_melden": {"opdracht": "dimona_in/1", "aangegeven_op": DAY},
    "verzekering_melden": {"opdracht": "verzekering/1/2030-12-31", "verzekerd_tot": "2031-12-31"},
    "opvolgen": {"opdracht": "opvolging/1", **FOLLOWED},
    "wat_daarna_vastleggen": {"opdracht": "wat_daarna", "wens": CANARY, "einde": "2030-01-01"},
    "begeleider_wisselen": {"organisatie": "ORG-CGG-ARTEVELDE"},
    "tussentijds_gesprek": {"verslag": CANARY},
    "ama_beeindigen": {"einde": "2029-06-01", "oorzaak": "op_vraag"},
    "ama_einde_intrekken": {},
    "contingent_kiezen": {"opdracht": "contingent", "houder": "ORG-MAATWERK-DE-KAAI"},
    "plaats_overslaan": {"motivering": CANARY},
    "bezoek_vastleggen": {"opdracht": "bezoek/1", "keuze": "wil_niet", "toelichting": CANARY},
    "pop_vastleggen": {
        **{"opdracht": "pop", "stap": CANARY},
        **{"stap_tegen": "2030-01-01", "geregistreerd_op": DAY},
    },
    "combinatie_melden": {"soort": "stage", "van": DAY},
    "herbeoordeling_vastleggen": {
        "opdracht": "herbeoordeling/1",
        "besluit": "verlengd",
        "motivering": CANARY,
    },
    "opschorten": {"van": DAY, "oorzaak": "ziekte"},
    "nog_opgeschort": {"opdracht": "hervatting/1", "toelichting": CANARY},
    "opschorting_bespreken": {
        "opdracht": "opschortingsgesprek/1",
        "keuze": "wachten",
        "toelichting": CANARY,
    },
    "hervatten": {"per": DAY},
    "evaluatie_voorbereiden": {"gepland_op": DAY},
    "evaluatie_raadplegen": {"opdracht": "voorwaarden", "antwoord": CANARY},
    "evaluatie_vastleggen": HELD,
    "rechtzetten": {"veld": "start", "oud": DAY, "nieuw": "2029-01-09", "waarom": CANARY},
    "afspraak": {"gepland_op": DAY, "waar": CANARY, "hoe": "gesprek"},
    "contactnota": {"nota": CANARY},
    "overleden": {"overleden_op": DAY},
}
"""Each command with contents that are well formed."""
UNSOLICITED_OF_ALL = {"rechtzetten", "afspraak", "contactnota", "overleden"}
BEFORE = {
    *("statuut_melden", "toestemming_vragen", "ama_toestemming_intrekken", "begeleider_wisselen"),
    "ama_beeindigen",
}
RUNNING = {
    *(BEFORE | {"overeenkomst_toevoegen", "overeenkomst_wijzigen", "overeenkomst_beeindigen"}),
    *("uren_melden", "tussentijds_gesprek", "combinatie_melden", "opschorten"),
}
"""What nobody is asked for and may still be told, phase by phase."""


class Tried:
    """One trajectory that is tried with every command it has."""

    def __init__(self, desk: AmaDesk) -> None:
        self.desk = desk

    async def stop(self, told: set[str]) -> None:
        """Everything else is refused here; what may be told is refused to a stranger, ahead of time and malformed."""
        before = await self._traces()
        for name in sorted(set(CONTENTS) & set(OF_KIND[self.desk.soort])):
            if name in told | UNSOLICITED_OF_ALL:
                await self._refused(name, OTHER, Refusal.NIET_VAN_U)
                tomorrow = await self.desk.today() + timedelta(days=1)
                ahead = await self._refused(name, BEGELEIDER, Refusal.ONGELDIG, datum=tomorrow)
                assert ahead["veld"] == "datum"
                await self._malformed(name)
            elif not issubclass(OF_KIND[self.desk.soort][name], Answer):
                await self._refused(name, OPERATOR, self._misplaced(name))
        assert await self._traces() == before

    def _misplaced(self, name: str) -> Refusal:
        """Without a reserved place there is nothing to pass over, and without a planned last day none to take back."""
        here = (name, self.desk.stand.fase) in (
            ("plaats_overslaan", "aangemeld"),
            ("ama_einde_intrekken", "begeleid"),
        )
        return Refusal.ONGELDIG if here else Refusal.VERKEERDE_FASE

    async def unasked(self, *live: str) -> None:
        """An answer to a duty that nobody opened, or of a phase that is not here, closes nothing."""
        answers = {
            name
            for name in set(CONTENTS) & set(OF_KIND[self.desk.soort])
            if issubclass(OF_KIND[self.desk.soort][name], Answer) and name not in live
        }
        before = await self._traces()
        for name in sorted(answers):
            refusal = await self.desk.refusal(name, BEGELEIDER, **CONTENTS[name])
            assert refusal["soort"] in (Refusal.NIET_OPEN, Refusal.VERKEERDE_FASE), (name, refusal)
            assert CANARY not in json.dumps(refusal)
        assert await self._traces() == before

    async def _refused(self, name: str, by: Actor, kind: Refusal, **more: Any) -> dict[str, Any]:
        refusal = await self.desk.refusal(name, by, **{**CONTENTS[name], **more})
        assert refusal["soort"] == kind, (name, refusal)
        assert CANARY not in json.dumps(refusal)
        return refusal

    async def _malformed(self, name: str) -> None:
        told = {"datum": await self.desk.today(), "door": BEGELEIDER, **CONTENTS[name]}
        raw = OF_KIND[self.desk.soort][name].model_validate(told).model_dump(mode="json", exclude_none=True)
        for wrong, field in (({**raw, "kleur": CANARY}, "kleur"), ({**raw, "datum": CANARY}, "datum")):
            self.desk.sent += 1
            with pytest.raises(WorkflowUpdateFailedError) as failed:
                await self.desk.typed(name, wrong, f"getypt-{self.desk.sent}")
            said = "\n".join(chain(failed.value))
            assert field in said
            assert CANARY not in said

    async def _traces(self) -> tuple[int, int, int]:
        accepted = await self.desk.history(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED)
        failed = await self.desk.history(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED)
        return accepted, failed, len(self.desk.events(*OF_KIND[self.desk.soort]))


async def test_every_command_is_refused_where_it_has_no_place(sqlite_stage: Stage) -> None:
    """From the notice through the years to the end, and in the evaluation between."""
    desk = await AmaDesk.notified(sqlite_stage)
    tried = Tried(desk)
    await tried.stop(BEFORE)
    await tried.unasked("toestemming_melden", "toestemming_hergebruiken")
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/1", **YES)
    await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **AGREED)
    await desk.accepted("dimona_melden", BEGELEIDER, opdracht="dimona_in/1", aangegeven_op=BEGIN)
    await tried.stop(RUNNING)
    await tried.unasked()
    held = await desk.evaluation(1, WINDOW)
    evaluated = Tried(held)
    await evaluated.stop({"evaluatie_voorbereiden"})
    await evaluated.unasked("evaluatie_vastleggen")
    early = await held.refusal("evaluatie_vastleggen", BEGELEIDER, **{**HELD, "datum": "2029-10-01"})
    assert (early["soort"], early["veld"]) == (Refusal.ONGELDIG, "datum")
    await desk.accepted("ama_beeindigen", BEGELEIDER, einde=WINDOW, oorzaak="op_vraag")
    await desk.go(WINDOW + timedelta(days=1))
    await tried.stop(set())
    await tried.unasked("dimona_melden")


async def test_the_law_says_no_and_nothing_changes(sqlite_stage: Stage) -> None:
    """A permission that does not count yet and VAPH day support refuse, hard, and name the article.

    Once the support is told to have ended, it refuses no more.
    """
    vaph = [{"van": "2028-01-01"}]
    desk = await AmaDesk.notified(sqlite_stage, vaph=vaph)
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/1", **YES)
    refused = await desk.refusal("overeenkomst_sluiten", BEGELEIDER, **AGREED)
    assert (refused["soort"], refused["regel"], refused["artikel"]) == (
        Refusal.HARDE_REGEL,
        "ama.no_vaph",
        "D2022 art. 28",
    )
    too_soon = {**AGREED, "start": str(BEGIN - timedelta(days=30))}
    refused = await desk.refusal("overeenkomst_sluiten", BEGELEIDER, **too_soon)
    assert (refused["soort"], refused["regel"]) == (Refusal.HARDE_REGEL, "toestemmingen.all_permitted")
    assert (desk.stand.fase, desk.live) == ("aangemeld", ["overeenkomst"])
    ended = {"veld": "vaph/1.tot", "oud": "None", "nieuw": str(BEGIN - timedelta(days=1))}
    await desk.accepted("rechtzetten", BEGELEIDER, **ended, waarom="Gestopt.")
    await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **AGREED)
    assert desk.stand.fase == "begeleid"
    again = {"veld": "vaph/2.van", "oud": "None", "nieuw": str(BEGIN + timedelta(days=30))}
    await desk.accepted("rechtzetten", BEGELEIDER, **again, waarom="Begint opnieuw.")
    assert "opvolging/1" in desk.live


async def test_what_is_soft_asks_a_reason(sqlite_stage: Stage) -> None:
    """More hours than an agency allows, and an age outside the limits, go through with a reason and a name."""
    desk = await AmaDesk.notified(sqlite_stage, achttien_op="2030-01-01")
    fewer = {**YES, "uren_per_week": "8"}
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/1", **fewer)
    refused = await desk.refusal("overeenkomst_sluiten", BEGELEIDER, **AGREED)
    assert (refused["soort"], refused["veld"]) == (Refusal.REDEN_NODIG, "reden")
    await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **AGREED, reden="Zo afgesproken.")
    assert desk.stand.fase == "begeleid"
    (signed,) = desk.events("overeenkomst_sluiten")
    assert "ama.of_age" in (rules := {found["rule"] for found in signed.findings})
    assert "toestemmingen.within_hours" not in rules, "how many hours an agency allows is kept by no event"


async def test_only_what_was_refused_is_mediated(sqlite_stage: Stage) -> None:
    """The first question asks an answer; the one after a refusal can also end in a new question."""
    desk = await AmaDesk.notified(sqlite_stage)
    mediated = {"keuze": "opnieuw_vragen", "toelichting": "Besproken."}
    refused = await desk.refusal("bemiddeling_vastleggen", BEGELEIDER, opdracht="toestemming/1", **mediated)
    assert (refused["soort"], refused["veld"]) == (Refusal.ONGELDIG, "opdracht")
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/1", antwoord="geweigerd")
    assert desk.live == ["toestemming/2"]
    await desk.accepted("bemiddeling_vastleggen", BEGELEIDER, opdracht="toestemming/2", **mediated)
    assert desk.live == ["toestemming/3"]


async def test_a_first_day_without_recognition_is_given_back(sqlite_stage: Stage) -> None:
    """The last look before the first day refuses a begeleider that nobody recognised; another day is agreed."""
    nobody = BEGELEIDER.model_copy(update={"organisatie": "ORG-CAW-LEIE", "medewerker": "MW-0301"})
    desk = await AmaDesk.notified(sqlite_stage, begeleider=nobody.model_dump(mode="json"))
    await desk.accepted("toestemming_melden", nobody, opdracht="toestemming/1", **YES)
    agreed = {**AGREED, "reden": "De erkenning is aangevraagd."}
    await desk.accepted("overeenkomst_sluiten", nobody, **agreed)
    await desk.settle()
    assert (desk.stand.fase, desk.live) == ("aangemeld", ["overeenkomst/2"])
    (given_back,) = desk.events("start-teruggegeven")
    assert "D2022 art. 30" in json.dumps([found for found in given_back.model_dump(mode="json")["findings"]])
