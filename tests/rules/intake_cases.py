"""States and commands to try the rules of a toeleiding and of an onthaaltraject on, each in each of its phases."""

from datetime import date
from typing import Any

from models.actors import OPERATIES, Actor, Omkadering, Rol
from models.command import Command
from models.commands import OF_KIND
from models.duties import Duty
from models.law import Law
from models.onthaal import OnthaalContactpoging, Orienteren
from models.onthaal_case import Doorgegeven, OnthaalFacts, OnthaalState, Toestemming
from models.phases import (
    Aanvullen,
    Beeindigd,
    Beslissing,
    Beslist,
    Doorgifte,
    Ingetrokken,
    Kennismaking,
    Onthaal,
    Phase,
    Routering,
    Screening,
    Voorphase,
    ZonderBetrokkene,
)
from models.toeleiding import ToeleidingBeslissen
from models.toeleiding_case import ToeleidingFacts, ToeleidingState
from tests.rules import cases

START = date(2027, 1, 4)
TODAY = date(2027, 6, 1)
REQUESTER = Actor(rol=Rol.AANVRAGER, organisatie="ORG-GTB-GENT")
SCREENER = Actor(rol=Rol.SCREENER, organisatie="ORG-VDAB-GENT", medewerker="MW-0104")
VDAB = Actor(rol=Rol.VDAB, organisatie="ORG-VDAB-GENT", medewerker="MW-0103")
HEAD = Actor(rol=Rol.TEAMCOORDINATOR, organisatie="ORG-VDAB-GENT", medewerker="MW-0109")
ADVISER = Actor(rol=Rol.DIENSTVERLENER, organisatie="ORG-OCMW-GENT")
CAW = Actor(rol=Rol.KERNPARTNER, organisatie="ORG-CAW-LEIE", medewerker="MW-0304")
DMW = Actor(rol=Rol.KERNPARTNER, organisatie="ORG-DMW-SCHELDEZORG", medewerker="MW-2101")
HEAD_CAW = Actor(rol=Rol.TEAMCOORDINATOR, organisatie="ORG-CAW-LEIE", medewerker="MW-0309")
SPEAKERS = {
    "aanvrager": REQUESTER,
    "aanvrager elders": REQUESTER.model_copy(update={"organisatie": "ORG-OCMW-GENT"}),
    "vdab": VDAB,
    "vdab elders": VDAB.model_copy(update={"organisatie": "ORG-VDAB-BRUGGE"}),
    "screener": SCREENER,
    "screener elders": SCREENER.model_copy(update={"organisatie": "ORG-VDAB-BRUGGE"}),
    "leiding": HEAD,
    "kernpartner": CAW,
    "andere kernpartner": DMW,
    "leiding kernpartner": HEAD_CAW,
    "dienstverlener": ADVISER,
    "casemanager werk": cases.WERK,
    "deelnemer": Actor(rol=Rol.DEELNEMER, organisatie="PERSOON"),
    "operaties": OPERATIES,
}
"""Somebody in each role that could try to send something."""

