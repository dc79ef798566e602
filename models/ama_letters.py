"""What the documents of arbeidsmatige activiteiten print: one context per template of the same name."""

from datetime import date

from models.ama import Instantie
from models.ama_stand import Variant
from models.evaluatie import Oordeel
from models.intake_letters import Dienstbrief, Verslag
from models.printed import Contact, Printed, Waarom


class Werkpost(Printed):
    """Where the activities take place: its name, and its address as far as the record knows it."""

    naam: str
    """The code where the record does not know it."""
    adres: str | None


class Antwoord(Printed):
    """One of the answers that a benefit agency can give, with what it means."""

    naam: str
    betekenis: str


class Toestemmingsaanvraag(Verslag):
    """The request to one benefit agency, and the sheet with which the begeleider sends it on and reminds."""

    instantie: Instantie | None
    """None while nobody knows whom to ask."""
    aan: str
    uitkering: str | None
    """The benefit that this agency pays, in words; none where it is not known."""
    activiteit: str | None
    werkpost: Werkpost | None
    uren: str | None
    vanaf: date | None
    tegen: date | None
    tegen_waarom: Waarom
    gevraagd_op: date | None
    antwoorden: tuple[Antwoord, ...]


class Stap(Printed):
    """From a day on so many hours a week."""

    vanaf: date
    uren: str


class Begeleidingsovereenkomst(Verslag):
    """The agreement of three parties for one werkpost; nothing of a benefit, a permission or health is in it."""

    variant: Variant
    nummer: int
    versie: int
    werkpost: Werkpost
    activiteit: str
    plaatsen: tuple[str, ...]
    uren: str
    opbouw: tuple[Stap, ...]
    minimum: str | None
    """How many hours a week the social economy asks at least; none where it was not told."""
    minimum_waarom: Waarom | None
    start: date
    einde: date | None
    getekend_op: date
    verzekerd_tot: date
    onkosten: str | None
    kledij: str | None


class OvereenkomstKopie(Dienstbrief):
    """The agreement in short, for the person whose agreement it is: one page, in plain words."""

    variant: Variant
    versie: int
    werkpost: Werkpost
    activiteit: str
    plaatsen: tuple[str, ...]
    niet_vermeld: int
    """How many places stand in the agreement only."""
    uren: str
    opbouw: Stap | None
    """With how many hours it begins, where they build up."""
    start: date
    einde: date | None
    verzekerd_tot: date
    onkosten: str | None
    kledij: str | None
    klachten: tuple[Contact, ...]


class Functie(Printed):
    """One latent function of work: what was asked, what the participant said, what the begeleider saw."""

    naam: str
    vraag: str
    eigen_woorden: str
    begeleider: str


class Nagekeken(Printed):
    """One thing that was looked at: whether it still fits."""

    wat: str
    past: bool


class Evaluatieverslag(Verslag):
    """A yearly evaluation: the participant's own words first, then what still fits and what comes next."""

    nummer: int
    gehouden_op: date
    verjaardag: date
    functies: tuple[Functie, ...]
    nagekeken: tuple[Nagekeken, ...]
    zorgbegeleiding: str | None
    stap_naar_werk: str
    oordeel: Oordeel
    besluit: str
    vervolg: str
    einde: date | None
    volgend_jaar: int
    """The year of the anniversary from which the next evaluation counts."""
