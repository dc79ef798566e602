"""States and commands to try the rules of a trajectory on: one case, in each of its phases."""

from datetime import date
from typing import Any

from models.actie import Actie
from models.actors import OPERATIES, Actor, Rol, Team
from models.case import CaseState, Extension, Facts, Rest
from models.duties import Bezig, Duty, DutyKind, DutyStatus
from models.findings import Finding
from models.law import Law
from models.messages import COMMANDS, Command, PlanAkkoord
from models.phases import (
    Afgesloten,
    Afronding,
    EindeOnbeslist,
    Lopend,
    Phase,
    Toewijzing,
    Voorbereiding,
    Voorphase,
    ZonderBetrokkene,
)
from models.verloop import ActieStand, Gehoord, Geld, Verlengingsvraag

REFERENCE = "WZ-2027-000001"
START = date(2027, 1, 4)
"""A Monday; the plan of these cases runs from it for one year."""
END = date(2028, 1, 3)
MAXIMUM = date(2028, 7, 3)
"""The last day of eighteen months from START."""
TODAY = date(2027, 6, 1)
WERK = Actor(rol=Rol.CASEMANAGER_WERK, organisatie="ORG-KOMPAAN-WERK", medewerker="MW-0201")
ZORG = Actor(rol=Rol.CASEMANAGER_ZORG, organisatie="ORG-CAW-LEIE", medewerker="MW-0301")
HEAD_WERK = Actor(rol=Rol.TEAMCOORDINATOR, organisatie="ORG-KOMPAAN-WERK", medewerker="MW-0209")
HEAD_ZORG = Actor(rol=Rol.TEAMCOORDINATOR, organisatie="ORG-CAW-LEIE", medewerker="MW-0309")
VDAB = Actor(rol=Rol.VDAB, organisatie="ORG-VDAB-GENT", medewerker="MW-0103")
NETWORK = Actor(rol=Rol.NETWERKCOORDINATOR, organisatie="ORG-NETWERK-GENT", medewerker="MW-0401")
PROVIDER = Actor(rol=Rol.DIENSTVERLENER, organisatie="ORG-GROEP-INTRO", medewerker="MW-0601")
STRANGER = Actor(rol=Rol.CASEMANAGER_WERK, organisatie="ORG-DE-MEANDER", medewerker="MW-0501")
TEAM = Team(
    werkingsgebied="WG-GENT",
    casemanager_werk=WERK,
    casemanager_zorg=ZORG,
    leiding={HEAD_WERK.organisatie: HEAD_WERK, HEAD_ZORG.organisatie: HEAD_ZORG},
    netwerkcoordinator=NETWORK,
    vdab=VDAB,
)

