"""Every command refused: in the wrong phase, by the wrong actor, malformed, or by law; nothing of it is left behind."""

from datetime import date

import pytest
from pydantic import ValidationError
from temporalio.client import WorkflowUpdateFailedError

from models.errors import Refusal
from models.messages import COMMANDS
from player.stage import Stage
from tests.rules.cases import HEAD_WERK, VDAB
from tests.workflows.contents import CONTENTS
from tests.workflows.desk import ACTION, ELSEWHERE, OPERATOR, PLAN, REVIEW, Desk
from tests.workflows.walk import (
    AFTERWARDS,
    ALWAYS,
    ART_11,
    ART_13,
    CANARY,
    DAY,
    DEATH,
    EINDVERSLAG,
    GUIDING,
    HAND_OVER,
    PACKAGE,
    PROVIDER,
    REST,
    TALK,
    Hard,
    Known,
    Walk,
    busy,
    chain,
    field_of,
    plan_until,
    right,
    well_formed,
)

NEVER_YET = ("pakket_evalueren", "opschorting_bespreken", "meting_vastleggen")


async def test_every_command_is_refused_where_it_has_no_place(sqlite_stage: Stage) -> None:
    """From the first day to the last, what may not be sent leaves no accepted Update, no event and no value behind."""
    late = {"einde": "2030-07-07", "acties": [PACKAGE]}
    walks = Walk(await Desk.open(sqlite_stage)), Walk(await Desk.agreed(sqlite_stage, "Mila", **late))
    await prepared(walks[0])
    await running(walks[0])
    await ended(walks[0])
    await resting_and_late(walks[1])
    await undecided(walks[1])
    for walk in walks:
        accepted, failed, _ = await walk.traces()
        assert (accepted > 0, failed) == (True, 0)
    tried = walks[0].tried | walks[1].tried
    everything = set(COMMANDS) - {"toewijzing_beslissen"}
    assert {name for name, kind in tried if kind == Refusal.NIET_VAN_U} == everything


async def prepared(walk: Walk) -> None:
    """Before there is a plan, with a first action, a provider who is asked, and a message that came back."""
    desk = walk.desk
    await desk.bounce("een-bericht")
    await desk.accepted("voorfase_actie", actie={**ACTION, "aanbod": "netwerk"})
    repair = {"opdracht": "herstel/bericht/een-bericht", "keuze": "gecorrigeerd", "toelichting": "x"}
    await walk.stop(
        "voorbereiding",
        *(*GUIDING, busy("trajectplan"), plan_until("2030-01-07")),
        *well_formed("werk", "eerste_gesprek", "voorfase_actie"),
        *well_formed("aanbieder", "aanbod_antwoorden"),
        Known("herstel_beslissen", "operaties", repair),
        not_asked=("informeren", "overdracht_bevestigen", "actie_herzien", "voorstel_beslissen", *NEVER_YET),
        hard=(
            Hard(plan_until("2029-04-06"), ART_11),
            Hard(plan_until("2030-07-08"), ART_11),
            Hard(Known("herverdelen", "coordinator", together_with(desk)), ART_13),
        ),
    )