JUDGED = {"aanwezig": True, "motivering": "x"}
SHARED: dict[str, dict[str, Any]] = {
    name: cases.CONTENTS[name]
    for name in ("afronden_zonder_betrokkene", "herstel_beslissen", "contactnota", "overleden_ongedaan")
} | {
    "herzie_parameters": {},
    "opdracht_bezig": {"opdracht": "screening", "verwacht_op": "2031-07-01", "toelichting": "x"},
    "opdracht_besluiten": {"opdracht": "bevindingen", "toelichting": "x"},
    "rechtzetten": {"veld": "start", "oud": "2027-01-04", "nieuw": "2027-01-05", "waarom": "x"},
    "afspraak": {"gepland_op": "2029-01-08", "waar": "x", "hoe": "gesprek"},
    "overleden": {"overleden_op": "2027-01-05"},
}
TOELEIDING: dict[str, dict[str, Any]] = SHARED | {
    "aanvraag_aanvullen": {"opdracht": "aanvullen", "eigen_woorden": "x"},
    "wachten_op_derde": {"document": "x", "bij": "x"},
    "derde_opvolgen": {"opdracht": "derde", "keuze": "ontvangen"},
    "onvolledig_beslissen": {"opdracht": "onvolledig", "keuze": "verder_met_wat_er_is", "toelichting": "x"},
    "bevindingen_bekijken": {"opdracht": "bevindingen", "toelichting": "x"},
    "advies_vragen": {"organisatie": "ORG-OCMW-GENT"},
    "advies_geven": {"opdracht": "advies/ORG-OCMW-GENT", "advies": "x"},
    "screening_vastleggen": {
        "opdracht": "screening",
        **dict.fromkeys(("doet_en_wil", "sterktes", "hindernissen", "hulp", "advies"), "x"),
    },
    "toeleiding_beslissen": {
        "opdracht": "beslissing",
        "problematiek": JUDGED,
        "groeimogelijkheden": JUDGED,
        "route": "activeringstraject",
    },
    "aanvraag_intrekken": {},
    "bezwaar_noteren": {"soort": "klacht", "inhoud": "x"},
    "bezwaar_beantwoorden": {"opdracht": "bezwaar", "antwoord": "x"},
}
ONTHAAL: dict[str, dict[str, Any]] = SHARED | {
    "ontvangst_bevestigen": {"opdracht": "ontvangst"},
    "ontvangst_teruggeven": {"opdracht": "ontvangst", "oorzaak": "geen_plaats"},
    "kernpartner_aanduiden": {"opdracht": "kernpartner", "organisatie": "ORG-CAW-LEIE"},
    "onthaal_contactpoging": {"kanaal": "telefoon", "moment": "avond"},
    "onthaal_starten": {"opdracht": "contact", "waar": "thuis"},
    "contact_weigeren": {},
    "onbereikbaar_vaststellen": {},
    "toestemming_geven": {"reikwijdte": ["levensdomeinen"]},
    "toestemming_intrekken": {"reikwijdte": ["levensdomeinen"]},
    "levensdomein_vastleggen": {"domein": "wonen"},
    "rechten_meten": {
        "meting": "nul",
        "methode": "gesprek",
        "minuten": 30,
        "fiche": "2027-01",
        "rechten": [{"code": "sociaal_tarief_energie", "recht": "ja"}],
    },
    "orienteren": {"opties": ["caw", "ocmw"], "keuze": "caw"},
    "aankomst_melden": {"opdracht": "aankomst/1", "aangekomen": "ja"},
    "warme_overdracht": {"organisatie": "ORG-OCMW-GENT", "gesprek_op": "2027-06-01", "afspraken": "x"},
    "nog_nodig_antwoorden": {"opdracht": "nog_nodig/1", "nodig": True},
    "onthaal_beeindigen": {"oorzaak": "op_vraag"},
    "onthaal_heropenen": {},
}
CONTENTS = {"toeleiding": TOELEIDING, "onthaaltraject": ONTHAAL}
"""Contents with which each command of a kind is well formed, by its name."""


def command(kind: str, name: str, **changes: Any) -> Command:
    """A command of TODAY, with some fields changed."""
    told = {"datum": TODAY, "door": OPERATIES, **CONTENTS[kind][name], **changes}
    return OF_KIND[kind][name].model_validate(told)


def decision(**changes: Any) -> ToeleidingBeslissen:
    """A decision of VDAB."""
    made = command("toeleiding", "toeleiding_beslissen", **changes)
    assert isinstance(made, ToeleidingBeslissen)
    return made


def dead(vorige: Voorphase) -> ZonderBetrokkene:
    """The phase after a death in another phase."""
    return ZonderBetrokkene(overleden_op=TODAY, command_id="cmd-dood", vorige=vorige)


