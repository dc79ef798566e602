"""Who may send what, and in which phase: complete tables."""

from datetime import date
from typing import Any

import pytest

from models.actors import OPERATIES, Actor, Rol
from models.duties import DutyKind
from models.law import Law
from models.messages import COMMANDS, Answer
from models.phases import Lopend
from rules import admission, agenda
from tests.rules.cases import (
    CONTENTS,
    HEAD_WERK,
    HEAD_ZORG,
    NETWORK,
    PHASES,
    PROVIDER,
    SPEAKERS,
    STRANGER,
    TEAM,
    VDAB,
    WERK,
    ZORG,
    command,
    dead,
    duty,
    ended,
    facts,
    guided,
    plan,
    rest,
    state,
)

GUIDED = {"voorbereiding", "lopend", "einde_onbeslist"}
PLANNED = {"lopend", "einde_onbeslist"}
OPEN = {"toewijzing", *GUIDED, "afronding"}
CLOSED = {"afgesloten", "afgesloten na overlijden"}
AFTER = {"afronding", *CLOSED}
ALWAYS = OPEN | CLOSED | {"zonder_betrokkene"}

KNOWN_IN: dict[str, set[str]] = {
    "toewijzing_beslissen": {"toewijzing"},
    "plan_akkoord": {"voorbereiding"},
    "review_vastleggen": PLANNED,
    "nog_opgeschort": set(),
    "eindverslag_indienen": PLANNED | {"afronding"},
    "afronden_zonder_betrokkene": {"zonder_betrokkene"},
    "herstel_beslissen": ALWAYS,
    "opdracht_bezig": ALWAYS,
    "opdracht_besluiten": ALWAYS,
    "opschorten": GUIDED,
    "hervatten": set(),
    "verlengen": {"lopend"},
    "stopzetten": {"toewijzing", *GUIDED},
    "rechtzetten": ALWAYS,
    "afspraak": OPEN,
    "contactnota": ALWAYS,
    "overleden": OPEN | {"afgesloten"},
    "overleden_ongedaan": {"zonder_betrokkene", "afgesloten na overlijden"},
    "heropenen": {"afgesloten"},
    "herverdelen": {*GUIDED, "afronding"},
    "herzie_parameters": ALWAYS,
    "eerste_gesprek": GUIDED,
    "informeren": GUIDED,
    "verkennen": GUIDED,
    "participatieladder": GUIDED | AFTER,
    "meting_vastleggen": GUIDED | AFTER,
    "voorfase_actie": {"voorbereiding"},
    "andere_casemanager_vragen": GUIDED,
    "verhuizen": GUIDED,
    "overdracht_bevestigen": GUIDED | AFTER,
    "aanbod_antwoorden": GUIDED,
    "actie_herzien": GUIDED,
    "plan_wijzigen": {"lopend"},
    "wijziging_voorstellen": {"lopend"},
    "voorstel_beslissen": GUIDED,
    "pakket_starten": {"lopend"},
    "pakket_evalueren": GUIDED | AFTER,
    "opschorting_bespreken": GUIDED,
    "beslispunt_beslissen": {"lopend"},
    "verlenging_beslissen": PLANNED,
    "stopgesprek": GUIDED,
    "contactpoging": OPEN,
    "uitkomst_vastleggen": AFTER,
    "nazorg_vastleggen": CLOSED,
    "vdab_registratie": GUIDED | AFTER,
    "andere_vergoeding": GUIDED | AFTER,
    "verdeelstaat_indienen": AFTER,
    "vergoeding_betwisten": AFTER,
    "hoorzitting": AFTER,
    "terugvordering_beslissen": AFTER,
}
"""In which phases a command makes sense while nothing rests."""