async def running(walk: Walk) -> None:
    """With a plan, an action without offer, a proposal, a hand-over, and then a suspension."""
    desk = walk.desk
    await desk.accepted("aanbod_antwoorden", PROVIDER, opdracht="aanbod/1", antwoord="geen_aanbod")
    await desk.accepted("eerste_gesprek", **{**CONTENTS["eerste_gesprek"], "geinformeerd": ["duur"]})
    await desk.accepted("plan_akkoord", **{**PLAN, "acties": [{**ACTION, "aanbod": "netwerk"}, PACKAGE]})
    await desk.accepted(
        "herverdelen", OPERATOR, **{**HAND_OVER.contents, "medewerker": "MW-0201", "leiding": HEAD_WERK}
    )
    await desk.accepted("wijziging_voorstellen", PROVIDER, actie=1, voorstel="een andere dag")
    await desk.go(date(2029, 4, 2))
    await walk.stop(
        "lopend",
        *(*GUIDING, busy("review/1")),
        Known("review_vastleggen", "werk", REVIEW),
        Known("opdracht_besluiten", "coordinator", {"opdracht": "review/1", "toelichting": "x"}),
        Known("verlengen", "werk", {"einde": "2030-03-01", "motivering": "x"}),
        *well_formed("werk", "plan_wijzigen", "informeren", "overdracht_bevestigen", "actie_herzien"),
        *well_formed("werk", "voorstel_beslissen"),
        *well_formed("aanbieder", "wijziging_voorstellen"),
        Known("pakket_starten", "zorg", {"actie": 2, "eerste_gesprek_op": DAY}),
        not_asked=(
            *("eerste_gesprek", "aanbod_antwoorden", "eindverslag_indienen", "beslispunt_beslissen"),
            *("verlenging_beslissen", *NEVER_YET),
        ),
        hard=(
            Hard(Known("verlengen", "werk", {"einde": "2030-07-08", "motivering": "x"}), ART_11),
            Hard(right("plan.einde", "2030-01-07", "2030-07-08"), ART_11),
            Hard(right("plan.einde", "2030-01-07", "2029-04-06"), ART_11),
        ),
    )
    await desk.accepted("opschorten", desk.zorg, van=date(2029, 4, 2), oorzaak="opname")
    await walk.stop_for(
        Known("nog_opgeschort", "zorg", {"opdracht": "hervatting/1", "toelichting": "x"}),
        Known("hervatten", "zorg", {"per": "2029-04-02"}),
    )
    row = await walk.refused("opschorten", desk.zorg, Refusal.VERKEERDE_FASE, **REST.contents)
    assert row.outcome is None


async def ended(walk: Walk) -> None:
    """Stopped, closed, with work found and money to divide, and then a death."""
    desk = walk.desk
    await desk.accepted("stopzetten", einde=date(2029, 4, 2), oorzaak="verhuisd")
    divided = well_formed("netwerk", "verdeelstaat_indienen")
    await walk.stop(
        "afronding",
        *(*AFTERWARDS, HAND_OVER, TALK, EINDVERSLAG, busy("eindverslag"), *divided),
        *well_formed("werk", "contactpoging", "overdracht_bevestigen"),
        not_asked=("meting_vastleggen", "pakket_evalueren"),
        hard=(Hard(Known("herverdelen", "coordinator", together_with(desk)), ART_13),),
    )
    await desk.accepted("eindverslag_indienen", **EINDVERSLAG.contents)
    await desk.accepted("uitkomst_vastleggen", **CONTENTS["uitkomst_vastleggen"])
    await desk.go(date(2029, 7, 9))
    await walk.stop(
        "afgesloten",
        *(*AFTERWARDS, *divided, Known("heropenen", "werk", {"einde": "2030-01-07"})),
        *well_formed("werk", "nazorg_vastleggen", "overdracht_bevestigen"),
        not_asked=("meting_vastleggen", "pakket_evalueren"),
        hard=(Hard(Known("heropenen", "werk", {"einde": "2030-07-08"}), ART_11),),
    )
    row = await walk.refused("terugvordering_beslissen", VDAB, Refusal.ONGELDIG, **RECOVERY)
    assert field_of(row) == "organisatie"
    await desk.accepted("overleden", overleden_op=date(2029, 4, 2))
    (note,) = desk.live
    await walk.stop(
        "zonder_betrokkene",
        *(*ALWAYS, busy(note), Known("overleden_ongedaan", "werk", {})),
        Known("afronden_zonder_betrokkene", "werk", {"opdracht": note, "notitie": "x"}),
    )
    await desk.accepted("contactnota", nota="het dossier antwoordt nog")


RECOVERY = CONTENTS["terugvordering_beslissen"]


def together_with(desk: Desk) -> dict[str, str]:
    """A casemanager werk of the organisation that has the care already."""
    return {"rol": "casemanager_werk", "organisatie": desk.zorg.organisatie}


