"""What each letter prints: one context per template of the same name in `templates/letters/`."""

from datetime import date
from typing import Literal

from models.printed import Contact, Geadresseerde, Printed, Waarom


class Letter(Printed):
    """What every letter has: its sheets, the person it is about, the reference and its date."""

    kenmerk: str
    datum: date
    geadresseerden: tuple[Geadresseerde, ...]
    deelnemer: str


class Teambrief(Letter):
    """A letter from the tandem: who writes it, and who hears a complaint about it."""

    casemanagers: tuple[Contact, Contact]
    klachten: tuple[Contact, ...]
    """Who hears a complaint besides the two themselves: the next in line of each organisation."""


class InHetKort(Printed):
    """As much of a text as fits in a letter of one page, without levels and labels."""

    tekst: str
    volledig: bool
    """Whether nothing was left out; otherwise the letter says where the rest can be read."""


class KennismakingTandem(Teambrief):
    """The letter in which two case managers introduce themselves (art. 14 §2 1°-2°)."""

    overname: bool = False
    """Whether somebody takes over in a trajectory that runs already."""


class KorteActie(Printed):
    """An action of the plan on one line: what, with whom, and from when."""

    wat: str
    met: str | None
    van: date | None


class PlanKopie(Teambrief):
    """The plan in short, for the person whose plan it is (art. 15)."""

    versie: int
    doel: InHetKort
    acties: tuple[KorteActie, ...]
    niet_akkoord: tuple[KorteActie, ...]
    """The actions that the participant does not accept; the plan runs without them."""
    niet_vermeld: int
    """How many actions stand in the plan only."""
    werkplek: bool
    start: date
    einde: date
    periodiciteit_maanden: int
    evaluaties: tuple[date, ...]
    akkoord_op: date
    vorm: Literal["schriftelijk", "mondeling", "niet_akkoord"]
    eigen_woorden: InHetKort | None


class Stopzetting(Teambrief):
    """The letter that says that the trajectory stopped, why in plain words, and how to come back."""

    einde: date
    reden: str
    heropenen_tot: date | None
    heropenen_waarom: Waarom


class WeigeringVerlenging(Teambrief):
    """The letter that VDAB refused an extension: its reason, the last day, what can be done (art. 11)."""

    gevraagd_tot: date
    einde: date
    einde_waarom: Waarom
    motivering: InHetKort | None
    """None where nothing of it can stand in a letter; then it is explained in a talk."""
    vdab: Contact | None


class EindadviesKopie(Teambrief):
    """The advice to VDAB in plain words, for the person it is about (art. 14 §2 9°)."""

    einde: date
    eindadvies: InHetKort | None
    """None where nothing of it can stand in a letter; then it is explained in a talk."""
    alinea_deelnemer: InHetKort | None
    vervolg: str | None
    """What comes next, where that is known."""
    heropenen_tot: date | None
    heropenen_waarom: Waarom
