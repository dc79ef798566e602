"""What each report prints: one context per template of the same name in `templates/reports/`."""

from datetime import date
from typing import Literal

from models.messages import ActieReview
from models.printed import Contact, Printed, Waarom


class Report(Printed):
    """What every report has: the reference, its date, whom it is about and who wrote it."""

    kenmerk: str
    datum: date
    deelnemer: str
    geboortedatum: date | None
    casemanagers: tuple[Contact, ...]


class EigenActie(Printed):
    """What the participant does: the action, in which domain and with whose help."""

    omschrijving: str
    domein: str
    met: str | None


class AndermansAandeel(Printed):
    """What somebody else does in the plan."""

    wie: str
    wat: tuple[str, ...]


class Trajectplan(Report):
    """The integrated plan with its six elements (art. 15), in the participant's voice."""

    doel: str
    dit_doe_ik: tuple[EigenActie, ...]
    dit_doen_anderen: tuple[AndermansAandeel, ...]
    start: date
    einde: date
    einde_waarom: Waarom
    periodiciteit_maanden: int
    evaluaties: tuple[date, ...]
    afspraken: str
    akkoord_op: date
    vorm: Literal["schriftelijk", "mondeling"]
    toegelicht_door: str | None


class Reviewverslag(Report):
    """One evaluation talk: the participant's own words, what became of each action, what next."""

    nummer: int
    gehouden_op: date
    voorzien_op: date | None
    voorzien_waarom: Waarom
    eigen_woorden: str
    acties: tuple[ActieReview, ...]
    vervolg: str
    volgende_op: date | None
    volgende_waarom: Waarom | None


class Eindverslag(Report):
    """The end report with its five elements and the reasoned eindadvies (art. 22, art. 14 §2 8°)."""

    vorm: Literal["volledig", "vroegtijdig_met_gesprek", "zonder_gesprek"]
    start: date | None
    einde: date
    doel: str | None
    evaluaties: tuple[date, ...]
    acties: str
    resultaten: str
    informatie_team: str
    informatie_dienstverleners: str
    gesprek: str
    alinea_deelnemer: str | None
    eindadvies: str | None


class Slotnota(Report):
    """The closing note after a death: short and sober."""

    overleden_op: date
    notitie: str