TANDEM = {"werk", "zorg"}
DESK = {*TANDEM, "vdab", "operaties"}
MAY_SEND: dict[str, set[str]] = {
    "opschorten": TANDEM,
    "hervatten": TANDEM,
    "verlengen": TANDEM,
    "stopzetten": {*TANDEM, "vdab"},
    "rechtzetten": DESK,
    "afspraak": TANDEM,
    "contactnota": DESK,
    "overleden": DESK,
    "overleden_ongedaan": DESK,
    "heropenen": {*TANDEM, "vdab"},
    "herverdelen": {"coordinator", "operaties"},
    "herzie_parameters": {"operaties"},
    "verkennen": TANDEM,
    "participatieladder": TANDEM,
    "voorfase_actie": TANDEM,
    "andere_casemanager_vragen": {*TANDEM, "operaties"},
    "verhuizen": DESK,
    "plan_wijzigen": TANDEM,
    "wijziging_voorstellen": {"dienstverlener"},
    "pakket_starten": {*TANDEM, "dienstverlener"},
    "stopgesprek": TANDEM,
    "contactpoging": TANDEM,
    "uitkomst_vastleggen": {*TANDEM, "vdab"},
    "vdab_registratie": {*TANDEM, "vdab"},
    "andere_vergoeding": {*TANDEM, "netwerkcoordinator", "operaties"},
    "vergoeding_betwisten": {*DESK, "netwerkcoordinator"},
    "hoorzitting": {"vdab", "operaties"},
    "terugvordering_beslissen": {"vdab", "operaties"},
}
"""Who may send what nobody asked for; never somebody of another organisation, nor the participant."""

OWNED: list[tuple[DutyKind, str, Actor]] = [
    (DutyKind.TOEWIJZING, "toewijzing", OPERATIES),
    (DutyKind.EERSTE_GESPREK, "eerste_gesprek", WERK),
    (DutyKind.INFORMEREN, "informeren", WERK),
    (DutyKind.TRAJECTPLAN, "trajectplan", WERK),
    (DutyKind.AANBOD, "aanbod/2", PROVIDER.model_copy(update={"medewerker": None})),
    (DutyKind.ACTIE, "actie/2", ZORG),
    (DutyKind.VOORSTEL, "voorstel/1", WERK),
    (DutyKind.PAKKET, "pakket/2", ZORG),
    (DutyKind.REVIEW, "review/1", WERK),
    (DutyKind.HERVATTING, "hervatting/1", ZORG),
    (DutyKind.OPSCHORTINGSGESPREK, "opschortingsgesprek/1", ZORG),
    (DutyKind.OPSCHORTINGSBESLISSING, "opschortingsbeslissing/1", ZORG),
    (DutyKind.BESLISPUNT, "beslispunt", WERK),
    (DutyKind.VERLENGING, "verlenging", VDAB),
    (DutyKind.EINDVERSLAG, "eindverslag", WERK),
    (DutyKind.VERDEELSTAAT, "verdeelstaat", NETWORK),
    (DutyKind.NAZORG, "nazorg/1", WERK),
    (DutyKind.METING, "meting/6", WERK),
    (DutyKind.HERVERDELING, "herverdeling/casemanager_zorg", HEAD_ZORG),
    (DutyKind.OVERDRACHT, "overdracht/casemanager_zorg", ZORG),
    (DutyKind.AFRONDING, "afronding", WERK),
    (DutyKind.HERSTEL, "herstel/x#1", OPERATIES),
]
"""Who owes each kind of duty, and so who answers it."""
DECIDED_BY = {Rol.CASEMANAGER_WERK: {"coordinator"}, Rol.DIENSTVERLENER: {"netwerkcoordinator"}}
"""Who of these speakers is next in line of whom; for the others it is operations, or somebody not among them."""
NO_EXIT = {"toewijzing", "trajectplan", "hervatting", "verlenging", "herstel"}
"""What ends only by its own answer or by another command: no person sets it aside."""


def test_every_command_has_its_phases_and_its_senders() -> None:
    """A new command cannot be forgotten: it says in which phase it is known, and who answers or sends it."""
    assert set(admission.IN_PHASE) == set(COMMANDS.values())
    answers = {kind for kind in COMMANDS.values() if issubclass(kind, Answer)}
    assert set(admission.ANSWERS) == answers
    assert set(admission.WHO_MAY) == set(COMMANDS.values()) - answers
    assert set(CONTENTS) == set(COMMANDS) == set(KNOWN_IN)


def test_every_kind_of_duty_has_an_answer() -> None:
    """Nothing can be owed that nobody can answer."""
    general = (COMMANDS["opdracht_bezig"], COMMANDS["opdracht_besluiten"])
    answered = {
        kind for answer, kinds in admission.ANSWERS.items() if answer not in general for kind in kinds
    }
    assert answered >= set(agenda.VRAAG) - {DutyKind.HERVERDELING}  # which the command herverdelen ends


