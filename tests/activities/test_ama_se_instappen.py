"""AMA in the social economy that runs is entered with its place: never lost, never twice, never one too many."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from activities.ama_instappen import AmaInstappen
from activities.contingent_overzicht import ContingentOverzicht
from activities.contingenten import Contingenten
from activities.database import Database
from models.aanvraag import AanvraagOngeldig, Registered
from models.actors import OPERATIES
from models.contingent import ContingentLijn, PlaatsVraag, PlaatsVrijgeven
from models.tables import DossierRow, PlaceRow, TrajectRow
from rules.ama_instap import entered
from tests.activities.ama_rows import a_dossier, add_ama
from tests.activities.record_steps import clock
from tests.activities.test_ama_instappen import count
from tests.law import shipped_law
from tests.rules.test_ama_instap import OP
from tests.rules.test_ama_se_instap import KAAI, PLACED, SINCE, told

DUIN, SLUIS = "ORG-MAATWERK-DUINKANT", "ORG-MAATWERK-SLUISWERK"
"""One place from 2025 until 30 June 2028; three, from 2027 two."""
SINCE_2025 = {"houder": DUIN, "sinds": "2025-03-03"}


@pytest.fixture
def register(database: Database) -> AmaInstappen:
    return AmaInstappen(database, clock)


def enter(register: AmaInstappen, op: date = OP, **changes: Any) -> Registered:
    instap = told(**changes)
    return register.enter(instap, entered(instap, shipped_law(), op, OPERATIES))


def line(database: Database, houder: str = KAAI, on: date = OP) -> ContingentLijn:
    return next(each for each in ContingentOverzicht(database).op(on) if each.houder == houder)


def refused(register: AmaInstappen, **changes: Any) -> AanvraagOngeldig:
    with pytest.raises(AanvraagOngeldig) as found:
        enter(register, **changes)
    return found.value


def test_the_place_is_taken_with_the_dossier(database: Database, register: AmaInstappen) -> None:
    """Since its own first day, under the trajectory that was registered; a second time changes nothing."""
    answer = enter(register)
    assert enter(register) == answer
    assert (answer.soort, answer.workflow_id) == ("ama_se", f"ama/{answer.reference}")
    with database.read() as session:
        (place,) = session.scalars(select(PlaceRow)).all()
    assert (place.workflow_id, place.holder, place.status, place.number) == (
        answer.workflow_id,
        KAAI,
        "occupied",
        1,
    )
    assert (place.occupied_from, place.decided_on) == (SINCE, date(2024, 5, 20))
    assert (line(database).ingenomen, line(database, on=date(2024, 6, 2)).ingenomen) == (1, 0)


def test_a_contingent_is_never_over_booked(database: Database, register: AmaInstappen) -> None:
    """The second of one place is refused by its field, and nothing of it stays."""
    enter(register, plaats=SINCE_2025)
    found = refused(register, sleutel="tweede", plaats=SINCE_2025)
    assert str(found) == (
        "plaats.houder: op de eerste dag van de plaats zijn van de 1 plaatsen er 1 bezet of beloofd (D2022 art. 33)"
    )
    assert [count(database, row) for row in (DossierRow, TrajectRow, PlaceRow)] == [1, 1, 1]


def test_two_at_once_take_one_place(database: Database, register: AmaInstappen) -> None:
    """Whoever comes second waits until the first is written, and is refused."""

    def attempt(sleutel: str) -> str:
        try:
            return enter(register, sleutel=sleutel, plaats=SINCE_2025).soort
        except AanvraagOngeldig as found:
            return found.veld

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(attempt, ("een", "twee"))) == ["ama_se", "plaats.houder"]
    assert count(database, PlaceRow) == 1


def test_what_was_promised_meanwhile_counts_too(database: Database, register: AmaInstappen) -> None:
    """Somebody to whom the place was promised keeps that promise."""
    vraag = {"workflow_id": "ama/a", "houder": DUIN, "beslist_op": OP, "as_of": OP}
    assert Contingenten(database, clock).ask(PlaatsVraag.model_validate(vraag)).status == "gereserveerd"
    assert refused(register, plaats=SINCE_2025).veld == "plaats.houder"


def test_what_was_entered_is_given_back_like_any_place(database: Database, register: AmaInstappen) -> None:
    """The next in line then gets it."""
    answer = enter(register, plaats=SINCE_2025)
    contingenten = Contingenten(database, clock)
    vraag = PlaatsVraag(workflow_id="ama/a", houder=DUIN, beslist_op=OP, as_of=OP)
    assert contingenten.ask(vraag).status == "wachtlijst"
    order = PlaatsVrijgeven(workflow_id=answer.workflow_id, reden="einde", as_of=OP)
    assert contingenten.release(order).volgende == ("ama/a",)
    assert contingenten.ask(vraag).status == "gereserveerd"


def test_a_file_takes_together_no_more_than_there_is(register: AmaInstappen) -> None:
    """Looking at the second, the first of the file has its place; once that one is entered it counts once."""
    first, second = told(plaats=SINCE_2025), told(sleutel="tweede", plaats=SINCE_2025)
    assert not register.remarks(first, OP)
    with pytest.raises(AanvraagOngeldig, match=r"^plaats\.houder: "):
        register.remarks(second, OP, [first])
    enter(register, plaats=SINCE_2025)
    three = [told(sleutel=f"s{n}", plaats={**PLACED, "houder": SLUIS}) for n in range(3)]
    register.remarks(three[2], OP, [first, *three[:2]])


@pytest.mark.parametrize(
    ("field", "rule", "place"),
    [
        ("plaats.houder", "is geen maatwerkbedrijf met een contingent", {**PLACED, "houder": "ORG-X"}),
        (
            "plaats.houder",
            "is geen maatwerkbedrijf met een contingent",
            {**PLACED, "houder": "ORG-OCMW-GENT"},
        ),
        ("plaats.sinds", "op de eerste dag van de plaats heeft", {**PLACED, "houder": DUIN}),
    ],
    ids=["unknown", "without a contingent", "a year without a contingent"],
)
def test_what_nobody_knows_is_refused_by_its_field(
    database: Database, register: AmaInstappen, field: str, rule: str, place: dict[str, Any]
) -> None:
    """Also when it is only looked at; nothing is stored."""
    for attempt in (
        lambda: register.remarks(told(plaats=place), OP),
        lambda: enter(register, plaats=place),
    ):
        with pytest.raises(AanvraagOngeldig, match=rule) as found:
            attempt()
        assert found.value.veld == field
    assert count(database, DossierRow) == 0


@pytest.mark.parametrize(
    ("houder", "op", "said"),
    [(SLUIS, date(2027, 2, 1), "nu kleiner"), (DUIN, date(2028, 7, 3), "gesloten")],
    ids=["cut", "closed"],
)
def test_a_cut_or_a_closure_takes_no_place_from_who_had_it(
    register: AmaInstappen, houder: str, op: date, said: str
) -> None:
    """It is remarked: nobody new comes in, and after a closure a new place is asked."""
    place = {"houder": houder, "sinds": "2026-03-02"}
    others = [told(sleutel=f"s{n}", plaats=place) for n in range(2)] if houder == SLUIS else []
    for each in others:
        register.enter(each, entered(each, shipped_law(), op, OPERATIES))
    remarks = enter(register, op, sleutel="laatste", plaats=place).waarschuwingen
    (remark,) = [each for each in remarks if each.rule == "instap.contingent"]
    assert said in remark.reden


def test_the_other_kind_beside_it_is_remarked(database: Database, register: AmaInstappen) -> None:
    """What runs is never refused, but the two never go together; a second of the same kind is refused."""
    reference = a_dossier(database)
    add_ama(database, reference)
    answer = enter(register, dossier=reference)
    assert answer.workflow_id == f"ama/{reference}-2"
    assert [each.rule for each in answer.waarschuwingen] == ["instap.andere_ama"]
    assert refused(register, sleutel="tweede", dossier=reference).veld == "dossier"
