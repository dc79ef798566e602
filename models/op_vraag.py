"""What documents print that are made when somebody asks for them, and are not kept as history."""

from datetime import date
from typing import Literal

from models.intake_letters import Dienstbrief
from models.letters import Letter, Teambrief
from models.printed import Contact, Printed, Waarom
from models.reports import Report


class Ontvangst(Letter):
    """The letter that says that a request came in, and what happens next."""

    aangevraagd_op: date
    contact: Contact


class Uitnodiging(Letter):
    """The letter that invites to a talk or an evaluation."""

    casemanagers: tuple[Contact, Contact]
    aanleiding: Literal["gesprek", "evaluatie"]
    op: date
    waar: str | None
    """None while no place was agreed."""
    hoe: Literal["gesprek", "telefoon", "video", "huisbezoek", "andere"] | None


class EvaluatieUitnodiging(Dienstbrief):
    """The letter that invites to the talk of the yearly evaluation of AMA; nothing of a permission or a benefit."""

    gepland: bool
    """Whether the talk has a day; else it is held at the latest on `op`, where that day has not passed."""
    op: date | None
    waar: str | None
    """None while no place was agreed."""
    hoe: Literal["gesprek", "telefoon", "video", "huisbezoek", "andere"] | None


class Opschorting(Teambrief):
    """The letter that says that the trajectory rests, without its cause, and how it goes on."""

    van: date
    verwacht: date | None
    """The first day on which it is expected to run again."""
    uiterste_einde: date | None
    uiterste_waarom: Waarom | None


class Verlenging(Teambrief):
    """The letter that says that the trajectory lasts longer, until when and why that day."""

    beslist_op: date
    door: Literal["team", "vdab"]
    einde: date
    einde_waarom: Waarom


class ActieRegel(Printed):
    """An action of the plan on one line, with what its provider last said."""

    wat: str
    met: str | None
    stand: str


class VorigeActie(Printed):
    """What became of an action at the evaluation before."""

    actie: str
    resultaat: str


class VorigeEvaluatie(Printed):
    """What was agreed at the evaluation before, and how satisfied the participant was."""

    gehouden_op: date
    acties: tuple[VorigeActie, ...]
    vervolg: str
    tevredenheid: str | None


class Voorbereidingsfiche(Report):
    """The one page that prepares an evaluation: plan, what was agreed, what to ask."""

    nummer: int
    op: date | None
    op_waarom: Waarom
    doel: str
    acties: tuple[ActieRegel, ...]
    meer_acties: int
    """How many actions the page has no room for."""
    vorige: VorigeEvaluatie | None
