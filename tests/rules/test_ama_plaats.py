"""The social economy: without a place nothing is signed or begins, and the plan has a step that lies ahead."""

from datetime import date
from typing import Any

import pytest

from models.ama import OvereenkomstSluiten, PopVastleggen
from models.ama_case import AmaFacts, AmaState
from models.ama_verloop import PlaatsStand
from models.contingent import Overslaan
from models.findings import Verdict
from models.law import Law
from models.phases import Begeleid
from rules.amaboek import AMABOEK
from rules.contingent import begins_on_place
from tests.rules.ama_examples import BEGELEIDER, START, agreement, facts, statuut

KAAI = "ORG-MAATWERK-DE-KAAI"
PASSED = Overslaan(workflow_id="x", sleutel="c", reden="past nu niet", door=BEGELEIDER, as_of=START)


def placed(status: str | None, **other: Any) -> AmaFacts:
    """Somebody in the social economy, and what became of the place."""
    place = PlaatsStand.model_validate({"houder": KAAI, "status": status, "sinds": START}) if status else None
    return facts(variant="se", plaats=place, **other)


@pytest.mark.parametrize(
    ("known", "fits"),
    [
        pytest.param(placed("gereserveerd"), True, id="promised"),
        pytest.param(placed("ingenomen"), True, id="taken"),
        pytest.param(placed(None), False, id="never asked"),
        pytest.param(placed("gevraagd"), False, id="asked"),
        pytest.param(placed("wachtlijst"), False, id="in line"),
        pytest.param(placed("geen_contingent"), False, id="closed"),
        pytest.param(placed("vrijgegeven"), False, id="given back"),
        pytest.param(placed("gereserveerd", plaats_weg=True), False, id="not wanted, still to be given back"),
        pytest.param(placed("gereserveerd", overslaan=PASSED), False, id="passed over, the line has to hear"),
        pytest.param(
            placed("geen_contingent", overeenkomsten=(agreement(),)), True, id="closed, and it runs"
        ),
        pytest.param(
            placed("geen_contingent", overeenkomsten=(agreement(begonnen=False),)), False, id="only signed"
        ),
        pytest.param(facts(), True, id="welfare policy asks no place"),
    ],
)
def test_nothing_begins_without_a_place(known: AmaFacts, fits: bool) -> None:
    """The contingent is hard; a closure ends nothing that runs."""
    found = begins_on_place(known)
    assert (found.value, found.verdict) == (fits, Verdict.OK if fits else Verdict.HARD)
    assert found.article == "D2022 art. 33"


@pytest.mark.parametrize(("status", "refused"), [("gereserveerd", False), ("wachtlijst", True)])
def test_an_agreement_is_signed_for_a_place(law: Law, status: str, refused: bool) -> None:
    """Whoever was passed over or lost the place signs nothing until there is one again."""
    known = placed(status, statuten=(statuut("geen"),), begeleider=None)
    command = OvereenkomstSluiten.model_validate(
        {
            **{"opdracht": "overeenkomst", "datum": START, "werkpost": KAAI, "activiteit": "tuin"},
            **{"start": START, "uren_per_week": "12", "getekend_op": START, "verzekerd_tot": "2030-01-01"},
        }
    )
    against = AMABOEK.findings_against(command, AmaState(law=law, facts=known), START)
    hard = [each.rule for each in against if each.verdict is Verdict.HARD]
    assert hard == ["contingent.begins_on_place"] * refused


@pytest.mark.parametrize(
    ("made", "by", "refused"),
    [
        pytest.param(date(2026, 3, 20), date(2026, 4, 15), [], id="told after its step"),
        pytest.param(date(2026, 3, 20), date(2026, 3, 21), [], id="the day after it was made"),
        pytest.param(date(2026, 3, 20), date(2026, 3, 20), ["stap_tegen"], id="the same day"),
    ],
)
def test_the_next_step_comes_after_the_plan(law: Law, made: date, by: date, refused: list[str]) -> None:
    """What counts is the day on which the plan was made, however late it is told."""
    state = AmaState(law=law, facts=placed("ingenomen", overeenkomsten=(agreement(),)), phase=Begeleid())
    command = PopVastleggen(opdracht="pop", datum=made, stap="x", stap_tegen=by, geregistreerd_op=made)
    found = AMABOEK.complaints(command, state, date(2026, 4, 20))
    assert [each.veld for each in found] == refused