ACTION = {"domein": "werk", "omschrijving": "meewerken in een keuken", "dienstverlener": "ORG-KOMPAAN-WERK"}
PACKAGE = {
    "domein": "welzijn",
    "omschrijving": "een ritme thuis",
    "dienstverlener": PROVIDER.organisatie,
    "aanbod": "netwerk",
    "pakket": "integraal",
}
STAGE = {
    "domein": "werk",
    "omschrijving": "meedraaien in een wasserij",
    "dienstverlener": "ORG-KOMPAAN-WERK",
    "van": date(2027, 6, 7),
    "tot": date(2027, 12, 6),
    "werkplek": {
        "statuut_nagegaan": "in_orde",
        "werkervaringsstage": True,
        "begeleider": "ploegbaas",
        "verzekering": "in_orde",
        "uren": [{"vanaf": date(2027, 6, 7), "uren_per_week": 4}],
        "mag_weten": "dat ik na een pauze weer begin",
    },
}
EXPLORED = ("rechten", "competenties", "voorkeur", "groeimogelijkheden", "noden")
LINE = {"lijn": "netwerk", "organisatie": PROVIDER.organisatie}
CONTENTS: dict[str, dict[str, Any]] = {
    "toewijzing_beslissen": {
        "opdracht": "toewijzing",
        "casemanager_werk": WERK.model_dump(mode="json"),
        "casemanager_zorg": ZORG.model_dump(mode="json"),
    },
    "plan_akkoord": {
        "opdracht": "trajectplan",
        "doel": "weer een dagritme",
        "start": START,
        "einde": END,
        "acties": [ACTION],
        "afspraken": "ieder verwittigt",
        "periodiciteit_maanden": 3,
    },
    "review_vastleggen": {"opdracht": "review/1", "eigen_woorden": "het gaat", "vervolg": "verdergaan"},
    "nog_opgeschort": {"opdracht": "hervatting/1", "toelichting": "nog in opname"},
    "eindverslag_indienen": {
        "opdracht": "eindverslag",
        "vorm": "volledig",
        "acties": "gesprekken",
        "resultaten": "dagritme",
        "informatie_team": "kan starten",
        "informatie_dienstverleners": "keuken wil verder",
        "gesprek": "besproken",
    },
    "afronden_zonder_betrokkene": {"opdracht": "afronding", "notitie": "afgesloten"},
    "herstel_beslissen": {"opdracht": "herstel/x#1", "keuze": "opnieuw", "toelichting": "schijf vol"},
    "opdracht_bezig": {
        "opdracht": "trajectplan",
        "verwacht_op": date(2027, 7, 1),
        "toelichting": "wacht op arts",
    },
    "opdracht_besluiten": {"opdracht": "review/1", "toelichting": "gaat niet door"},
    "opschorten": {"van": TODAY, "oorzaak": "ziekte"},
    "hervatten": {"per": TODAY},
    "verlengen": {"einde": date(2028, 3, 1), "motivering": "nog twee stappen"},
    "stopzetten": {"einde": TODAY, "oorzaak": "op_vraag"},
    "rechtzetten": {"veld": "start", "oud": str(START), "nieuw": "2027-01-05", "waarom": "tikfout"},
    "afspraak": {"gepland_op": date(2027, 6, 8), "waar": "kantoor", "hoe": "gesprek"},
    "contactnota": {"nota": "gebeld"},
    "overleden": {"overleden_op": TODAY},
    "overleden_ongedaan": {},
    "heropenen": {"einde": date(2028, 3, 1)},
    "herverdelen": {"rol": "casemanager_werk", "organisatie": "ORG-VDAB-GENT"},
    "herzie_parameters": {},
    "eerste_gesprek": {
        "opdracht": "eerste_gesprek",
        "waar": "thuis",
        "hoe": "huisbezoek",
        "geinformeerd": ["einddoel", "duur"],
    },
    "informeren": {"opdracht": "informeren", "geinformeerd": ["werk", "zorg", "samenwerking", "gegevens"]},
    "verkennen": dict.fromkeys(EXPLORED, "besproken"),
    "participatieladder": {"niveau": 2, "groeipotentieel": 5},
    "meting_vastleggen": {"opdracht": "meting/6", "niveau": 3},
    "voorfase_actie": {"actie": ACTION},
    "andere_casemanager_vragen": {"rol": "casemanager_zorg"},
    "verhuizen": {"nis_code": "31005", "per": TODAY},
    "overdracht_bevestigen": {"opdracht": "overdracht/casemanager_werk"},
    "aanbod_antwoorden": {"opdracht": "aanbod/2", "antwoord": "bevestigd", "vanaf": date(2027, 6, 14)},
    "actie_herzien": {"opdracht": "actie/2", "keuze": "vervalt", "toelichting": "niet meer nodig"},
    "plan_wijzigen": {"aard": "wezenlijk", "wat": "een ander doel", "doel": "weer werken"},
    "wijziging_voorstellen": {"actie": 2, "voorstel": "een dag later"},
    "voorstel_beslissen": {"opdracht": "voorstel/2", "besluit": "aanvaard", "motivering": "past beter"},
    "pakket_starten": {"actie": 2, "eerste_gesprek_op": TODAY},
    "pakket_evalueren": {
        "opdracht": "pakket/2",
        "doel": "ritme",
        "gedaan": "gesprekken",
        "resultaat": "ritme",
        "eigen_woorden": "het lukt",
        "vervolg": "geen",
    },
    "opschorting_bespreken": {
        "opdracht": "opschortingsgesprek/1",
        "keuze": "wachten",
        "toelichting": "nog in opname",
    },
    "beslispunt_beslissen": {"opdracht": "beslispunt", "keuze": "afronden", "motivering": "doel bereikt"},
    "verlenging_beslissen": {
        "opdracht": "verlenging",
        "besluit": "toegestaan",
        "einde": date(2028, 9, 1),
        "motivering": "bijna aan het werk",
    },
    "stopgesprek": {"stap": "motiverend", "verslag": "besproken wat anders kan"},
    "contactpoging": {"kanaal": "telefoon"},
    "uitkomst_vastleggen": {"uitkomst": "artikel_60", "nazorg": True, "sinds": TODAY},
    "nazorg_vastleggen": {"opdracht": "nazorg/1", "nota": "het gaat goed"},
    "vdab_registratie": {"wat": "eindverslag", "geregistreerd_op": TODAY},
    "andere_vergoeding": {"bedrag": "250.00", "waarvoor": "taalles", "van_wie": "de stad"},
    "verdeelstaat_indienen": {
        "opdracht": "verdeelstaat",
        "verdelingen": [
            {"dienstverlener": PROVIDER.organisatie, "bedrag": "900.00", "waarvoor": "gesprekken"}
        ],
    },
    "vergoeding_betwisten": {**LINE, "waarom": "niet uitgevoerd"},
    "hoorzitting": {**LINE, "verweer": "de deelnemer was ziek"},
    "terugvordering_beslissen": {**LINE, "bedrag": "100.00", "motivering": "deels niet uitgevoerd"},
}
"""Contents with which each command is well formed, by its name."""


def command(name: str, **changes: Any) -> Command:
    """A command of TODAY from the casemanager werk, with some fields changed."""
    return COMMANDS[name].model_validate({"datum": TODAY, "door": WERK, **CONTENTS[name], **changes})


