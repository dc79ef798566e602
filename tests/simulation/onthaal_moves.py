"""What kernpartners, receiving desks and operations send in an onthaaltraject."""

from typing import Any

from models.duties import Duty, DutyKind
from tests.simulation.chance import Chance, Move, answered
from tests.simulation.draws import Answer, Draw, answering, happening
from tests.simulation.intake_known import HELD, IntakeKnown
from tests.simulation.intake_moves import ENDINGS, EVERY_STORY, MANY_TRIES, told
from tests.simulation.known import Known

SCOPES = ("levensdomeinen", "rechten", "overdracht")
GIVEN_BACK = ("buiten_werking", "geen_plaats", "belangenconflict", "al_elders_gekend")
WAYS = ("telefoon", "brief", "mail", "sms", "huisbezoek", "hulpverlener")
MOMENTS = ("voormiddag", "namiddag", "avond", "weekend")
ENDS = ("georienteerd_en_aangekomen", "alleen_informatie", "op_vraag", "verhuisd", "door_hulpverlener")
CHOSEN = ("ORG-CAW-LEIE", "ORG-DMW-SCHELDEZORG", "ORG-OCMW-GENT", "ORG-OCMW-BRUGGE")
DESKS = ("ORG-CVO-DE-VEERMAN", "ORG-MAATWERK-DE-KAAI")


def receive(chance: Chance, known: Known, duty: Duty) -> Move:
    """The kernpartner takes the person on, or gives back."""
    if chance.random.random() < 0.25:
        oorzaak = chance.random.choice(GIVEN_BACK)
        return answered("ontvangst_teruggeven", chance, known, duty, oorzaak=oorzaak)
    return answered("ontvangst_bevestigen", chance, known, duty)


def name_partner(chance: Chance, known: Known, duty: Duty) -> Move:
    """Operations name a kernpartner."""
    organisatie = chance.random.choice(CHOSEN)
    return answered("kernpartner_aanduiden", chance, known, duty, organisatie=organisatie)


def begin(chance: Chance, known: Known, duty: Duty) -> Move:
    """The first talk."""
    return answered("onthaal_starten", chance, known, duty, waar="thuis")


def arrived(chance: Chance, known: Known, duty: Duty) -> Move:
    """The receiving desk says whether the person arrived."""
    aangekomen = chance.random.choice(("ja", "nee", "onbekend"))
    return answered("aankomst_melden", chance, known, duty, aangekomen=aangekomen)


def still_needed(chance: Chance, known: Known, duty: Duty) -> Move:
    """Whether it is still needed, mostly; and why."""
    nodig = chance.random.random() < 0.8
    return answered("nog_nodig_antwoorden", chance, known, duty, nodig=nodig, waarom="Schulden lopen nog.")


def try_to_reach(chance: Chance, known: Known) -> Move | None:
    """An attempt to reach the person."""
    payload = {
        "kanaal": chance.random.choice(WAYS),
        "moment": chance.random.choice(MOMENTS),
        "bezoek_aangeboden": chance.random.random() < 0.5,
    }
    return told(chance, known, "onthaal_contactpoging", payload, *HELD)


def refuse(chance: Chance, known: Known) -> Move | None:
    """The person does not want contact."""
    return told(chance, known, "contact_weigeren", {}, "doorgifte", "kennismaking")


def not_reached(chance: Chance, known: Known) -> Move | None:
    """A named human says so, with a reason where not everything was tried."""
    return told(chance, known, "onbereikbaar_vaststellen", {"reden": "Nergens gevonden."}, *HELD)


def consent(chance: Chance, known: Known) -> Move | None:
    """The person consents."""
    scopes = chance.random.sample(SCOPES, chance.random.randint(1, 3))
    return told(chance, known, "toestemming_geven", {"reikwijdte": scopes}, "onthaal")


def take_back(chance: Chance, known: Known) -> Move | None:
    """The person takes a consent back."""
    scopes = [chance.random.choice(SCOPES)]
    return told(chance, known, "toestemming_intrekken", {"reikwijdte": scopes}, "onthaal")


def _consented(chance: Chance, known: Known, scope: str, name: str, payload: dict[str, Any]) -> Move | None:
    assert isinstance(known, IntakeKnown)
    return told(chance, known, name, payload, "onthaal") if scope in known.consents else None


def explore(chance: Chance, known: Known) -> Move | None:
    """A life domain."""
    domein = chance.random.choice(("wonen", "administratie", "inkomen_en_schulden"))
    return _consented(chance, known, "levensdomeinen", "levensdomein_vastleggen", {"domein": domein})


def measure(chance: Chance, known: Known) -> Move | None:
    """The social benefits at the start or at the end."""
    rights = [{"code": "huurpremie", "recht": "ja", "drempel": "samenleving"}]
    meting = chance.random.choice(("nul", "eind"))
    told_of = {"meting": meting, "methode": "gesprek", "minuten": 40, "fiche": "2030-1", "rechten": rights}
    return _consented(chance, known, "rechten", "rechten_meten", told_of)


def hand_over(chance: Chance, known: Known) -> Move | None:
    """A talk with three."""
    talk = {"organisatie": "ORG-OCMW-GENT", "gesprek_op": str(known.today), "afspraken": "Samen bellen."}
    return _consented(chance, known, "overdracht", "warme_overdracht", talk)


def orient(chance: Chance, known: Known) -> Move | None:
    """The person chose where to go on; sometimes a desk is asked whether they arrived."""
    desk = {"ontvanger": chance.random.choice(DESKS)} if chance.random.random() < 0.5 else {}
    return told(
        chance, known, "orienteren", {"opties": ["taalles", "sport"], "keuze": "sport", **desk}, "onthaal"
    )


def end(chance: Chance, known: Known) -> Move | None:
    """It ends."""
    return told(chance, known, "onthaal_beeindigen", {"oorzaak": chance.random.choice(ENDS)}, *HELD)


def call_back(chance: Chance, known: Known) -> Move | None:
    """The person calls back."""
    return told(chance, known, "onthaal_heropenen", {}, "beeindigd")


ANSWER: dict[DutyKind, tuple[int, Answer]] = {
    DutyKind.KERNPARTNER: (6, name_partner),
    DutyKind.ONTVANGST: (4, receive),
    DutyKind.CONTACT: (5, begin),
    DutyKind.AANKOMST: (3, arrived),
    DutyKind.NOG_NODIG: (3, still_needed),
    **ENDINGS,
}
UNSOLICITED: list[tuple[int, Draw]] = [
    *EVERY_STORY,
    (6, try_to_reach),
    (4, refuse),
    (3, not_reached),
    (24, consent),
    (8, take_back),
    (16, explore),
    (16, measure),
    (16, hand_over),
    (10, orient),
    (2, end),
    (14, call_back),
]
answer = answering(ANSWER)
unsolicited = happening(UNSOLICITED, MANY_TRIES)
