"""Orders for statements of subsidy, what comes of them, and what they print: references of dossiers, never names."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from models.actors import Code
from models.findings import Finding
from models.printed import Printed

Formaat = Literal["pdf", "xlsx", "csv"]


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True)


class JaarstaatOrder(_Told):
    """Draw up the yearly statement of one begeleider, once."""

    organisatie: Code
    jaar: int
    as_of: date


class KwartaalOrder(_Told):
    """Draw up every quarter overview that is due on a day: at most so many holders, after a given one."""

    as_of: date
    after: str = ""
    at_most: int = 20


class Opgemaakt(_Told):
    """A statement that is there now: its id and number, and whether it was drawn up just now."""

    id: str
    nummer: int
    nieuw: bool


class KwartaalResult(_Told):
    """What a round did: overviews drawn up, those that were there, who could not be stated and why, where to go on."""

    opgemaakt: int = 0
    stond_er_al: int = 0
    niet_gelukt: tuple[str, ...] = ()
    next_after: str | None = None
    """The holder to go on after; none when everything due is there."""

    def __add__(self, later: "KwartaalResult") -> "KwartaalResult":
        """The sum of two parts of a round, which goes on where the later one stopped."""
        return KwartaalResult(
            opgemaakt=self.opgemaakt + later.opgemaakt,
            stond_er_al=self.stond_er_al + later.stond_er_al,
            niet_gelukt=self.niet_gelukt + later.niet_gelukt,
            next_after=later.next_after,
        )


class Ontbreekt(_Told):
    """Something that a year still lacks before it can be closed: whose it is, of which dossier, and since when."""

    organisatie: Code
    dossier: str | None
    """None for what is about the organisation as a whole."""
    wat: Literal[
        "evaluatie", "dimona", "verzekering", "overeenkomst", "einddatum", "te_beslissen", "jaarstaat"
    ]
    tekst: str
    tegen: date | None = None


class StaatPost(Printed):
    """One printed line: which participant, what, how many days, how much and why."""

    kenmerk: str
    wat: str
    dagen: int
    bedrag: str
    waarom: Finding[Any]


class Subsidiestaat(Printed):
    """What both statements have: a reference, whose it is, which one, and what the amounts rest on."""

    kenmerk: str
    datum: date
    organisatie: str
    nummer: int
    aannames: tuple[str, ...]
    """What the amounts rest on that was not seen in law, one sentence each."""


class Jaarstaat(Subsidiestaat):
    """The yearly statement for one begeleider: a line a participant, corrections, and what a human must decide."""

    jaar: int
    rechten: tuple[StaatPost, ...]
    correcties: tuple[StaatPost, ...]
    te_beslissen: tuple[StaatPost, ...]
    recht: str
    correctie: str
    saldo: str
    beslissen: str


class KwartaalPost(Printed):
    """One printed line of money of a quarter overview."""

    wat: str
    bedrag: str
    waarom: Finding[Any]


class Kwartaaloverzicht(Subsidiestaat):
    """The quarter overview for the holder of a contingent in figures; who has which days stands in the sheet."""

    jaar: int
    kwartaal: int
    van: date
    tot: date
    deelnemers: int
    dagen: int
    dagen_jaar: int
    opgeschort: int
    posten: tuple[KwartaalPost, ...]
    recht: str
    correcties: str
    voorschotten: str
    saldo: str
    jaar_tot_nu: str