def plan(**changes: Any) -> PlanAkkoord:
    """The plan of these cases, agreed on its first day."""
    made = command("plan_akkoord", **({"datum": START} | changes))
    assert isinstance(made, PlanAkkoord)
    return made


def rest(van: date, tot: date | None = None, **more: Any) -> Rest:
    """A suspension for illness."""
    return Rest(**({"van": van, "tot": tot, "verwacht": None, "oorzaak": "ziekte"} | more))


def facts(*rests: Rest, extensions: tuple[int, ...] = (), **more: Any) -> Facts:
    """What is known of a case with these suspensions and these changes of length in days."""
    known: dict[str, Any] = {
        "reference": REFERENCE,
        "nis_code": "44021",
        "start": START,
        "team": TEAM,
        "werkingsgebied": TEAM.werkingsgebied,
        **more,
    }
    return Facts(rests=rests, extensions=tuple(Extension(dagen=days) for days in extensions), **known)


def action(number: int, contents: dict[str, Any], **more: Any) -> ActieStand:
    """An action that is in the plan since its start."""
    return ActieStand(nummer=number, actie=Actie.model_validate(contents), sinds=START, **more)


def asked(**more: Any) -> Verlengingsvraag:
    """A request to VDAB for an end beyond the maximum."""
    return Verlengingsvraag(**({"gevraagd_op": TODAY, "tot": date(2028, 9, 1)} | more))


def guided(*rests: Rest, **more: Any) -> Facts:
    """A case in which every command has something to be about: actions, a request for more, a hearing."""
    known: dict[str, Any] = {
        "acties": (
            action(1, ACTION),
            action(2, PACKAGE, vraag_vanaf=START),
            action(3, {**PACKAGE, "omschrijving": "koken"}, vervallen=True),
        ),
        "verlenging": asked(),
        "geld": Geld(gehoord=(Gehoord(op=TODAY, lijn="netwerk", organisatie=PROVIDER.organisatie),)),
        **more,
    }
    return facts(*rests, **known)


def duty(kind: DutyKind, key: str | None = None, addressee: Actor = WERK, **more: Any) -> Duty:
    """A live duty that is due at the end of June 2027."""
    due = Finding[date | None](value=date(2027, 6, 30), rule="x", article="x", reden="x")
    known = {"key": key or str(kind), "kind": kind, "vraag": "x", "addressee": addressee, "opened_on": TODAY}
    return Duty(**(known | {"due": due} | more))


def bezig(times: int) -> dict[str, Any]:
    """How a duty looks that was promised so many times."""
    promise = Bezig(verwacht_op=date(2027, 7, 1), reden="x")
    return {"status": DutyStatus.BEZIG, "bezig": (promise,) * times} if times else {}


def ended(**more: Any) -> Afgesloten:
    """The closed phase of a trajectory that ran to its planned end."""
    known = {"plan": plan(), "einde": END, "vorm": "volledig", "oorzaak": "x", "gesloten_op": END}
    return Afgesloten(**(known | more))


def dead(vorige: Voorphase) -> ZonderBetrokkene:
    """The phase after a death in another phase."""
    return ZonderBetrokkene(overleden_op=TODAY, command_id="cmd-dood", vorige=vorige)


PHASES: dict[str, Phase] = {
    "toewijzing": Toewijzing(),
    "voorbereiding": Voorbereiding(),
    "lopend": Lopend(plan=plan()),
    "einde_onbeslist": EindeOnbeslist(plan=plan(einde=MAXIMUM), einde=MAXIMUM),
    "afronding": Afronding(plan=plan(), einde=END, vorm="volledig", oorzaak="x"),
    "afgesloten": ended(),
    "afgesloten na overlijden": ended(vorm="overlijden", overlijden=dead(Lopend(plan=plan()))),
    "zonder_betrokkene": dead(Voorbereiding()),
}
"""A case in each phase; a closed one also after a death."""


def state(law: Law, phase: str | Phase = "lopend", *duties: Duty, known: Facts | None = None) -> CaseState:
    """A case in a phase, with these duties."""
    where = PHASES[phase] if isinstance(phase, str) else phase
    by_key = {each.key: each for each in duties}
    return CaseState(law=law, facts=known or facts(), phase=where, duties=by_key)


SPEAKERS = {
    "werk": WERK,
    "zorg": ZORG,
    "vdab": VDAB,
    "coordinator": HEAD_WERK,
    "operaties": OPERATIES,
    "werk elders": STRANGER,
    "deelnemer": Actor(rol=Rol.DEELNEMER, organisatie="PERSOON"),
    "dienstverlener": PROVIDER,
    "dienstverlener elders": Actor(rol=Rol.DIENSTVERLENER, organisatie="ORG-OCMW-GENT"),
    "netwerkcoordinator": NETWORK,
    "netwerkcoordinator elders": NETWORK.model_copy(update={"organisatie": "ORG-NETWERK-LEUVEN"}),
}
"""Somebody in each role that could try to send something."""