IN_TOELEIDING: dict[str, Phase] = {
    "aanvullen": Aanvullen(),
    "screening": Screening(),
    "beslissing": Beslissing(),
    "beslist": Beslist(beslissing=decision(), gesloten_op=TODAY),
    "beslist na overlijden": Beslist(
        beslissing=decision(),
        gesloten_op=TODAY,
        overlijden=dead(Beslist(beslissing=decision(), gesloten_op=TODAY)),
    ),
    "ingetrokken": Ingetrokken(gesloten_op=TODAY),
    "ingetrokken na overlijden": Ingetrokken(gesloten_op=TODAY, overlijden=dead(Screening())),
    "zonder_betrokkene": dead(Screening()),
}
"""A toeleiding in each phase; a closed one also after a death."""
ENDED = {"oorzaak": "op_vraag", "einde": TODAY, "gesloten_op": TODAY}
IN_ONTHAAL: dict[str, Phase] = {
    "routering": Routering(),
    "doorgifte": Doorgifte(),
    "kennismaking": Kennismaking(),
    "onthaal": Onthaal(gestart_op=TODAY),
    "beeindigd": Beeindigd.model_validate(ENDED),
    "beeindigd na overlijden": Beeindigd.model_validate({**ENDED, "overlijden": dead(Kennismaking())}),
    "zonder_betrokkene": dead(Kennismaking()),
}
"""An onthaaltraject in each phase; an ended one also after a death."""
OMKADERING = Omkadering(vdab=VDAB, leiding={HEAD.organisatie: HEAD})


def asked(**more: Any) -> ToeleidingFacts:
    """A request that GTB filed in Gent."""
    known = {"aanvrager": REQUESTER, "omkadering": OMKADERING, "screener": SCREENER, **more}
    return ToeleidingFacts(reference="WZ-2027-000001", nis_code="44021", start=START, **known)


def toeleiding(law: Law, phase: str = "screening", *duties: Duty, **more: Any) -> ToeleidingState:
    """A toeleiding in a phase, with these duties and facts."""
    by_key = {each.key: each for each in duties}
    return ToeleidingState(law=law, facts=asked(**more), phase=IN_TOELEIDING[phase], duties=by_key)


def handed_off(**more: Any) -> OnthaalFacts:
    """A person who is with the CAW since START."""
    known = {
        "doorgiften": (Doorgegeven(aan=CAW, van=START, afgeleverd_op=START),),
        "volgorde": (CAW, DMW),
        "leiding": {HEAD_CAW.organisatie: HEAD_CAW},
        **more,
    }
    return OnthaalFacts(reference="OT-2027-000001", nis_code="44021", start=START, **known)


def onthaal(law: Law, phase: str | Phase = "onthaal", *duties: Duty, **more: Any) -> OnthaalState:
    """An onthaaltraject in a phase, with these duties and facts."""
    where = IN_ONTHAAL[phase] if isinstance(phase, str) else phase
    by_key = {each.key: each for each in duties}
    return OnthaalState(law=law, facts=handed_off(**more), phase=where, duties=by_key)


def consent(*scopes: str, tot: date | None = None) -> tuple[Toestemming, ...]:
    """What the person consented to, until a day."""
    return tuple(Toestemming(reikwijdte=scope, van=START, tot=tot) for scope in scopes)


def attempt(kanaal: str = "telefoon", moment: str = "avond", bezoek: bool = False) -> OnthaalContactpoging:
    """One attempt to reach the person, in vain."""
    told = {"kanaal": kanaal, "moment": moment, "bezoek_aangeboden": bezoek}
    made = command("onthaaltraject", "onthaal_contactpoging", **told)
    assert isinstance(made, OnthaalContactpoging)
    return made


def oriented(**more: Any) -> Orienteren:
    """The person chose where to go on."""
    made = command("onthaaltraject", "orienteren", **more)
    assert isinstance(made, Orienteren)
    return made