def test_only_what_a_person_may_leave_has_an_exit() -> None:
    """An assignment, a plan, a rest, a decision of VDAB and a repair end by their own answer and by nothing else."""
    left = admission.ANSWERS[COMMANDS["opdracht_besluiten"]]
    assert set(agenda.VRAAG) - set(left) == {DutyKind(kind) for kind in NO_EXIT}


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_phase_knows_its_commands(law: Law, name: str, phase: str) -> None:
    """What makes no sense where the trajectory stands is refused before anything else is looked at."""
    known = state(law, phase, known=guided())
    assert admission.in_phase(command(name), known) is (phase in KNOWN_IN[name])


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("name", ["hervatten", "nog_opgeschort", "opschorten"])
def test_only_what_rests_can_resume(law: Law, name: str, phase: str) -> None:
    """While it rests it resumes or rests on, and cannot be suspended again."""
    resting = state(law, phase, known=facts(rest(date(2027, 3, 1))))
    expected = phase in GUIDED and name != "opschorten"
    assert admission.in_phase(command(name), resting) is expected


@pytest.mark.parametrize("who", SPEAKERS)
@pytest.mark.parametrize("name", MAY_SEND)
def test_a_role_sends_only_what_is_its_own(law: Law, name: str, who: str) -> None:
    """The table of roles is closed; another organisation's casemanager is a stranger."""
    allowed = admission.may_send(SPEAKERS[who], command(name), state(law, known=guided()))
    assert allowed is (who in MAY_SEND[name])


@pytest.mark.parametrize("name", MAY_SEND)
def test_nobody_of_the_tandem_speaks_before_there_is_one(law: Law, name: str) -> None:
    """Without a team only VDAB and operations can send something."""
    alone = state(law, "toewijzing", known=facts(team=None))
    allowed = {who for who, actor in SPEAKERS.items() if admission.may_send(actor, command(name), alone)}
    assert allowed == MAY_SEND[name] & {"vdab", "operaties"}


def test_a_coordinator_of_another_team_reassigns_nothing(law: Law) -> None:
    """The next in line is next in line of this tandem only; a colleague in the same function counts."""
    herverdelen = command("herverdelen")
    elsewhere = HEAD_WERK.model_copy(update={"organisatie": "ORG-DE-MEANDER"})
    colleague = HEAD_ZORG.model_copy(update={"medewerker": "MW-0310"})
    assert not admission.may_send(elsewhere, herverdelen, state(law))
    assert admission.may_send(colleague, herverdelen, state(law))


@pytest.mark.parametrize(
    ("name", "number", "allowed"),
    [
        pytest.param("wijziging_voorstellen", 2, True, id="its own action"),
        pytest.param("wijziging_voorstellen", 1, False, id="the action of another"),
        pytest.param("wijziging_voorstellen", 4, False, id="no action"),
        pytest.param("pakket_starten", 2, True, id="its own package"),
        pytest.param("pakket_starten", 1, False, id="the package of another"),
    ],
)
def test_a_provider_speaks_of_its_own_action(law: Law, name: str, number: int, allowed: bool) -> None:
    """Who provides one action of a plan has no say in another."""
    told = command(name, actie=number)
    assert admission.may_send(PROVIDER, told, state(law, known=guided())) is allowed


@pytest.mark.parametrize(("kind", "key", "owner"), OWNED, ids=[str(kind) for kind, _, _ in OWNED])
def test_every_duty_has_its_owner(kind: DutyKind, key: str, owner: Actor) -> None:
    """Werk leads plan, reviews and end, zorg care and rests, others their own part; without a team operations."""
    assert agenda.owner_of(kind, key, guided()) == owner
    assert agenda.owner_of(kind, key, facts(team=None)) == OPERATIES


def test_no_kind_of_duty_is_left_out_of_the_owners() -> None:
    """Nothing can be owed by nobody."""
    assert {kind for kind, _, _ in OWNED} == set(agenda.VRAAG)


ANSWERED_BY: list[Any] = [
    pytest.param(name, kind, key, owner, id=f"{name}-{kind}")
    for name, asked in COMMANDS.items()
    for kind, key, owner in OWNED
    if issubclass(asked, Answer) and kind in admission.ANSWERS[asked]
]


