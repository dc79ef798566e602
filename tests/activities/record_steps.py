"""Steps and requests as trajectories and senders would write them, for the tests of the record."""

from datetime import UTC, date, datetime
from typing import Any

from models.aanvraag import Aanvraag
from models.actors import OPERATIES, Actor, Rol, Team
from models.duties import Duty, DutyKind
from models.findings import Finding
from models.steps import CurrentDate, Event, LetterHold, MessageOrder, Stand, Step

REFERENCE = "WZ-2026-000001"
WORKFLOW = f"activeringstraject/{REFERENCE}"
START = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)

JAN = Actor(rol=Rol.CASEMANAGER_ZORG, organisatie="ORG-CAW-LEIE", medewerker="MW-0301")
AN = Actor(rol=Rol.CASEMANAGER_WERK, organisatie="ORG-VDAB-GENT", medewerker="MW-0101")
NELE = Actor(rol=Rol.CASEMANAGER_ZORG, organisatie="ORG-DE-MEANDER", medewerker="MW-0501")
ELS = OPERATIES.model_copy(update={"medewerker": "MW-0001"})
DEELNEMER = Actor(rol=Rol.DEELNEMER, organisatie="PERSOON", medewerker=None)
TEAM = Team(werkingsgebied="WG-GENT", casemanager_werk=AN, casemanager_zorg=JAN, leiding={})


def clock() -> datetime:
    return NOW


def request(**changes: Any) -> Aanvraag:
    persoon = {"voornaam": "Noor", "achternaam": "Verzonnen", "geboortedatum": "1990-02-28"}
    contents = {
        "sleutel": "aanvraag-1",
        "soort": "activeringstraject",
        "ingediend_op": START,
        "nis_code": "44021",
        "persoon": persoon | changes.pop("persoon", {}),
    }
    return Aanvraag.model_validate(contents | changes)


def because(value: date | None) -> Finding[date | None]:
    return Finding(value=value, rule="test", article="D2022 art. 15", reden="omdat het zo is")


def duty(key: str = "trajectplan", **changes: Any) -> Duty:
    contents: dict[str, Any] = {
        "key": key,
        "kind": DutyKind.TRAJECTPLAN,
        "vraag": "Maak het trajectplan op",
        "addressee": JAN,
        "opened_on": START,
        "due": because(date(2027, 1, 4)),
    }
    return Duty(**contents | changes)


def event(seq: int, **changes: Any) -> Event:
    contents: dict[str, Any] = {
        "seq": seq,
        "soort": "opdracht_geopend",
        "datum": START,
        "ingevoerd_op": START,
        "tekst": f"Gebeurtenis {seq}.",
    }
    return Event(**contents | changes)


def mail(key: str, to: Actor = JAN) -> MessageOrder:
    return MessageOrder(key=key, soort="aankondiging", to=to, opdracht="trajectplan", as_of=START)


def letter(key: str) -> MessageOrder:
    return MessageOrder(key=key, soort="brief", to=DEELNEMER, as_of=START, document="kennismaking")


def stand(**changes: Any) -> Stand:
    contents: dict[str, Any] = {
        "fase": "voorbereiding",
        "start": START,
        "einde": None,
        "opgeschort": False,
        "te_laat": False,
        "volgende_opdracht": "trajectplan",
        "volgende_termijn": datetime(2027, 1, 4, 6, tzinfo=UTC),
        "dates": (CurrentDate(naam="trajectplan", on=because(date(2027, 1, 4))),),
        "team": TEAM,
    }
    return Stand(**contents | changes)


def step(number: int = 1, **changes: Any) -> Step:
    contents: dict[str, Any] = {
        "workflow_id": WORKFLOW,
        "reference": REFERENCE,
        "number": number,
        "as_of": START,
        "events": (event(number),),
        "duties": (),
        "messages": (),
        "stand": stand(),
    }
    return Step(**contents | changes)


def hold(command_id: str = "cmd-dood", overleden_op: date = date(2026, 11, 5)) -> LetterHold:
    return LetterHold(command_id=command_id, hold=True, overleden_op=overleden_op)


def release(command_id: str = "cmd-toch-niet") -> LetterHold:
    return LetterHold(command_id=command_id, hold=False, overleden_op=None)