async def resting_and_late(walk: Walk) -> None:
    """A package that ended, a long suspension, and what comes twelve weeks before the last day of the law."""
    desk = walk.desk
    await desk.accepted("pakket_starten", desk.zorg, actie=1, eerste_gesprek_op=DAY, reden="proef in Gent")
    await desk.go(date(2029, 4, 16))
    await walk.stop_for(*well_formed("zorg", "pakket_evalueren"))
    await desk.accepted("opschorten", desk.zorg, van=date(2029, 4, 16), oorzaak="opname")
    await desk.go(date(2029, 7, 20))
    await walk.stop_for(*well_formed("zorg", "opschorting_bespreken"))
    await desk.accepted("hervatten", desk.zorg, per=date(2029, 7, 20))
    await desk.go(date(2030, 4, 22))
    beyond = {"opdracht": "beslispunt", "keuze": "verlengen", "einde": "2030-07-08", "motivering": "x"}
    asked = well_formed("werk", "beslispunt_beslissen")
    await walk.stop_for(*asked, hard=(Hard(Known("beslispunt_beslissen", "werk", beyond), ART_11),))
    within = {**beyond, "keuze": "uitzonderlijk", "einde": "2030-07-07"}
    row = await walk.refused("beslispunt_beslissen", desk.werk, Refusal.ONGELDIG, **within)
    assert field_of(row) == "einde"


async def undecided(walk: Walk) -> None:
    """VDAB is asked for more, and is silent when the last day of the law has passed."""
    desk = walk.desk
    exceptional = {"opdracht": "beslispunt", "keuze": "uitzonderlijk", "einde": "2030-12-31"}
    await desk.accepted("beslispunt_beslissen", **exceptional, motivering="bijna werk")
    await walk.stop_for(*well_formed("vdab", "verlenging_beslissen"))
    await desk.go(date(2030, 7, 9))
    await walk.stop(
        "einde_onbeslist",
        *(*GUIDING, EINDVERSLAG, Known("review_vastleggen", "werk", REVIEW)),
        *well_formed("werk", "meting_vastleggen"),
        *well_formed("zorg", "pakket_evalueren"),
        *well_formed("vdab", "verlenging_beslissen"),
        but=("opschorting_bespreken",),
        not_asked=(
            *("eerste_gesprek", "informeren", "overdracht_bevestigen"),
            *("aanbod_antwoorden", "actie_herzien", "voorstel_beslissen"),
        ),
        hard=(Hard(Known("stopzetten", "werk", {"einde": "2030-07-08", "oorzaak": "verhuisd"}), ART_11),),
    )
    granted = {"opdracht": "verlenging", "besluit": "toegestaan", "motivering": "x", "einde": "2030-07-07"}
    row = await walk.refused("verlenging_beslissen", VDAB, Refusal.ONGELDIG, **granted)
    assert field_of(row) == "einde"


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
        but=("afspraak", "contactpoging"),
        hard=(Hard(Known("toewijzing_beslissen", "operaties", {**good, "casemanager_zorg": same}), ART_13),),
    )
    swapped = {**good, "casemanager_werk": HEAD_WERK.model_dump(mode="json")}
    row = await walk.refused("toewijzing_beslissen", OPERATOR, Refusal.ONGELDIG, **swapped)
    assert field_of(row) == "casemanager_werk"
    await desk.accepted("toewijzing_beslissen", OPERATOR, **good)
    assert desk.stand.fase == "voorbereiding"


STAGE = {
    "statuut_nagegaan": "in_orde",
    "werkervaringsstage": True,
    "begeleider": "chef",
    "verzekering": "in_orde",
    "uren": [{"vanaf": DAY, "uren_per_week": 4}],
    "mag_weten": "niets",
}
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
    ("verhuizen", "per", {"nis_code": "44021", "per": "2019-01-01"}),
    ("verhuizen", "per", {"nis_code": "44021", "per": "2029-02-01"}),
    ("voorfase_actie", "actie", {"actie": {**ACTION, "van": "0001-01-01", "tot": DAY}}),
    ("plan_akkoord", "acties", {**PLAN, "acties": [{**ACTION, "werkplek": STAGE, "van": "9999-12-01"}]}),
    ("vdab_registratie", "geregistreerd_op", {"wat": "indicering", "geregistreerd_op": "9999-12-31"}),
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