@pytest.mark.parametrize(("name", "kind", "key", "owner"), ANSWERED_BY)
def test_an_answer_comes_from_who_owes_it(
    law: Law, name: str, kind: DutyKind, key: str, owner: Actor
) -> None:
    """Of everybody in every role only the owner answers; an exit is also for the next in line and operations."""
    owed = duty(kind, key, owner)
    case = state(law, "lopend", owed, known=guided())
    told = command(name, opdracht=key)
    may = {who for who, actor in SPEAKERS.items() if admission.may_answer(actor, owed, told, case)}
    expected = {who for who, actor in SPEAKERS.items() if actor.speaks_for(owner)}
    if name == "opdracht_besluiten":
        expected |= {"operaties"} | DECIDED_BY.get(owner.rol, set())
    assert may == expected


@pytest.mark.parametrize(
    ("kind", "known"),
    [
        pytest.param(DutyKind.VERDEELSTAAT, {"netwerkcoordinator": None}, id="no coordinator"),
        pytest.param(DutyKind.VERLENGING, {"vdab": None}, id="no service of VDAB"),
        pytest.param(DutyKind.HERVERDELING, {"leiding": {}}, id="nobody who leads"),
        pytest.param(DutyKind.HERVERDELING, {"werkingsgebied": "WG-BRUGGE-OOSTENDE"}, id="moved elsewhere"),
    ],
)
def test_what_the_tables_do_not_know_is_of_operations(kind: DutyKind, known: dict[str, Any]) -> None:
    """A werkingsgebied without a coordinator, a VDAB service or somebody who leads leaves nothing with nobody."""
    elsewhere = guided(team=TEAM.model_copy(update=known))
    assert agenda.owner_of(kind, f"{kind}/casemanager_werk", elsewhere) == OPERATIES
    assert agenda.owner_of(kind, f"{kind}/casemanager_werk", guided()) != OPERATIES


def test_a_provider_without_an_account_is_asked_through_the_coordinator() -> None:
    """A name that is no reference of ours cannot get a duty; who coordinates the network asks it."""
    first, package, lapsed = guided().acties
    unknown = package.model_copy(
        update={"actie": package.actie.model_copy(update={"dienstverlener": "De Sloep vzw"})}
    )
    known = guided(acties=(first, unknown, lapsed))
    assert agenda.owner_of(DutyKind.AANBOD, "aanbod/2", known) == NETWORK


@pytest.mark.parametrize(
    ("name", "who", "allowed"),
    [
        pytest.param("review_vastleggen", "werk", True, id="who owes it answers it"),
        pytest.param("review_vastleggen", "zorg", False, id="the other half of the tandem does not"),
        pytest.param("review_vastleggen", "werk elders", False, id="nor the same role elsewhere"),
        pytest.param("review_vastleggen", "coordinator", False, id="nor the next in line"),
        pytest.param("review_vastleggen", "operaties", False, id="nor operations in their own name"),
        pytest.param("opdracht_bezig", "werk", True, id="who owes it promises"),
        pytest.param("opdracht_bezig", "coordinator", False, id="nobody promises for another"),
        pytest.param("opdracht_besluiten", "werk", True, id="who owes it may leave it"),
        pytest.param("opdracht_besluiten", "coordinator", True, id="the next in line decides"),
        pytest.param("opdracht_besluiten", "operaties", True, id="operations decide in their own name"),
        pytest.param("opdracht_besluiten", "zorg", False, id="the other half does not decide"),
        pytest.param("opdracht_besluiten", "deelnemer", False, id="nor the participant"),
    ],
)
def test_a_duty_is_answered_by_who_owes_it(law: Law, name: str, who: str, allowed: bool) -> None:
    """Only the exit of a duty is open to the next in line and to operations; its answer is not."""
    owed = duty(DutyKind.REVIEW, "review/1")
    assert admission.may_answer(SPEAKERS[who], owed, command(name), state(law, "lopend", owed)) is allowed


def test_the_coordinator_of_the_other_organisation_decides_nothing(law: Law) -> None:
    """Next in line is the teamcoordinator of the organisation that owes it."""
    owed = duty(DutyKind.REVIEW, "review/1")
    assert not admission.may_answer(
        HEAD_ZORG, owed, command("opdracht_besluiten"), state(law, "lopend", owed)
    )


def test_a_second_death_is_not_known(law: Law) -> None:
    """Who died cannot die again: the undo would bring back the wrong phase."""
    twice = ended(vorm="overlijden", overlijden=dead(Lopend(plan=plan())))
    assert not admission.in_phase(command("overleden"), state(law, twice))
    assert not admission.may_send(STRANGER, command("overleden"), state(law))
